"""Placeholders of Postman and Bruno (``{{user id}}``, ``{{$guid}}``) as this app's variables.

Both put text into text; here a value is put into a value. A placeholder that stands in JSON without
quotes becomes a string of its own, and its variable keeps the type of what is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from composer.core.collections.collection import Setting
from composer.core.jsontext import JsonError, Number, parse
from composer.core.personal_keys import without_personal_keys
from composer.core.remarks import Remark
from composer.core.templates import Variable, VariableKind
from composer.core.variables.references import GENERATORS

_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_IN_JSON = re.compile(r'"(?:[^"\\]|\\.)*+"|\{\{[^{}]*\}\}', re.DOTALL)
_JSON_START = re.compile(r"\s*[\[{](?!\{)|\s*\[\{\{")

_MADE = {
    "$guid": "{{uuid7}}",
    "$randomuuid": "{{uuid7}}",
    "$isotimestamp": "{{now}}",
    "$timestamp": "{{now}}",
    "$randomint": "{{int 0 1000}}",
    "$randomboolean": "{{pick true false}}",
}
"""What the app makes as well, by name in small letters."""

_SECRET = re.compile(r"token|secret|password|api_?key|credential", re.IGNORECASE)


class Placeholders:
    """Translates one request's placeholders, and remembers what has to be asked for."""

    def __init__(self, settings: Iterable[Setting], tool: str) -> None:
        self._settings = {one.name: one for one in settings}
        self._tool = tool
        self._asked: dict[str, Variable] = {}
        self.remarks: list[Remark] = []

    def resolved(self, url: str) -> str:
        """An address with the values of variables in it, as far as they are known."""
        for _ in range(_DEEPEST):
            if len(url) > _LONGEST_URL:
                break
            url = _PLACEHOLDER.sub(lambda found: self._value(found[1].strip(), found[1]), url)
        return url

    def translated(self, text: str) -> str:
        """The text with placeholders in the syntax of templates."""
        if not _PLACEHOLDER.search(text):
            return text
        if not _JSON_START.match(text):
            return _PLACEHOLDER.sub(self._within, text)
        return _IN_JSON.sub(self._token, text)

    def variables(self, names: Iterable[str]) -> tuple[Variable, ...]:
        """Those of these names that were met, in the order in which they were met."""
        wanted = frozenset(names)
        return tuple(variable for name, variable in self._asked.items() if name in wanted)

    def _value(self, name: str, otherwise: str) -> str:
        setting = self._settings.get(name)
        return setting.value if setting and setting.value else otherwise.strip()

    def _token(self, found: re.Match[str]) -> str:
        """A string with placeholders in it, or one that stands by itself."""
        text = found[0]
        if text.startswith('"'):
            return _PLACEHOLDER.sub(self._within, text)
        return f'"{self._reference(text[2:-2], is_bare=True)}"'

    def _within(self, found: re.Match[str]) -> str:
        return self._reference(found[1], is_bare=False)

    def _reference(self, inner: str, *, is_bare: bool) -> str:
        original = inner.strip()
        if made := _MADE.get(original.lower()):
            if original.lower() == "$timestamp":
                self.remarks.append(_SECONDS)
            return made
        name = _name(original)
        if not name:
            return "{{" + inner + "}}"
        if name not in self._asked:
            self._asked[name] = self._variable(name, original, is_bare=is_bare)
        return "{{" + name + "}}"

    def _variable(self, name: str, original: str, *, is_bare: bool) -> Variable:
        setting = self._settings.get(original, Setting(name=original))
        if original.startswith("$"):
            words = f"{self._tool} makes a value for it. Here it is asked for."
            self.remarks.append(Remark(name=original, words=words))
        default = "" if _is_secret(setting) or "{{" in setting.value else setting.value
        return Variable(
            name=name,
            label=original if name != original else "",
            help=without_personal_keys(setting.help),
            kind=_kind(default) if is_bare else VariableKind.TEXT,
            default=default,
        )


_DEEPEST = 4  # variables in the values of variables
_LONGEST_URL = 10_000  # characters; what is longer, or grows so, is no address
_SECONDS = Remark(
    name="$timestamp",
    words="It was a number of seconds. Here it is the time as text, which is what PostHog reads.",
)


def _name(original: str) -> str:
    """A name that a variable may have here; empty where nothing is left of it."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", original) if original[:1] == "$" else original
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "_", snake).strip("_.-")
    if original[:1] == "$":
        plain = plain.lower()
    if plain[:1].isdigit():
        plain = f"v{plain}"
    return f"{plain}_value" if plain in GENERATORS else plain


def _kind(default: str) -> VariableKind:
    try:
        value = parse(default)
    except JsonError:
        return VariableKind.VALUE
    match value:
        case bool():
            return VariableKind.YES_NO
        case Number():
            return VariableKind.NUMBER
        case _:
            return VariableKind.VALUE


def _is_secret(setting: Setting) -> bool:
    """By its name, or by what its value is or holds."""
    is_key = setting.value.startswith(("phc_", "phx_", "phs_"))
    holds_key = without_personal_keys(setting.value) != setting.value
    return is_key or holds_key or _SECRET.search(setting.name) is not None

"""curl's command line as the options that it gives, as curl's own reader takes it apart.

What curl would refuse is read as it was meant, and told: an equals sign after a long name, a dash
that a word processor has made longer, an option that no curl knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from composer.core.curl.reading.options import LETTERS, ROLES, WITH_VALUE, Role
from composer.core.remarks import Remark
from composer.core.shells.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An option as it was given: ``spelled`` in the command, ``name`` in full."""

    role: Role
    name: str
    spelled: str
    value: str = ""


class CommandLine:
    """Reads the words after ``curl``; ``remarks`` fill up while ``options`` are taken."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.remarks: list[Remark] = []
        self._words = words
        self._place = 0

    def options(self) -> Iterator[Given]:
        """Each option with its value; what is no option is a URL."""
        are_options = True
        while self._place < len(self._words):
            text = self._next()
            if are_options and text == "--":
                are_options = False
            elif are_options and len(text) > 1 and text[0] in "-–—" and not _is_lone_dash(text):
                yield from self._option(self._straight(text))
            else:
                yield Given(role=Role.URL, name="url", spelled=text, value=text)

    def _next(self) -> str:
        word = self._words[self._place]
        self._place += 1
        self.remarks += word.remarks
        return word.text

    def _straight(self, text: str) -> str:
        """``text`` with an option's own dashes."""
        rest = text.lstrip("-–—")
        if text[0] == "-" and not text.startswith(("-–", "-—")):
            return text
        dashes = "-" if len(rest) == 1 or rest[1:2] in " '\"" else "--"
        if rest.partition("=")[0] not in ROLES and rest[:1] in LETTERS:
            dashes = "-"
        self._tell(text[:40], f"Read as {dashes}{rest[:40]}: the dash was not a plain one.")
        return dashes + rest

    def _option(self, text: str) -> Iterator[Given]:
        if text.startswith("--"):
            yield from self._long(text[2:])
            return
        for place, letter in enumerate(text[1:], 1):
            name = LETTERS.get(letter, "")
            if not name:
                self._unknown(f"-{letter}")
                return
            if name in WITH_VALUE:
                rest = text[place + 1 :]
                value = rest or self._value(f"-{letter}")
                yield Given(role=ROLES[name], name=name, spelled=f"-{letter}", value=value)
                return
            yield Given(role=ROLES[name], name=name, spelled=f"-{letter}")

    def _long(self, text: str) -> Iterator[Given]:
        written, equals, value = text.partition("=")
        name = _full_name(written)
        if not name:
            self._unknown(f"--{written[:60]}", has_value=bool(equals))
            return
        spelled = f"--{written}"
        if equals:
            self._tell(
                spelled,
                "curl takes no equals sign after it: the value stands as a word of its own.",
            )
        elif name in WITH_VALUE:
            value = self._value(spelled)
        yield Given(role=ROLES[name], name=name, spelled=spelled, value=value)

    def _value(self, spelled: str) -> str:
        if self._place < len(self._words):
            return self._next()
        self._tell(spelled, "Its value is missing: the command breaks off here.")
        return ""

    def _unknown(self, spelled: str, *, has_value: bool = False) -> None:
        """An option that curl does not know, with the word after it that looks like its value."""
        following = self._words[self._place].text if self._place < len(self._words) else ""
        rest = self._words[self._place + 1 : self._place + 1 + _LOOKS_AHEAD]
        is_url = following.startswith("http") and not any(w.text.startswith("http") for w in rest)
        if has_value or not following or following.startswith("-") or is_url:
            self._tell(spelled, "curl has no such option: it was left out.")
            return
        self._place += 1
        shown = following if len(following) <= _LONGEST_SHOWN else f"{following[:_LONGEST_SHOWN]}…"
        self._tell(spelled, f"curl has no such option: it was left out with its value {shown}.")

    def _tell(self, name: str, words: str) -> None:
        self.remarks.append(Remark(name=name, words=words))


_LOOKS_AHEAD = 100
_LONGEST_SHOWN = 40


def _is_lone_dash(text: str) -> bool:
    return not text.strip("-–—")


def _full_name(written: str) -> str:
    """The option's name; curl takes a beginning that fits one name only, and ``no-``."""
    if written in ROLES:
        return written
    if written.startswith("no-") and written[3:] in ROLES and written[3:] not in WITH_VALUE:
        return "no-buffer"
    found = [name for name in ROLES if name.startswith(written)]
    return found[0] if len(found) == 1 and written else ""

"""posthog-python, as of version 7: a client of its own, flushed at the end."""

from __future__ import annotations

from datetime import datetime

from composer.core.jsontext import Object
from composer.core.snippets.literals.numbers import python_number
from composer.core.snippets.literals.python import SYNTAX
from composer.core.snippets.sdk.calls import alias_of, group_of
from composer.core.snippets.sdk.events import Event
from composer.core.snippets.sdk.library import ANY_UUID, Library
from composer.core.snippets.sdk.script import Script, with_script
from composer.core.snippets.snippet import Snippet
from composer.core.tokens import TOKEN_VARIABLE, KeyMode
from composer.core.wire import WireRequest


def _time(moment: datetime) -> str:
    return moment.isoformat()


_LIBRARY = Library(
    name="posthog-python",
    syntax=SYNTAX,
    number=python_number,
    time=_time,
    replaces=("$lib", "$lib_version", "$python_runtime", "$python_version", "$os", "$os_version"),
    adds=("$os_distro",),
    uuid=ANY_UUID,
    keeps_halves=True,
    is_historical=True,
    limit=900 * 1024,
    request="posthog-python makes a request of its own, to /batch/, and adds sent_at to it.",
)


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """A script that sends the events."""
    return with_script(request, key, _LIBRARY, f'os.environ["{TOKEN_VARIABLE}"]', _write)


def _write(script: Script) -> Snippet:
    standard = ["import os"] if script.has_variable else []
    if any(event.time for event in script.events):
        standard.append("from datetime import datetime")
    lines = [
        *standard,
        *([""] if standard else []),
        "from posthog import Posthog",
        "",
        "client = Posthog(",
        f"    {script.token},",
        f"    host={SYNTAX.string(script.host)},",
        "    disable_geoip=False,",
        "    is_server=False,",
        *(["    historical_migration=True,"] if script.sending.is_historical else []),
        ")",
        *(line for event in script.events for line in _call(event, script)),
        "client.shutdown()",
    ]
    return script.snippet("\n".join(lines) + "\n")


def _call(event: Event, script: Script) -> list[str]:
    """The call with its arguments, one a line."""
    who = f"distinct_id={script.string(event.distinct_id)}"
    if alias := alias_of(event):
        call, arguments = (
            "alias",
            [
                script.string(alias.distinct_id),
                script.string(alias.alias),
            ],
        )
    elif group := group_of(event):
        call, arguments = (
            "group_identify",
            [
                script.string(group.type),
                script.string(group.key),
                script.value(group.properties, "    "),
                who,
            ],
        )
    else:
        call, arguments = "capture", [script.string(event.name), who, *_properties(event, script)]
    if moment := event.moment:
        arguments.append(f'timestamp=datetime.fromisoformat("{_time(moment)}")')
    if uuid := script.uuid(event):
        arguments.append(f"uuid={uuid}")
    return [f"client.{call}(", *(f"    {argument}," for argument in arguments), ")"]


def _properties(event: Event, script: Script) -> list[str]:
    if event.properties == Object():
        return []
    return [f"properties={script.value(event.properties, '    ')}"]

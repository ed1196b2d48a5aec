"""posthog-go, as of version 1. All is ``Capture``: its other messages add fields to the event."""

from __future__ import annotations

from datetime import datetime

from composer.core.jsontext import Object
from composer.core.snippets.literals.go import SYNTAX
from composer.core.snippets.literals.numbers import exact_number
from composer.core.snippets.sdk.events import Event
from composer.core.snippets.sdk.library import ANY_UUID, Library
from composer.core.snippets.sdk.script import Script, with_script
from composer.core.snippets.snippet import Snippet
from composer.core.tokens import TOKEN_VARIABLE, KeyMode
from composer.core.wire import WireRequest


def _time(moment: datetime) -> str:
    """RFC 3339 with as many digits as there are."""
    text = moment.replace(tzinfo=None).isoformat()
    return (text.rstrip("0") if "." in text else text) + "Z"


_LIBRARY = Library(
    name="posthog-go",
    syntax=SYNTAX,
    number=exact_number,
    time=_time,
    replaces=("$lib", "$lib_version", "$os", "$os_version", "$os_distro", "$go_version"),
    uuid=ANY_UUID,
    is_historical=True,
    limit=500_000,
    request="posthog-go makes a request of its own, to /batch/.",
)


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """A program that sends the events."""
    return with_script(request, key, _LIBRARY, f'os.Getenv("{TOKEN_VARIABLE}")', _write)


def _write(script: Script) -> Snippet:
    calls = [line for event in script.events for line in _call(event, script)]
    text = "\n".join(calls)
    standard = [
        *(['"encoding/json"'] if "json.Number(" in text else []),
        *(['"os"'] if script.has_variable else []),
        *(['"time"'] if any(event.time for event in script.events) else []),
    ]
    lines = [
        "package main",
        "",
        "import (",
        *(f"\t{name}" for name in standard),
        *([""] if standard else []),
        '\t"github.com/posthog/posthog-go"',
        ")",
        "",
        "func main() {",
        f"\tclient, err := posthog.NewWithConfig({script.token}, posthog.Config{{",
        f"\t\tEndpoint: {SYNTAX.string(script.host)},",
        "\t\tDisableGeoIP: posthog.Ptr(false),",
        "\t\tIsServer: posthog.Ptr(false),",
        *(["\t\tHistoricalMigration: true,"] if script.sending.is_historical else []),
        "\t})",
        *_PANIC,
        "\tdefer client.Close()",
        text,
        "}",
    ]
    return script.snippet("\n".join(lines) + "\n")


def _call(event: Event, script: Script) -> list[str]:
    fields = [
        f"DistinctId: {script.string(event.distinct_id)}",
        f"Event: {script.string(event.name)}",
    ]
    if event.properties != Object():
        value = script.value(event.properties, "\t\t")
        fields.append(f"Properties: posthog.Properties{value.removeprefix('map[string]any')}")
    if moment := event.moment:
        fields.append(f"Timestamp: {_date(moment)}")
    if uuid := script.uuid(event):
        fields.append(f"Uuid: {uuid}")
    return [
        "\terr = client.Enqueue(posthog.Capture{",
        *(f"\t\t{field}," for field in fields),
        "\t})",
        *_PANIC,
    ]


def _date(moment: datetime) -> str:
    parts = [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second]
    numbers = ", ".join(map(str, [*parts, moment.microsecond * 1000]))
    return f"time.Date({numbers}, time.UTC)"


_PANIC = ("\tif err != nil {", "\t\tpanic(err)", "\t}")

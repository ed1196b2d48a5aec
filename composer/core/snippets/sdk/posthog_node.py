"""posthog-node, as of version 5."""

from __future__ import annotations

from composer.core.jsontext import Object
from composer.core.snippets.literals.javascript import SYNTAX
from composer.core.snippets.literals.numbers import javascript_number
from composer.core.snippets.sdk.calls import alias_of, group_of
from composer.core.snippets.sdk.events import Event
from composer.core.snippets.sdk.library import ANY_UUID, Library
from composer.core.snippets.sdk.script import Script, with_script
from composer.core.snippets.snippet import Snippet
from composer.core.times import wire_text
from composer.core.tokens import TOKEN_VARIABLE, KeyMode
from composer.core.wire import WireRequest

_LIBRARY = Library(
    name="posthog-node",
    syntax=SYNTAX,
    number=javascript_number,
    time=wire_text,
    replaces=("$lib", "$lib_version"),
    uuid=ANY_UUID,
    keeps_halves=True,
    is_historical=True,
    request="posthog-node makes a request of its own, to /batch/, and adds sent_at to it.",
)


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """A module that sends the events."""
    return with_script(request, key, _LIBRARY, f"process.env.{TOKEN_VARIABLE}", _write)


def _write(script: Script) -> Snippet:
    lines = [
        'import { PostHog } from "posthog-node";',
        "",
        f"const client = new PostHog({script.token}, {{",
        f"  host: {SYNTAX.string(script.host)},",
        "  disableGeoip: false,",
        "  isServer: false,",
        *(["  historicalMigration: true,"] if script.sending.is_historical else []),
        "});",
        *(line for event in script.events for line in _call(event, script)),
        "await client.shutdown();",
    ]
    return script.snippet("\n".join(lines) + "\n")


def _call(event: Event, script: Script) -> list[str]:
    """The call with its options; alias and groupIdentify take neither time nor uuid."""
    who = f"distinctId: {script.string(event.distinct_id)}"
    is_bare = not event.uuid and not event.time
    alias, group = alias_of(event), group_of(event)
    if alias and is_bare:
        call, options = "alias", [who, f"alias: {script.string(alias.alias)}"]
    elif group and is_bare:
        call, options = (
            "groupIdentify",
            [
                f"groupType: {script.string(group.type)}",
                f"groupKey: {script.string(group.key)}",
                f"properties: {script.value(group.properties, '  ')}",
                who,
            ],
        )
    else:
        call, options = "capture", [who, *_options(event, script)]
    return [f"client.{call}({{", *(f"  {option}," for option in options), "});"]


def _options(event: Event, script: Script) -> list[str]:
    options = [f"event: {script.string(event.name)}"]
    if event.properties != Object():
        options.append(f"properties: {script.value(event.properties, '  ')}")
    if moment := event.moment:
        options.append(f'timestamp: new Date("{wire_text(moment)}")')
    if uuid := script.uuid(event):
        options.append(f"uuid: {uuid}")
    return options

"""posthog-ruby, as of version 3."""

from __future__ import annotations

from composer.core.jsontext import Object
from composer.core.snippets.literals.numbers import ruby_number
from composer.core.snippets.literals.ruby import SYNTAX
from composer.core.snippets.sdk.calls import alias_of, group_of
from composer.core.snippets.sdk.events import Event
from composer.core.snippets.sdk.library import ANY_UUID, Library
from composer.core.snippets.sdk.script import Script, with_script
from composer.core.snippets.snippet import Snippet
from composer.core.times import wire_text
from composer.core.tokens import TOKEN_VARIABLE, KeyMode
from composer.core.wire import WireRequest

_LIBRARY = Library(
    name="posthog-ruby",
    syntax=SYNTAX,
    number=ruby_number,
    time=wire_text,
    replaces=("$lib", "$lib_version"),
    uuid=ANY_UUID,
    limit=32 * 1024,
    request="posthog-ruby makes a request of its own, to /batch/, and adds type to each event.",
)


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """A script that sends the events."""
    return with_script(request, key, _LIBRARY, f"ENV.fetch('{TOKEN_VARIABLE}')", _write)


def _write(script: Script) -> Snippet:
    lines = [
        "require 'posthog'",
        *(["require 'time'"] if any(event.time for event in script.events) else []),
        "",
        "client = PostHog::Client.new(",
        f"  api_key: {script.token},",
        f"  host: {SYNTAX.string(script.host)},",
        "  is_server: false",
        ")",
        *(line for event in script.events for line in _call(event, script)),
        "client.shutdown",
    ]
    return script.snippet("\n".join(lines) + "\n")


def _call(event: Event, script: Script) -> list[str]:
    who = f"distinct_id: {script.string(event.distinct_id)}"
    if alias := alias_of(event):
        call, options = "alias", [who, f"alias: {script.string(alias.alias)}"]
    elif group := group_of(event):
        call, options = (
            "group_identify",
            [
                f"group_type: {script.string(group.type)}",
                f"group_key: {script.string(group.key)}",
                f"properties: {script.value(group.properties, '  ')}",
                who,
            ],
        )
    else:
        call, options = "capture", [who, f"event: {script.string(event.name)}"]
        if event.properties != Object():
            options.append(f"properties: {script.value(event.properties, '  ')}")
    if moment := event.moment:
        options.append(f"timestamp: Time.iso8601('{wire_text(moment)}')")
    if uuid := script.uuid(event):
        options.append(f"uuid: {uuid}")
    inner = [f"  {option}," for option in options]
    inner[-1] = inner[-1].removesuffix(",")
    return [f"client.{call}(", *inner, ")"]

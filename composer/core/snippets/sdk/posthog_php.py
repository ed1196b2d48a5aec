"""posthog-php, as of version 4."""

from __future__ import annotations

from datetime import datetime

from composer.core.jsontext import Object
from composer.core.snippets.literals.numbers import php_number
from composer.core.snippets.literals.php import SYNTAX, is_list
from composer.core.snippets.sdk.calls import group_of
from composer.core.snippets.sdk.events import Event
from composer.core.snippets.sdk.library import VERSIONED_UUID, Library
from composer.core.snippets.sdk.script import Script, with_script
from composer.core.snippets.snippet import Snippet
from composer.core.tokens import TOKEN_VARIABLE, KeyMode
from composer.core.wire import WireRequest


def _time(moment: datetime) -> str:
    return moment.isoformat()


_LIBRARY = Library(
    name="posthog-php",
    syntax=SYNTAX,
    number=php_number,
    time=_time,
    replaces=(),
    adds=("$lib", "$lib_version", "$lib_consumer"),
    uuid=VERSIONED_UUID,
    limit=1024 * 1024,
    request="posthog-php makes a request of its own, to /batch/, and adds groups to each event.",
)


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """A script that sends the events."""
    return with_script(request, key, _LIBRARY, f"getenv('{TOKEN_VARIABLE}')", _write)


def _write(script: Script) -> Snippet:
    lines = [
        "<?php",
        "",
        "require 'vendor/autoload.php';",
        "",
        "use PostHog\\PostHog;",
        "",
        f"PostHog::init({script.token}, [",
        f"    'host' => {SYNTAX.string(script.host)},",
        "    'is_server' => false,",
        "]);",
        *(line for event in script.events for line in _call(event, script)),
        "PostHog::flush();",
    ]
    return script.snippet("\n".join(lines) + "\n")


def _call(event: Event, script: Script) -> list[str]:
    """The call with its options; groupIdentify takes neither time nor uuid."""
    who = f"'distinctId' => {script.string(event.distinct_id)}"
    group = group_of(event)
    if group and not event.uuid and not event.time and len(group.properties):
        call, options = (
            "groupIdentify",
            [
                f"'groupType' => {script.string(group.type)}",
                f"'groupKey' => {script.string(group.key)}",
                f"'properties' => {script.value(group.properties, '    ')}",
                who,
            ],
        )
    else:
        call, options = "capture", [who, *_options(event, script)]
    return [f"PostHog::{call}([", *(f"    {option}," for option in options), "]);"]


def _options(event: Event, script: Script) -> list[str]:
    """An array for the properties themselves, even where the names look like a list's."""
    options = [f"'event' => {script.string(event.name)}"]
    if event.properties != Object():
        value = script.value(event.properties, "    ")
        shown = value.removeprefix("(object) ") if is_list(event.properties) else value
        options.append(f"'properties' => {shown}")
    if moment := event.moment:
        options.append(f"'timestamp' => '{_time(moment)}'")
    if uuid := script.uuid(event):
        options.append(f"'uuid' => {uuid}")
    return options

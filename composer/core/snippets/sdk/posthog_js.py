"""posthog-js, the library for pages, with all that it would do by itself switched off."""

from __future__ import annotations

from composer.core.jsontext import Object
from composer.core.snippets.literals.javascript import SYNTAX
from composer.core.snippets.literals.numbers import javascript_number
from composer.core.snippets.sdk.events import Event
from composer.core.snippets.sdk.library import ANY_UUID, Library
from composer.core.snippets.sdk.script import Script, with_script
from composer.core.snippets.snippet import Snippet
from composer.core.times import wire_text
from composer.core.tokens import TOKEN_VARIABLE, KeyMode
from composer.core.wire import WireRequest

_LIBRARY = Library(
    name="posthog-js",
    syntax=SYNTAX,
    number=javascript_number,
    time=wire_text,
    replaces=(
        "token",
        "$config_defaults",
        "$session_id",
        "$window_id",
        "$is_identified",
        "$process_person_profile",
        "$sdk_debug_retry_queue_size",
        "$lib_custom_api_host",
    ),
    adds=("$lib", "$lib_version", "$current_url", "$browser", "$os", "$device_id"),
    uuid=ANY_UUID,
    keeps_halves=True,
    request="posthog-js makes a request of its own, compressed, to /i/v0/e/ or /e/.",
)
_MORE: tuple[str, ...] = (
    "It adds more about the page and the browser, and $set_once for the first page of a person.",
    "distinct_id stands in properties, not beside them.",
)
_PAGE = "On $pageview it puts the page's title in the place of properties.title."
_PROTOTYPE = "properties.__proto__ and the like are dropped by posthog-js."
_BUNDLED = "A page has no environment: a bundler has to put the token in the place of process.env."
_MIXED = (
    "The events differ in whether they process a person's profile; posthog-js decides that once, "
    "here by the first."
)
_WITHOUT_PROFILE = "$process_person_profile"


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """A module of a page that sends the events."""
    return with_script(request, key, _LIBRARY, f"process.env.{TOKEN_VARIABLE}", _write)


def _write(script: Script) -> Snippet:
    first = script.events[0]
    profiles = "never" if _has_no_profile(first) else "always"
    lines = [
        'import posthog from "posthog-js";',
        "",
        f"posthog.init({script.token}, {{",
        f"  api_host: {SYNTAX.string(script.host)},",
        f"  bootstrap: {{ distinctID: {script.string(first.distinct_id)}, isIdentifiedID: true }},",
        f'  person_profiles: "{profiles}",',
        '  persistence: "memory",',
        "  autocapture: false,",
        "  capture_pageview: false,",
        "  capture_pageleave: false,",
        "  disable_session_recording: true,",
        "  advanced_disable_flags: true,",
        "});",
        *(line for event in script.events for line in _call(event, script)),
    ]
    notes = list(_MORE)
    if any(event.name == "$pageview" and "title" in event.properties for event in script.events):
        notes.append(_PAGE)
    if len({_has_no_profile(event) for event in script.events}) > 1:
        notes.append(_MIXED)
    if any('["__proto__"]' in line for line in lines):
        notes.append(_PROTOTYPE)
    if script.has_variable:
        notes.append(_BUNDLED)
    return script.snippet("\n".join(lines) + "\n", *notes)


def _call(event: Event, script: Script) -> list[str]:
    arguments = [script.string(event.name), script.value(_with_id(event, script), "  ")]
    options: list[str] = []
    if moment := event.moment:
        options.append(f'timestamp: new Date("{wire_text(moment)}")')
    if uuid := script.uuid(event):
        options.append(f"uuid: {uuid}")
    if options:
        arguments.append(f"{{ {', '.join(options)} }}")
    return ["posthog.capture(", *(f"  {argument}," for argument in arguments), ");"]


def _with_id(event: Event, script: Script) -> Object:
    """The properties; with the distinct id where it is not the one that the page begins with."""
    is_first = event.distinct_id == script.events[0].distinct_id
    if is_first and "distinct_id" not in event.properties:
        return event.properties
    return event.properties.with_member("distinct_id", event.distinct_id)


def _has_no_profile(event: Event) -> bool:
    return event.properties.get(_WITHOUT_PROFILE) is False

"""Templates for tests of filling in, from the JSON text of their events."""

from __future__ import annotations

from composer.core.draft import Draft
from composer.core.jsontext import Object, Value, parse
from composer.core.templates import Step, Template, Variable
from tests.helpers.clock import START


def payload_of(text: str) -> Object:
    """The object in JSON text."""
    value = parse(text)
    assert isinstance(value, Object)
    return value


def draft_of(payload: Object | str, *generated: str) -> Draft:
    """A draft of any event, by its body."""
    body = payload_of(payload) if isinstance(payload, str) else payload
    return Draft(type_id="custom", payload=body, generated=frozenset(generated))


def template_of(*payloads: Object | str, variables: tuple[Variable, ...] = ()) -> Template:
    """A template with these events."""
    steps = tuple(Step(draft=draft_of(payload)) for payload in payloads)
    return Template(id="mine", name="Mine", steps=steps, saved_at=START, variables=variables)


def properties_of(draft: Draft) -> dict[str, Value]:
    """The properties of an event, by key."""
    properties = draft.payload.get("properties")
    assert isinstance(properties, Object)
    return dict(properties.members)

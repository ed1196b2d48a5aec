"""What "Fill in an example" puts into a form. Knows no widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from composer.core.draft import Draft
from composer.core.events import fields_of
from composer.core.fields import Field, Kind
from composer.core.follow import member_of
from composer.core.jsontext import Object, Path, Value
from composer.ui.form.reading import Reading
from composer.ui.session import Session


def missing_examples(draft: Draft) -> tuple[Field, ...]:
    """The fields of the main part that have an example and are still empty."""
    reading = Reading(draft.payload)
    return tuple(
        field
        for field in fields_of(draft.event_type)
        if not field.advanced and field.example is not None and reading.is_blank(field)
    )


def fill_in(session: Session) -> None:
    """Complete what is empty with examples, as one step to undo."""
    session.set_values(example_values(session.draft, session.fresh_uuid, session.now_text))


def example_values(
    draft: Draft, fresh_uuid: Callable[[], str], now_text: Callable[[], str]
) -> tuple[tuple[Path, Value], ...]:
    """Examples for the empty fields; IDs and times are new, so that the example can be sent."""
    follows = draft.event_type.follows
    missing = missing_examples(draft)
    followed = [follow for follow in follows if any(follow.writes(field) for field in missing)]
    changes = [
        change
        for field in missing
        if not any(follow.writes(field) for follow in followed)
        for change in _values(field, fresh_uuid, now_text)
    ]
    for path, value in changes:
        draft = draft.with_value(path, value)
    written = (member_of(draft.payload, follow) for follow in followed)
    return (*changes, *filter(None, written))


def _values(
    field: Field, fresh_uuid: Callable[[], str], now_text: Callable[[], str]
) -> Iterator[tuple[Path, Value]]:
    match field.kind, field.example:
        case Kind.UUID, _:
            yield field.path, fresh_uuid()
        case Kind.TIME, _:
            yield field.path, now_text()
        case Kind.ANSWERS | Kind.FLAGS, Object(members):
            for key, answer in members:
                yield (*field.path[:-1], field.key + key), answer
        case _:
            yield field.path, field.example

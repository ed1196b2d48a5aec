"""Which editor a field gets. To add a kind of field, add its editor here."""

from __future__ import annotations

from composer.core.events import fields_of
from composer.core.fields import EventType, Field, Kind, Place
from composer.core.rows import RowKind
from composer.ui.form.editors.base import Editor
from composer.ui.form.editors.choice import ChoiceEditor
from composer.ui.form.editors.events import EventsEditor
from composer.ui.form.editors.number import NumberEditor
from composer.ui.form.editors.objects import ObjectsEditor
from composer.ui.form.editors.records import RecordsEditor
from composer.ui.form.editors.rows import RowsEditor
from composer.ui.form.editors.text import TextEditor, UrlEditor, UuidEditor
from composer.ui.form.editors.texts import TextsEditor
from composer.ui.form.editors.time import TimeEditor
from composer.ui.form.editors.value import ValueEditor
from composer.ui.form.editors.words import WordsEditor
from composer.ui.form.editors.yes_no import YesNoEditor
from composer.ui.form.members import Block
from composer.ui.form.sheet import Sheet

__all__ = ["Editor", "make_editor", "make_free_properties"]

_SIMPLE: dict[Kind, type[Editor]] = {
    Kind.TEXT: TextEditor,
    Kind.NUMBER: NumberEditor,
    Kind.YES_NO: YesNoEditor,
    Kind.URL: UrlEditor,
    Kind.UUID: UuidEditor,
    Kind.TIME: TimeEditor,
    Kind.CHOICE: ChoiceEditor,
    Kind.RECORDS: RecordsEditor,
    Kind.TEXTS: TextsEditor,
    Kind.WORDS: WordsEditor,
    Kind.VALUE: ValueEditor,
    Kind.EVENTS: EventsEditor,
}


def make_editor(field: Field, session: Sheet, owner: str = "") -> Editor:
    """An editor for a field of the catalogue; ``load`` gives it its value.

    ``owner`` names the object in a list that the field is a part of.
    """
    match field.kind:
        case Kind.PROPERTIES:
            return RowsEditor(field, session, _properties(field))
        case Kind.MAP:
            return RowsEditor(field, session, _map(field))
        case Kind.ANSWERS:
            return RowsEditor(field, session, _answers(field))
        case Kind.FLAGS:
            return RowsEditor(field, session, _flags(field))
        case Kind.ITEMS:
            return ObjectsEditor(field, session, make_editor, owner)
        case _:
            return _SIMPLE[field.kind](field, session)


def make_free_properties(event_type: EventType, session: Sheet) -> Editor:
    """An editor for the event's properties that have no field of their own."""
    fields = [field for field in fields_of(event_type) if field.place is Place.PROPERTIES]
    prefixes = tuple(field.key for field in fields if field.is_spread)
    properties = Field(
        key=Place.PROPERTIES.value, label="Properties", kind=Kind.PROPERTIES, place=Place.TOP
    )
    block = Block(
        path=properties.path,
        noun="Property",
        taken={field.key: field.label for field in fields if field.key not in prefixes},
        taken_prefixes=prefixes,
    )
    return RowsEditor(properties, session, block)


def _properties(field: Field) -> Block:
    return Block(
        path=field.path,
        noun=field.label,
        removed_from=f" from {field.label}",
        goes_when_empty=not field.required,
    )


def _map(field: Field) -> Block:
    return Block(
        path=field.path,
        noun=field.label,
        removed_from=f" from {field.label}",
        thing="group",
        key_name="kind",
        value_name="ID",
        kinds=(),
        goes_when_empty=not field.required,
    )


def _answers(field: Field) -> Block:
    return Block(
        path=field.path[:-1],
        noun=field.label,
        removed_from=f" from {field.label}",
        thing="answer",
        key_name="question ID",
        value_name="answer",
        kinds=(RowKind.TEXT, RowKind.LIST),
        prefix=field.key,
    )


def _flags(field: Field) -> Block:
    return Block(
        path=field.path[:-1],
        noun=field.label,
        removed_from=f" from {field.label}",
        thing="flag",
        key_name="flag key",
        kinds=(RowKind.TEXT, RowKind.YES_NO),
        prefix=field.key,
    )

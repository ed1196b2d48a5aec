"""Whatever is answered and edited, in whatever order: what stands there is what should."""

from dataclasses import replace
from functools import reduce

from hypothesis import given, settings, strategies as st

from composer.core.draft import Draft
from composer.core.jsontext import Layout, Object, Path, Value, encode, get_at, parse, set_at
from composer.core.templates import Filling, Template, Variable, VariableKind, adopt, begin
from composer.core.variables.patterns import (
    escaped_value,
    pattern_of_template,
    template_of as text_of,
)
from composer.services.filling_form import read_filling, written_filling
from tests.helpers.filled import draft_of, template_of
from tests.helpers.maker import StandingMaker
from tests.helpers.values import objects, scalars, texts, values

VARIABLES = (
    Variable(name="text"),
    Variable(name="number", kind=VariableKind.NUMBER, default="1.50"),
    Variable(name="spare", required=False),
    Variable(name="any", kind=VariableKind.VALUE, required=False),
)
NAMES = ("text", "number", "spare", "any", "found")
PIECES = (
    *(f"{{{{{name}}}}}" for name in NAMES),
    *("{{ text }}", r"\{{text}}", "\\", "{", "}}", "a", '"', "\x00", "\ud83d", "$name"),
    *("{{int 1 9}}", "{{uuid7}}", "{{now -1d}}", "{{int x}}"),
)
spelled = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join)
leaves: st.SearchStrategy[Value] = spelled | scalars
inner: st.SearchStrategy[Value] = leaves | st.lists(leaves, max_size=4).map(tuple)
keys = st.sampled_from(
    ["event", "distinct_id", "timestamp", "properties", "batch", "k", "{{text}}"]
)


def _object(members: dict[str, Value]) -> Object:
    return Object(tuple(members.items()))


payloads = st.dictionaries(
    keys, inner | st.dictionaries(keys, inner, max_size=3).map(_object), min_size=1, max_size=5
).map(_object)
templates = payloads.map(lambda payload: template_of(payload, variables=VARIABLES))
typed = st.sampled_from(["", "1", "a", "{{text}}", r"\{{x}}", '"q"', "[1]", "\ud83d"]) | texts
answers = st.dictionaries(st.sampled_from(NAMES), typed)
steps = st.lists(st.tuples(st.sampled_from(NAMES), typed), max_size=6)


def answered(state: tuple[Draft, Filling], step: tuple[str, str]) -> tuple[Draft, Filling]:
    draft, filling = state
    return filling.answered(draft, *step)


def started(template: Template, given: dict[str, str]) -> tuple[Draft, Filling]:
    return begin(template, 0, StandingMaker(), {"number": "", **given})


@given(templates, steps)
def test_only_the_last_answers_count(template: Template, given_: list[tuple[str, str]]) -> None:
    begun = started(template, {})
    draft, filling = reduce(answered, given_, begun)
    used = {variable.name for variable in filling.variables}
    last = {name: text for name, text in given_ if name in used}
    assert draft == started(template, last)[0]
    answered_ = {name: text for name, text in filling.answers.items() if name in used}
    assert answered_ == {name: text for name, text in last.items() if text}
    assert parse(encode(draft.payload)) == draft.payload


@given(templates, steps, steps, st.data())
def test_an_edit_by_hand_outlasts_all_answers_and_changes_nothing_else(
    template: Template,
    before: list[tuple[str, str]],
    after: list[tuple[str, str]],
    data: st.DataObject,
) -> None:
    begun = started(template, {})
    draft, filling = reduce(answered, before, begun)
    paths = [path for path in _paths(draft.payload) if not any(isinstance(s, int) for s in path)]
    path = data.draw(st.sampled_from(paths or [("new",)]))
    mine = "by hand {{no reference"
    edited = replace(draft, payload=set_at(draft.payload, path, mine))
    ended, _ = reduce(answered, after, (edited, filling))
    expected, _ = reduce(answered, (*before, *after), begun)
    assert ended.payload == set_at(expected.payload, path, mine)


@given(templates, steps, steps)
def test_what_a_filling_knows_survives_the_end_of_the_app(
    template: Template, before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    draft, filling = reduce(answered, before, started(template, {}))
    again = read_filling(parse(encode(written_filling(filling), Layout.PRETTY)))
    assert again == filling
    assert reduce(answered, after, (draft, again)) == reduce(answered, after, (draft, filling))


@given(templates, answers)
def test_unfilled_are_the_required_ones_without_a_usable_answer(
    template: Template, given_: dict[str, str]
) -> None:
    draft, filling = started(template, given_)
    for found in filling.unfilled(draft):
        text = get_at(draft.payload, found.path)
        assert isinstance(text, str)
        assert found.name in text
        assert found.name == "int x" or found.name not in filling.values
    missing = [v.name for v in filling.variables if v.name not in filling.values]
    assert {found.name for found in filling.unfilled(draft)} - {"int x"} == set(missing)


@given(templates, steps)
def test_a_template_comes_back_from_what_was_made_of_it(
    template: Template, given_: list[tuple[str, str]]
) -> None:
    draft, filling = reduce(answered, given_, started(template, {}))
    plain = text_of(pattern_of_template(template.draft.payload))
    assert filling.as_template(draft).payload == plain
    assert pattern_of_template(plain) == pattern_of_template(template.draft.payload)


@given(templates, steps)
def test_renewing_changes_generated_values_only(
    template: Template, given_: list[tuple[str, str]]
) -> None:
    maker = StandingMaker()
    draft, filling = reduce(answered, given_, started(template, {}))
    renewed, kept = filling.renewed(draft, maker)
    assert kept.answers == filling.answers
    assert kept.as_template(renewed) == filling.as_template(draft)
    assert renewed.payload == reduce(answered, given_, (renewed, kept))[0].payload


@given(objects(values))
def test_any_event_comes_back_exactly_from_a_template_that_keeps_it_as_text(
    payload: Object,
) -> None:
    escaped = escaped_value(payload)
    assert isinstance(escaped, Object)
    draft, filling = begin(template_of(escaped), 0, StandingMaker())
    assert draft.payload == payload
    assert filling.variables == ()
    assert filling.unfilled(draft) == ()


@settings(max_examples=50)
@given(payloads)
def test_references_typed_by_hand_can_be_filled_or_left(payload: Object) -> None:
    draft = draft_of(payload)
    filling = adopt(draft)
    assert filling.literal(draft).unfilled(draft) == ()
    assert filling.literal(draft).renewed(draft, StandingMaker())[0] == draft
    filled = draft
    for variable in filling.variables:
        filled, filling = filling.answered(filled, variable.name, "x")
    left = {found.name for found in filling.renewed(filled, StandingMaker())[1].unfilled(filled)}
    assert left <= {"int x", "uuid7", "int 1 9", "now -1d"}


def _paths(value: Value, path: Path = ()) -> list[Path]:
    if isinstance(value, Object):
        return [found for key, item in value for found in _paths(item, (*path, key))]
    return [path]

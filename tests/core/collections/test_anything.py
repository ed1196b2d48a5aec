"""Whatever stands in a collection, it is read to its end, and no key comes through."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.collections import bruno, postman
from composer.core.collections.collection import CollectedRequest, Collection, Setting
from composer.core.collections.placeholders import Placeholders
from composer.core.collections.templating import templates_of
from composer.core.jsontext import Object, Value, from_python
from composer.core.remarks import Remark
from composer.core.templates import problems_in

NOW = datetime(2026, 11, 21, tzinfo=UTC)
KEY = "phx_" + "Q7" * 20
KEYS = (
    *("info", "item", "items", "name", "request", "url", "raw", "host", "path", "method", "header"),
    *("body", "mode", "json", "urlencoded", "formUrlEncoded", "key", "value", "variable", "type"),
    *("environments", "variables", "enabled", "disabled", "event", "script", "exec", "description"),
)
WORDS = st.one_of(
    st.sampled_from(
        ("raw", "json", "urlencoded", "{{host}}/e/", "https://eu.i.posthog.com/batch/")
    ),
    st.sampled_from(('{"event": "e", "distinct_id": {{a b}}}', '{"batch": [{}, 1]}', "[{{x}}]")),
    st.text(alphabet='{}$"\\ab: ,[]\ud800é', max_size=20),
)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), WORDS)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    ),
    max_leaves=30,
)


def collected(source: Value) -> list[Collection]:
    assert isinstance(source, Object)
    return [postman.read_collection(source), bruno.read_export(source)]


@settings(max_examples=150)
@given(st.lists(TREES, max_size=3))
def test_any_json_in_the_shape_of_a_collection_is_read(items: list[object]) -> None:
    source = from_python({"info": {}, "name": "n", "item": items, "items": items})
    for collection in collected(source):
        for template in templates_of(collection, NOW).templates:
            assert template.steps
            assert all("api_key" not in step.draft.payload for step in template.steps)


@settings(max_examples=200)
@given(WORDS, st.lists(st.tuples(WORDS, WORDS), max_size=3))
def test_any_body_is_a_template_or_a_remark(body: str, pairs: list[tuple[str, str]]) -> None:
    request = CollectedRequest(name="r", method="POST", url="{{host}}/e/", body=body)
    known = tuple(Setting(name=name, value=value) for name, value in pairs)
    found = templates_of(Collection(tool="T", name="c", requests=(request,), settings=known), NOW)
    assert found.templates or found.remarks
    for template in found.templates:
        names = {variable.name for variable in template.prompts}
        assert {variable.name for variable in template.variables} <= names


@pytest.mark.parametrize("place", ["body", "url", "header", "variable", "description", "name"])
def test_no_personal_key_comes_through_from_anywhere(place: str) -> None:
    body = '{"event": "e", "distinct_id": "{{who}}", "properties": {"k": "%s"}}'
    request = CollectedRequest(
        name="r",
        method="POST",
        url=f"https://eu.i.posthog.com/e/?key={KEY if place == 'url' else ''}",
        headers=(("Authorization", f"Bearer {KEY}"),) if place == "header" else (),
        body=body % (KEY if place == "body" else ""),
        description=f"Uses {KEY}" if place == "description" else "",
    )
    value = f"a {KEY}" if place == "variable" else "x"
    name = f"c {KEY}" if place == "name" else "c"
    known = (Setting(name="who", value=value, help=value),)
    found = templates_of(Collection(tool="T", name=name, requests=(request,), settings=known), NOW)
    assert len(found.templates) == 1
    assert KEY not in repr(found)
    assert problems_in(found.templates[0]) == ()


def test_variables_that_hold_each_other_do_not_grow_without_end() -> None:
    settings_ = [Setting(name="a", value="{{a}}" * 1000)]
    assert len(Placeholders(settings_, "T").resolved("{{a}}/e/")) < 10_000_000


def test_a_remark_names_the_first_few_requests_only() -> None:
    body = '{"event": "e", "distinct_id": "d", "api_key": "phc_1"}'
    requests = tuple(
        CollectedRequest(name=f"r{n}", method="POST", url="{{host}}/e/", body=body)
        for n in range(5)
    )
    found = templates_of(Collection(tool="T", name="c", requests=requests), NOW)
    assert found.remarks == (Remark(name="r0, r1, r2 and 2 more", words=found.remarks[0].words),)

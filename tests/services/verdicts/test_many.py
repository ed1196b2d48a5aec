"""The service's answer to large batches, event by event, is the one to the whole text."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.jsontext import JsonError, Layout, Object, Value, encode, parse
from composer.core.verdicts.request import Circumstances, Memory, Request, request_of
from composer.services.verdicts.flaws import levels_of
from composer.services.verdicts.many import ManyEvents
from composer.services.verdicts.reading import Address, circumstances
from composer.services.verdicts.refusing import Refusals, answer_to
from tests.helpers.values import values
from tests.services.verdicts.bodies import PATHS, TOKEN, batches, nearly_sound

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
QUERIES = st.sampled_from(["", "", "_=1", "_=x", "beacon=1", "compression=gzip", "data=e30%3D"])


def known(request: Request, path: str, query: str = "") -> Circumstances:
    to = Address(path=path, query=query)
    return circumstances(request, to, now=NOW, memory=Memory(), randomness=0)


def as_request(value: Value, *, text: str | None = None) -> Request:
    size = len(text if text is not None else encode(value, Layout.COMPACT))
    return request_of(value, text=text, size=size)


@settings(max_examples=400)
@given(batches(), PATHS, QUERIES)
def test_the_answer_to_a_batch_is_that_to_its_text(text: str, path: str, query: str) -> None:
    request = as_request(parse(text), text=text)
    there = known(request, path, query)
    expected = answer_to(request, there)
    assert ManyEvents().words(request, there) in {None, expected}
    assert Refusals()(request, there) == expected


@settings(max_examples=200)
@given(st.lists(st.lists(nearly_sound(token=False), max_size=4), max_size=4), PATHS)
def test_what_is_kept_of_earlier_batches_changes_no_answer(
    batches: list[list[str]], path: str
) -> None:
    refusals = Refusals()
    pool: dict[str, Value] = {}
    for texts in batches:
        items = tuple(pool.setdefault(text, parse(text)) for text in texts)
        value = Object((("api_key", TOKEN), ("batch", items)))
        request = as_request(value)
        assert refusals(request, known(request, path)) == answer_to(request, known(request, path))


def test_most_batches_need_no_look_at_their_text() -> None:
    text = f'{{"api_key":"{TOKEN}","batch":[{{"event":"a","distinct_id":"b"}},{{"event":"a"}}]}}'
    request = as_request(parse(text))
    words = ManyEvents().words(request, known(request, "/batch"))
    assert words == "event submitted without a distinct_id"


@pytest.mark.parametrize("size", [20 * 1024 * 1024, 20 * 1024 * 1024 + 1])
def test_the_size_alone_can_refuse_a_batch(size: int) -> None:
    event = parse('{"event":"a","distinct_id":"b"}')
    value = Object((("api_key", TOKEN), ("batch", (event, event))))
    request = request_of(value, text=None, size=size)
    words = ManyEvents().words(request, known(request, "/batch"))
    assert (words == "") is (size == 20 * 1024 * 1024)


@given(values)
def test_levels_are_counted_as_they_are_nested(value: Value) -> None:
    def count(value: Value) -> int:
        inner = [one for _, one in value] if isinstance(value, Object) else value
        return 1 + max(map(count, inner), default=0) if isinstance(inner, list | tuple) else 0

    whole = Object((("a", value),))
    text = encode(whole, Layout.COMPACT)
    try:
        is_whole = parse(text) == whole
    except JsonError:
        is_whole = False
    found = levels_of(whole)
    if found and is_whole:
        assert found == count(whole)


@pytest.mark.parametrize(
    "text", ['"\\ud83d"', '"\\ude00\\ud83d"', "1e999", "-1e400", "9" * 310, '{"\\ud83d":1}']
)
def test_what_the_service_cannot_read_has_no_levels(text: str) -> None:
    assert levels_of(Object((("a", (parse(text),)),))) == 0


@pytest.mark.parametrize("text", ['"\\ud83d\\ude00"', "1e308", "1e-999", "0e999", "9" * 300])
def test_what_only_looks_like_it_has(text: str) -> None:
    assert levels_of(Object((("a", parse(text)),))) == 1

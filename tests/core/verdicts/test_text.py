"""The rules about characters that nobody typed on purpose."""

import json
import time

import pytest
from hypothesis import given, strategies as st

from composer.core.jsontext import Value, encode, from_python
from composer.core.verdicts.mending import mended
from composer.core.verdicts.rule import AnyRule
from composer.core.verdicts.rules import text
from tests.core.verdicts.cases import (
    RuleCase,
    event,
    found,
    mended_event,
    request_from,
    with_properties,
)

SOUND = with_properties(
    plan="pro", note="naïve 👩\u200d💻 café", url="https://larkspur.example/?a=1&b=2"
)
CASES = (
    RuleCase(rule="text.broken_unicode", triggers=event(event="paid \ud83d"), quiet=SOUND),
    RuleCase(rule="text.null_byte", triggers=with_properties(plan="p\0ro"), quiet=SOUND),
    RuleCase(rule="text.invisible", triggers=event(distinct_id="cust\u200b-1"), quiet=SOUND),
    RuleCase(
        rule="text.markup",
        triggers=with_properties(site="[menu](https://larkspur.example)"),
        quiet=with_properties(note="[see] (below) a < b & c; `x` and `y`"),
    ),
)
ANY = RuleCase(rule="", triggers=None, quiet=None)


@pytest.mark.parametrize("half", [chr(0xD83D), chr(0xDE00)])
@pytest.mark.parametrize(
    "place",
    [
        lambda bad: with_properties(a=[{"b": f"x{bad}"}], c="d"),
        lambda bad: with_properties(**{f"k{bad}": 1, "c": "d"}),
        lambda bad: with_properties(**{"$set": {f"k{bad}": 1}}),
        lambda bad: event(distinct_id=f"anna{bad}"),
        lambda bad: event(api_key=f"phc_a{bad}"),
    ],
)
def test_half_a_character_is_removed_wherever_it_stands(place: object, half: str) -> None:
    assert callable(place)
    after = mended_event(text.broken_unicode, place(half))
    assert after == from_python(place(""))


def test_a_whole_emoji_written_as_two_escapes_is_no_half() -> None:
    assert not found(text.broken_unicode, ANY, '{"event":"\\ud83d\\ude00","distinct_id":"b"}')


def test_a_null_character_in_the_persons_id_is_told_by_another_rule() -> None:
    assert not found(text.null_byte, ANY, event(distinct_id="an\0na"))
    body = event(properties={"distinct_id": "an\0na"})
    assert found(text.null_byte, ANY, body)


def test_a_null_character_is_removed() -> None:
    after = mended_event(text.null_byte, with_properties(**{"pl\0an": "pro", "b": 1}))
    assert after == from_python(with_properties(plan="pro", b=1))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("cust\u200b-1", "cust-1"),
        ("\ufeffcust-1", "cust-1"),
        ("Anna\xa0Berg", "Anna Berg"),
        ("\tcust-1\t", "cust-1"),
        ("cust-1\xa0 ", "cust-1"),
        ("a\tb", "a b"),
        ("cust\u200d", "cust"),
    ],
)
def test_what_cannot_be_seen_goes_from_an_id(before: str, after: str) -> None:
    if before == "cust-1\xa0 ":
        after = "cust-1  "  # ordinary spaces are told by id.padding
    assert mended_event(text.invisible, event(distinct_id=before)) == from_python(
        event(distinct_id=after)
    )


@pytest.mark.parametrize(
    "body",
    [
        event(event="paid\xa0now"),
        with_properties(**{"pl\u200ban": "pro"}),
        with_properties(**{"$current_url": "https://larkspur.example/\u200b"}),
        with_properties(home="https://larkspur.example/\u200b"),
        with_properties(order_id="LK\t1"),
        with_properties(**{"$groups": {"company": "acme\u2060"}}),
        event(uuid="\ufeff019aa5bf-c5c0-7898-b9eb-dacc0cb1e29c"),
    ],
)
def test_names_keys_ids_and_addresses_are_exact(body: object) -> None:
    assert found(text.invisible, ANY, body)


@pytest.mark.parametrize(
    "body",
    [
        with_properties(note="two\xa0words\tand a tab"),
        event(event="👩\u200d💻 hired"),
        event(event="می\u200cخواهم"),
        event(event="❤\ufe0f"),
        event(api_key="phc_a\u200b"),
    ],
)
def test_what_belongs_where_it_stands_is_quiet(body: object) -> None:
    assert not found(text.invisible, ANY, body)


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("site", "[menu](https://larkspur.example)", "menu"),
        ("$current_url", "[menu](https://larkspur.example)", "https://larkspur.example"),
        ("email", "[anna@larkspur.example](mailto:anna@larkspur.example)", "anna@larkspur.example"),
        ("site", '<a href="https://larkspur.example">Larkspur</a>', "Larkspur"),
        ("url", "<a class='x' href='https://larkspur.example'>L</a>", "https://larkspur.example"),
        ("url", "https://larkspur.example/?a=1&amp;b=2", "https://larkspur.example/?a=1&b=2"),
        ("note", "Tom &amp;amp; Anna", "Tom & Anna"),
        ("plan", "`pro`", "pro"),
        ("plan", "see [the menu](https://larkspur.example) today", "see the menu today"),
    ],
)
def test_markup_becomes_plain_text_or_an_address(key: str, before: str, after: str) -> None:
    fixed = mended_event(text.markup, with_properties(**{key: before}))
    assert fixed == from_python(with_properties(**{key: after}))


@pytest.mark.parametrize(
    "key", ["$ai_input", "$exception_list", "$elements", "$survey_response", "$elements_chain"]
)
def test_texts_that_may_have_markup_of_their_own_are_quiet(key: str) -> None:
    assert not found(text.markup, ANY, with_properties(**{key: ["[a](https://b.example)"]}))


@pytest.mark.parametrize(
    "body",
    [
        '{"event":"a","distinct_id":"b","properties":{"c":"x\\u0000","c":"y"}}',
        '{"event":"a","distinct_id":"b","properties":{"c":{"d":"x\\u0000"},"c":1}}',
        '{"event":"a","distinct_id":"b","properties":{"c":1,"c\\u0000":2}}',
        '{"event":"a","distinct_id":"b","properties":{"\\u0000":2}}',
        '{"event":"\\u0000","distinct_id":"b"}',
    ],
)
def test_a_mend_that_would_hit_something_else_is_not_offered(body: str) -> None:
    (finding,) = found(text.null_byte, ANY, body)
    assert finding.mend is None


def test_not_more_is_told_than_a_person_can_read() -> None:
    body = with_properties(**{f"k{i}": "\0" for i in range(1000)})
    assert len(found(text.null_byte, ANY, body)) == 20


NASTY = st.text(
    st.sampled_from("aé \0\t\xa0\u200b\u200d\ud83d😀`[](&;<>ahmpt:/s.\"'="), max_size=30
)


@given(st.dictionaries(st.sampled_from(["a", "url", "x_id"]) | NASTY, NASTY, max_size=4))
def test_a_mend_makes_its_finding_go_away(properties: dict[str, str]) -> None:
    body = with_properties(**properties)
    for rule in text.RULES:
        for one in found(rule, ANY, body):
            if one.mend is None:
                continue
            after = mended(request_from(body).value, one.mend.edits)
            assert len(told(rule, after)) < len(told(rule, from_python(body)))


def told(rule: AnyRule, value: Value) -> list[object]:
    return [one.path for one in found(rule, ANY, encode(value))]


@pytest.mark.parametrize(
    "bad", ["[", "<a ", "`", "&amp", "\u200d", "[a](https://", "\xa0", "<a href='"]
)
def test_a_large_text_is_searched_in_linear_time(bad: str) -> None:
    body = json.dumps(with_properties(url=bad * 20_000))
    request = request_from(body)
    assert request.events
    start = time.process_time()
    for rule in text.RULES:
        found(rule, ANY, body)
    assert time.process_time() - start < 2

"""Two requests as a whole: what is listed, where to look, and what is said instead."""

from __future__ import annotations

from functools import partial

from hypothesis import given, strategies as st

from composer.core.compare.request import MOST, MOST_SHOWN, Comparison, NamedRequest, Part
from composer.core.compare.requests import compare_requests
from composer.core.compare.values import DifferenceKind
from composer.core.jsontext import encode, from_python, parse

TOKEN = "phc_aRealProjectsToken00000000000000"


of = partial(NamedRequest, name="one")


def compared(left: bytes, right: bytes) -> Comparison:
    return compare_requests(of(body=left), of(body=right))


def told(left: bytes, right: bytes) -> list[tuple[str, DifferenceKind, str, str]]:
    return [(one.what, one.kind, one.left, one.right) for one in compared(left, right).differences]


def test_values_are_shown_as_json() -> None:
    left = b'{"yes": "true", "n": 1, "k": 1, "k": 2, "gone": null}'
    right = b'{"yes": true, "n": 1.0, "k": 2, "new": {"a": [1]}}'
    assert told(left, right) == [
        ("yes", DifferenceKind.RETYPED, '"true"', "true"),
        ("n", DifferenceKind.RESPELLED, "1", "1.0"),
        ("gone", DifferenceKind.REMOVED, "null", ""),
        ("new", DifferenceKind.ADDED, "", '{"a":[1]}'),
        ("k", DifferenceKind.REPEATED, "1, then 2", "2"),
    ]


def test_a_change_of_type_names_both_types() -> None:
    pairs = {
        ('"true"', "true"): "text against yes/no",
        ("1", "null"): "number against null",
        ("[]", "{}"): "list against object",
    }
    for (left, right), words in pairs.items():
        (one,) = compared(f'{{"a": {left}}}'.encode(), f'{{"a": {right}}}'.encode()).differences
        assert one.detail == words


def test_lines_lead_to_the_value_in_either_text() -> None:
    found = compared(b'{"a": 1, "n": {"b": 1}}', b'{"n": {"b": 2, "c": 3}, "a": 1}')
    changed, added = found.differences
    left, right = (text.split("\n") for text in found.texts)
    assert left[changed.lines[0] - 1].strip() == '"b": 1'
    assert right[changed.lines[1] - 1].strip() == '"b": 2,'
    assert left[added.lines[0] - 1].strip() == '"n": {'
    assert right[added.lines[1] - 1].strip() == '"c": 3'


def test_both_bodies_are_laid_out_alike_whatever_their_spacing() -> None:
    found = compared(b'{"a":1.00}', b'{ "a" :\n1.00 }')
    assert found.differences == ()
    assert found.texts[0] == found.texts[1] == encode(parse('{"a": 1.00}'))
    assert found.is_json


def test_bodies_that_are_no_json_are_compared_line_by_line() -> None:
    found = compared(b"same\nold\nend", b"same\nnew\nmore\nend")
    assert not found.is_json
    assert [(one.what, one.kind, one.left, one.right, one.lines) for one in found.differences] == [
        ("line 2", DifferenceKind.CHANGED, "old", "new", (2, 2)),
        ("line 3", DifferenceKind.ADDED, "", "more", (0, 3)),
    ]
    assert found.notes == ("one: not JSON, so the bodies are compared line by line.",)


def test_of_very_many_lines_all_are_counted() -> None:
    found = compared(b"a\n" * 5000 + b"end", b"b\n" * 5000 + b"end")
    assert found.lasting == 5000
    assert {one.kind for one in found.differences} == {DifferenceKind.CHANGED}


def test_lines_that_differ_far_apart_are_not_paired() -> None:
    left = b"1\na\n3\n4\n5\n6\nb"
    right = b"1\nA\n3\n4\n5\n6"
    lines = [(one.left, one.right) for one in compared(left, right).differences]
    assert lines == [("a", "A"), ("b", "")]


def test_bytes_that_are_no_text_are_compared_too() -> None:
    (one,) = compared(b"\xff\xfe", b"\xff\xfd").differences
    assert (one.left, one.right) == ("\\xff\\xfe", "\\xff\\xfd")
    assert compared(b"\xff\xfe", b"\xff\xfe").differences == ()


def test_what_only_one_request_has_is_said_not_listed() -> None:
    url = "https://eu.i.posthog.com/e/"
    whole = of(body=b"{}", url=url, method="POST", headers=(("Accept", "*/*"),))
    found = compare_requests(of(body=b"{}"), whole)
    assert found.differences == ()
    assert found.notes == ("one: address and headers not known, so not compared.",)


def test_what_matters_most_comes_first() -> None:
    one = of(body=b'{"a": 1}', url="http://a/?q=1", method="POST", headers=(("X", "1"),))
    other = of(body=b'{"a": 2}', url="http://b/?q=2", method="GET", headers=(("X", "2"),))
    parts = [found.part for found in compare_requests(one, other).differences]
    assert parts == [Part.LINE, Part.LINE, Part.QUERY, Part.BODY, Part.HEADERS]


def test_very_many_differences_are_counted_and_the_first_ones_listed() -> None:
    bodies = [
        encode(from_python({"batch": [{"uuid": f"{side}{n}", "n": side} for n in range(3000)]}))
        for side in "ab"
    ]
    found = compared(*(body.encode() for body in bodies))
    assert (found.lasting, found.fleeting) == (3000, 3000)
    assert len(found.differences) == 2 * MOST
    assert found.fleeting_names == ("uuid",)
    assert max(map(len, found.texts)) <= MOST_SHOWN
    first, last = found.differences[1], found.differences[-1]
    assert min(first.lines) > 0
    assert found.texts[0].split("\n")[first.lines[0] - 1].strip() == '"n": "a"'
    assert last.lines == (0, 0) or min(last.lines) > 0


def test_a_line_that_is_not_shown_has_no_number() -> None:
    filling = encode(from_python({"pad": ["x" * 100] * 3000, "n": 1}))
    found = compared(filling.encode(), filling.replace('"n": 1', '"n": 2').encode())
    (one,) = found.differences
    assert one.lines == (0, 0)
    assert found.notes == ("one: only the beginning of this long body is shown.",) * 2
    (last,) = compared(b"x\n" * 150_000 + b"a", b"x\n" * 150_000 + b"b").differences
    assert last.lines == (0, 0)


def test_every_key_of_a_request_is_known_to_be_hidden() -> None:
    request = of(
        body=b'{"api_key": "phc_inTheBody"}',
        url="https://eu.i.posthog.com/e/?token=phc_inTheQuery",
        headers=(("authorization", f"Bearer {TOKEN}"),),
    )
    assert request.tokens == ("phc_inTheBody", TOKEN, "phc_inTheQuery")


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_any_two_bodies_can_be_compared(left: bytes, right: bytes) -> None:
    found = compared(left, right)
    assert found.lasting + found.fleeting == len(found.differences)
    assert left != right or not found.differences
    assert found.is_json or (left == right) == (not found.differences)

"""A comparison in words: the sentence above it, its rows, and the list for the clipboard."""

from __future__ import annotations

from functools import partial

import pytest

from composer.core.compare.request import MOST, NamedRequest
from composer.core.compare.values import DifferenceKind
from composer.core.tokens import KeyMode
from composer.ui.compare.table import MOST_ROWS, MOST_TEXT, NONE, Line
from composer.ui.compare.words import Told, as_text, beside, headline, tell, title

TOKEN = "phc_aRealProjectsToken00000000000000"

left = partial(NamedRequest, name="Pasted")
right = partial(NamedRequest, name="Composed")


def told(one: bytes, other: bytes, key: KeyMode = KeyMode.INLINE) -> Told:
    return tell(left(body=one), right(body=other), key)


def lines(found: Told) -> list[Line]:
    return [row for row in found.rows if isinstance(row, Line)]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("{}", "{ }", "The same"),
        ('{"uuid": "1"}', '{"uuid": "2"}', "The same but for uuid"),
        (
            '{"uuid": "1", "timestamp": "a"}',
            '{"uuid": "2", "timestamp": "b"}',
            "The same but for uuid and timestamp",
        ),
        ('{"uuid": "1", "n": 1}', '{"uuid": "2", "n": 2}', "1 difference"),
        ("[1, 2]", "[2, 1]", "2 differences"),
    ],
)
def test_it_says_in_a_sentence_how_much_differs(one: str, other: str, words: str) -> None:
    assert headline(told(one.encode(), other.encode()).comparison) == words


def test_it_tells_how_many_there_are_where_not_all_are_listed() -> None:
    many = f"[{','.join('1' * (MOST + 1))}]".encode()
    comparison = told(many, many.replace(b"1", b"2")).comparison
    assert headline(comparison) == "The first 2,000 of 2,001 differences"


def test_what_is_hidden_is_named_beside_it() -> None:
    comparison = told(b'{"uuid": "1", "n": 1}', b'{"uuid": "2", "n": 2}').comparison
    assert beside(comparison, hides=True) == "Hidden, for they differ every time: uuid."
    assert beside(comparison, hides=False) == ""


def test_a_list_that_is_cut_says_so() -> None:
    one, other = (
        b"[%s]" % b",".join(b'{"uuid": "%s%d"}' % (side, n) for n in range(MOST_ROWS + 1))
        for side in (b"a", b"b")
    )
    comparison = told(one, other).comparison
    assert beside(comparison, hides=False) == "Only the first 2,000 rows are listed."
    assert beside(comparison, hides=True) == ""


def test_each_way_to_differ_has_words_of_its_own() -> None:
    found = told(
        b'{"a": 1, "b": "1", "c": 1, "d": 1, "e": 1, "e": 2}',
        b'{"a": 2, "b": 1, "c": 1.0, "f": 1, "e": 2}',
    )
    assert {line.what: line.way for line in lines(found)} == {
        "a": "Another value",
        "b": "Another type: text against number",
        "c": "Same number, spelled differently",
        "d": "Only at the left",
        "f": "Only at the right",
        "e": "Repeated: the last one counts",
    }
    assert len({line.way for line in lines(found)}) == len(DifferenceKind)


def test_a_dash_stands_for_what_is_not_there_and_long_values_are_cut() -> None:
    (line,) = lines(told(b"{}", b'{"a": "%s"}' % (b"x" * 1000)))
    assert line.left == NONE
    assert len(line.right) == MOST_TEXT + 1


def test_rows_stand_under_the_part_of_the_request_and_the_event() -> None:
    url = "https://eu.i.posthog.com/"
    one = left(body=b'{"batch": [{"n": 1}, {"n": 1}]}', url=f"{url}e/", method="POST")
    other = right(body=b'{"batch": [{"n": 1}, {"n": 2}]}', url=f"{url}batch/", method="POST")
    rows = tell(one, other, KeyMode.INLINE).rows
    assert [row for row in rows if isinstance(row, str)] == ["Method and address", "Body: batch[1]"]


def test_rows_without_what_differs_every_time_have_no_empty_headings() -> None:
    found = told(b'{"batch": [{"uuid": "1"}, {"n": 1}]}', b'{"batch": [{"uuid": "2"}, {"n": 2}]}')
    assert [row for row in found.lasting if isinstance(row, str)] == ["Body: batch[1]"]
    assert len(found.rows) == 4


def test_keys_are_hidden_in_rows_and_texts_alike() -> None:
    one = b'{"api_key": "%s"}' % TOKEN.encode()
    found = told(one, b'{"api_key": "phc_another"}', KeyMode.MASKED)
    assert TOKEN not in f"{found.rows}{found.texts}"
    assert "phc_aRea…0000" in found.texts[0]
    assert TOKEN in told(one, b"{}").texts[0]


def test_the_list_for_the_clipboard_has_it_all() -> None:
    one = b'{"api_key": "%s", "uuid": "1", "vip": "true"}' % TOKEN.encode()
    found = told(one, b'{"api_key": "phc_another", "uuid": "2", "vip": true}')
    assert as_text(found, KeyMode.MASKED, with_fleeting=False).split("\n") == [
        "Pasted against composed: 2 differences",
        "",
        "Body",
        'api_key\t"phc_aRea…0000"\t"…"\tAnother value',
        'vip\t"true"\ttrue\tAnother type: text against yes/no',
    ]
    assert '\nuuid\t"1"\t"2"\tAnother value\n' in as_text(found, KeyMode.INLINE, with_fleeting=True)
    assert TOKEN in as_text(found, KeyMode.INLINE, with_fleeting=True)


def test_the_title_is_one_sentence() -> None:
    assert title(left(body=b""), right(body=b"")) == "Pasted against composed"

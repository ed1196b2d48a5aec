"""How requests and answers are written for reading."""

import pytest
from hypothesis import given, strategies as st

from composer.core.outcome import Accepted, Cancelled, Fault, Response, Unreachable
from composer.ui.inspector import texts


@given(st.text())
def test_a_body_that_is_text_is_shown_as_it_is(text: str) -> None:
    body = text.encode("utf-8", "ignore")
    assert texts.body_passage(body).full.encode("utf-8") == body


@given(st.binary(min_size=1))
def test_hex_shows_every_byte(body: bytes) -> None:
    lines = texts.hex_dump(body).splitlines()
    assert bytes.fromhex("".join(line[10:57] for line in lines)) == body
    assert [int(line[:8], 16) for line in lines] == list(range(0, len(body), 16))


def test_a_body_that_is_no_text_is_shown_as_hex_and_says_so() -> None:
    passage = texts.body_passage(b"\x1f\x8b\x08")
    assert passage.full == "00000000  1f 8b 08" + " " * 41 + "..."
    assert "hex" in passage.note


def test_a_long_body_is_cut_at_a_line_and_says_so() -> None:
    text = "x" * 99 + "\n"
    passage = texts.passage(text * 5000)
    assert len(passage.full) == 500_000
    assert texts.SHOWN - 200 < len(passage.shown) <= texts.SHOWN
    assert passage.shown.endswith("x" * 99)
    assert passage.note == "The first 199,999 of 500,000 characters. Copy takes all of them."


def test_a_long_body_without_lines_is_cut_too() -> None:
    assert len(texts.passage("x" * 300_000).shown) == texts.SHOWN


def test_an_empty_body_is_told() -> None:
    assert texts.body_passage(b"").note == "There is no body."


@pytest.mark.parametrize(("text", "is_json"), [(' \n{"a": 1}', True), ("[1]", True), ("no", False)])
def test_json_is_told_from_other_text(text: str, is_json: bool) -> None:
    assert texts.passage(text).is_json == is_json


def test_beside_the_badge_stands_the_time_or_the_systems_own_words() -> None:
    response = Response(status=200, reason="OK", milliseconds=12)
    assert texts.beside_badge(Accepted(response=response)) == "12 ms"
    lost = Unreachable(fault=Fault.RESET, detail="reset by peer", milliseconds=3)
    assert texts.beside_badge(lost) == "3 ms · reset by peer"
    assert texts.beside_badge(Cancelled()) == ""

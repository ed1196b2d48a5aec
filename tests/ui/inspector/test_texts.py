"""How requests and answers are written for reading."""

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


def test_an_empty_body_is_told() -> None:
    assert texts.body_passage(b"").note == "There is no body."


def test_beside_the_badge_stands_the_time_or_the_systems_own_words() -> None:
    response = Response(status=200, reason="OK", milliseconds=12)
    assert texts.beside_badge(Accepted(response=response)) == "12 ms"
    lost = Unreachable(fault=Fault.RESET, detail="reset by peer", milliseconds=3)
    assert texts.beside_badge(lost) == "3 ms · reset by peer"
    assert texts.beside_badge(Cancelled()) == ""

"""Outcomes as text and as JSON."""

import pytest

from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import Layout, encode
from composer.core.outcome import (
    Accepted,
    Cancelled,
    Fault,
    Interrupted,
    Outcome,
    Response,
    Unreachable,
    judge,
)
from composer.core.report import answer_lines, as_json, explanation_lines

PLACE = Destination(id="x", name="X", kind=DestinationKind.SELF_HOSTED, address="http://h")
OK = Response(status=200, reason="OK", body=b'{"status":"Ok"}', milliseconds=12.34)
BAD = Response(status=400, reason="Bad Request", body=b"\x1b[31m\r\n\ttwo\n" + b"\xff")
GONE = Unreachable(fault=Fault.REFUSED, detail="[Errno 111]", milliseconds=3)


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        (
            Accepted(response=OK),
            '{"outcome":"accepted","status":200,"ms":12.3,"body":"{\\"status\\":\\"Ok\\"}"}',
        ),
        (
            judge(BAD),
            '{"outcome":"rejected","status":400,"ms":0.0,"body":"\\u001b[31m\\r\\n\\ttwo\\n\ufffd"}',
        ),
        (GONE, '{"outcome":"unreachable","status":null,"ms":3.0,"body":""}'),
        (Cancelled(milliseconds=5), '{"outcome":"cancelled","status":null,"ms":5.0,"body":""}'),
        (Interrupted(), '{"outcome":"interrupted","status":null,"ms":0.0,"body":""}'),
    ],
)
def test_each_outcome_has_the_same_four_members(outcome: Outcome, text: str) -> None:
    assert encode(as_json(outcome), Layout.COMPACT) == text


def test_an_answer_cannot_command_the_terminal() -> None:
    assert answer_lines(judge(BAD)) == ["\ufffd[31m\ufffd", "\ttwo", "\ufffd"]


def test_a_long_answer_is_shortened() -> None:
    long = Response(status=200, body=b"x" * 100_000)
    assert answer_lines(Accepted(response=long)) == ["x" * 2000]


def test_without_an_answer_the_system_has_the_word() -> None:
    assert answer_lines(GONE) == ["[Errno 111]"]
    assert answer_lines(Interrupted()) == []


def test_the_explanation_says_what_happened_and_what_to_do() -> None:
    lines = explanation_lines(GONE, PLACE)
    assert lines[0].startswith("No answer: Nothing is listening at http://h")
    assert len(lines) == 2

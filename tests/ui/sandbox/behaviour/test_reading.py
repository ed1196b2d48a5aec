"""What is typed into the fields of the behaviour view, read and written back."""

from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from composer.core.behaviour import FaultKind, Rule, ScriptedFault, check_rule
from composer.ui.sandbox.behaviour import reading


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (reading.read_status, " 503 ", 503),
        (reading.read_delay, "", 0.0),
        (reading.read_delay, "2.50", 2.5),
        (reading.read_slowness, "0.1", 0.1),
        (reading.read_retry_after, " ", None),
        (reading.read_retry_after, "0", 0),
        (reading.read_nth, "3", 3),
        (reading.read_share, "20", 0.2),
        (reading.read_share, "33.3 %", 0.333),
        (reading.read_share, "100%", 1.0),
        (reading.read_location, "https://bücher.example/e", "https://xn--bcher-kva.example/e"),
        (reading.read_path, " /batch ", "/batch"),
        (reading.read_text, " a person ", " a person "),
        (reading.read_payload, "  ", ""),
        (reading.read_payload, "[1.00]", "[1.00]"),
        (reading.read_token, "phc_x", "phc_x"),
    ],
)
def test_what_is_typed_is_read(read: Callable[[str], object], text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "word"),
    [
        (reading.read_status, "99", "400 to 599"),
        (reading.read_status, "5\u0660\u0663", "400 to 599"),
        (reading.read_delay, "3601", "3600"),
        (reading.read_delay, "1e3", "seconds"),
        (reading.read_slowness, "", "how many"),
        (reading.read_retry_after, "1.5", "whole seconds"),
        (reading.read_retry_after, "86401", "86400"),
        (reading.read_nth, "", "from 1"),
        (reading.read_nth, "0", "from 1"),
        (reading.read_share, "0", "above 0"),
        (reading.read_share, "100.1", "up to 100"),
        (reading.read_location, "ftp://a.example", "whole address"),
        (reading.read_location, "", "whole address"),
        (reading.read_path, "/e?x=1", "without a query"),
        (reading.read_path, "/\u00e9", "without a query"),
        (reading.read_payload, "{'a': 1}", "Line 1, column 2"),
        (reading.read_token, "phx_mine", "personal key"),
        (reading.read_token, "phc_\u00e9", "Copy the token again"),
        (reading.read_token, "p" * 65, "64"),
        (reading.read_token, " phc_x", "spaces"),
    ],
)
def test_what_is_wrong_is_said_with_the_next_step(
    read: Callable[[str], object], text: str, word: str
) -> None:
    with pytest.raises(ValueError, match=word):
        read(text)


@given(st.integers(1, 10_000))
def test_a_share_is_read_as_it_is_written(hundredths: int) -> None:
    share = hundredths / 10_000
    assert reading.read_share(reading.percent_text(share)) == share


@given(st.text(max_size=8) | st.from_regex(r"[0-9]{1,5}(\.[0-9]{1,3})?", fullmatch=True))
def test_what_is_read_is_always_allowed_in_a_rule(text: str) -> None:
    fault = ScriptedFault(kind=FaultKind.RESET)
    for rule_of in (
        lambda: Rule(fault=fault, share=reading.read_share(text)),
        lambda: Rule(fault=fault, nth=reading.read_nth(text)),
        lambda: Rule(fault=fault, path=reading.read_path(text)),
    ):
        try:
            rule = rule_of()
        except ValueError:
            continue
        assert check_rule(rule) is rule

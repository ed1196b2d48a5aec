"""Arguments for cmd.exe, read back by its documented rules."""

from __future__ import annotations

import pytest
from hypothesis import example, given, strategies as st

from composer.core.shells.cmd_quoting import quoted, survives
from tests.helpers.cmd_prompt import CmdPrompt

texts = st.text(st.sampled_from("abT \"\\%^&|<>!'`$@-\n{}=:,;()~"), max_size=40)


@given(first=texts, second=texts)
@example(first="%", second="%")
@example(first='%T%"%T%"%', second='a"%')
@example(first='\\"\\\\', second="\n%T:a=b%\n")
def test_two_arguments_come_out_as_they_went_in(first: str, second: str) -> None:
    prompt = CmdPrompt({"T": "value", "a": "value", "": "value"})
    line = f"curl {quoted(first)} ^\n  {quoted(second)} & curl"
    assert prompt.paste(line) == [["curl", first, second], ["curl"]]


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("", '""'),
        ("a b", '"a b"'),
        ("a & b", '"a & b"'),
        ('{"a":"b & c"}', r'"{\"a\":\"b ^& c\"}"'),
        ('{"a":"50% %b%"}', r'"{\"a\":\"50%^ %^b%^\"}"'),
        ('"', r'"\"^"'),
        ("50%", '^"50%^"'),
        ("a\\", '"a\\\\"'),
        ('{\n"a": "&"}', '^"{^\n\n\\"a\\": \\"&\\"}^"'),
    ],
)
def test_carets_stand_only_where_they_have_to(text: str, argument: str) -> None:
    assert quoted(text) == argument


@pytest.mark.parametrize("text", ["é", "\t", "\r\n", "\0", "\x7f", "…"])
def test_what_windows_or_a_terminal_would_change_does_not_survive(text: str) -> None:
    assert not survives(f"a{text}")
    assert survives("a ~\n")

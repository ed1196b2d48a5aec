"""Arguments for bash, read back by the real bash."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from composer.core.shells.bash_quoting import double_quoted, escaped, quoted
from tests.helpers.shell import run_in_bash

texts = st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8")), min_size=1)
raw = st.binary(max_size=60).map(lambda data: data.decode("utf-8", "surrogateescape"))


@settings(max_examples=30, deadline=None)
@given(texts=texts)
def test_every_quoting_gives_the_text(texts: list[str]) -> None:
    arguments = [argument for text in texts for argument in (quoted(text), double_quoted(text))]
    done = run_in_bash(f"printf '%s\\0' {' '.join(arguments)}")
    expected = [text.encode() for text in texts for _ in range(2)]
    assert done.stdout.split(b"\0")[:-1] == expected


@settings(max_examples=30, deadline=None)
@given(text=raw)
def test_escaped_text_gives_any_bytes(text: str) -> None:
    argument = quoted(escaped(text))
    assert argument.isprintable() or "\n" in argument or not argument.isascii()
    done = run_in_bash(f"printf '%b' {argument}")
    assert done.stdout == text.encode("utf-8", "surrogateescape")


def test_plain_text_gets_double_quotes_and_other_text_does_not() -> None:
    assert double_quoted("Content-Type: application/json") == '"Content-Type: application/json"'
    assert double_quoted("a $b") == "'a $b'"

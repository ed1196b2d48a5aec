"""White space as Rust sees it."""

import sys

import pytest

from composer.services.sandbox.text import trimmed


def test_white_space_goes_from_both_ends_only() -> None:
    assert trimmed(" \t\r\n a b \u3000") == "a b"


@pytest.mark.parametrize("character", "\x1c\x1d\x1e\x1f")
def test_separators_are_no_white_space(character: str) -> None:
    assert character.isspace()
    assert trimmed(character) == character


def test_all_else_is_as_python_sees_it() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if character not in "\x1c\x1d\x1e\x1f":
            assert (trimmed(character) == "") is character.isspace()

"""Words read as cmd.exe and the C runtime read them, by their documented rules."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings, strategies as st

from composer.core.shells import Shell
from composer.core.shells.cmd_quoting import quoted
from composer.core.shells.cmd_words import arguments
from composer.core.shells.words import ShellError, read_words
from tests.helpers.cmd_prompt import CmdPrompt, split_arguments

signs = st.text(st.sampled_from([*"ab \"\\^%&|<>\n{}!'`$"]), max_size=12)
lines = st.text(st.sampled_from([*'ab "\\\t']), max_size=14)


def texts_of(line: str) -> list[str]:
    return [word.text for word in read_words(line, Shell.CMD)]


@settings(max_examples=150)
@given(st.lists(signs, min_size=1, max_size=4))
@example(['{"a":"b & c"}', "x\\", "", 'x"y'])
def test_what_was_quoted_is_read_back(texts: list[str]) -> None:
    line = "curl " + " ".join(map(quoted, texts))
    assert texts_of(line) == ["curl", *texts]


@settings(max_examples=150)
@given(st.lists(signs.map(lambda text: text.replace("%", "")), min_size=1, max_size=3))
def test_a_line_is_that_of_the_prompt(texts: list[str]) -> None:
    line = "curl " + " ".join(f'^"{text.replace(chr(10), "")}^"' for text in texts)
    if any(sign in line.replace("^", "") for sign in "&|<>"):
        return  # the prompt of the tests knows commands and files only
    try:
        got = texts_of(line)
    except ShellError:
        return
    assert [got] == CmdPrompt({}).paste(line)


@settings(max_examples=200)
@given(lines)
@example('a\\\\b "a b" a\\\\\\"b "a""b" "" "a"b')
def test_arguments_are_those_of_the_c_runtime(line: str) -> None:
    try:
        got = [word.text for word in arguments(line)]
    except ShellError:
        return
    assert got == split_arguments("program " + line)[1:]


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ('"abc" d e', ["abc", "d", "e"]),
        (r"a\\b d\"e f\"g h", [r"a\\b", 'd"e', 'f"g', "h"]),
        (r"a\\\"b c d", [r"a\"b", "c", "d"]),
        (r'a\\\\"b c" d e', [r"a\\b c", "d", "e"]),
        ('"a""b" c', ['a"b', "c"]),
        ("a^&b ^^ ^\nc", ["a&b", "^", "c"]),
        ('^"a^\n\nb^"', ["a\nb"]),
        ("a & b | c > d", ["a", "&", "b", "|", "c", ">", "d"]),
        ('"a & b"', ["a & b"]),
        ("a 2>nul", ["a", ">", "nul"]),
        ('>>"x y" echo a "b" ', [">>", "x y", "echo", 'a "b" ']),
        ("a\r\nb", ["a", "\n", "b"]),
        (r'^"C:^\^\x ^\^\^\^"^"', ['C:\\x \\"']),
    ],
)
def test_documented_examples_are_read_as_documented(line: str, texts: list[str]) -> None:
    assert texts_of(line) == texts


def test_variables_are_told_and_percent_encoding_is_not() -> None:
    words = read_words('a "%API_KEY%" x%20y%7Bz%C3%A9', Shell.CMD)
    assert [remark.name for word in words for remark in word.remarks] == ["%API_KEY%"]


def test_backslashes_that_a_browser_has_doubled_are_told() -> None:
    (word,) = read_words(r'^"a^\^\n^"', Shell.CMD)
    assert word.text == r"a\n"
    assert [remark.name for remark in word.remarks] == ["\\"]


def test_an_open_quote_is_refused() -> None:
    with pytest.raises(ShellError, match="never closed"):
        read_words('curl "a b', Shell.CMD)


@pytest.mark.parametrize("unit", ['"\\"', '" ^&', "^"])
def test_many_quotes_do_not_take_long(unit: str) -> None:
    with pytest.raises(ShellError, match=r"too many quotes|never closed"):
        read_words('curl "' + unit * 1_000_000, Shell.CMD)

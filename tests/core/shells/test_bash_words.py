"""Words read as bash reads them: the real bash is the witness."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings, strategies as st

from composer.core.shells import Shell
from composer.core.shells.words import ShellError, as_bytes, read_words
from tests.helpers.shell import run_in_bash

texts = st.text(
    st.sampled_from([*"ab '\"\\$`!#~-@%&|;<>()\n\t{,", "é", "🎉", "\u2028", "\x85"]),
    max_size=8,
)
ESCAPES = (
    r"\n \t \\ \' \" \x41 \x7 \xf0\x9f\x8e\x89 \xff \303\251 \101 \u00e9 \u20ac \U0001f389 \e \q"
)
escapes = st.sampled_from([*ESCAPES.split(), r"\cA", r"\?", r"\0", r"\xzz"])


def single(text: str) -> str:
    return "'" + text.replace("'", "") + "'"


def double(text: str) -> str:
    return '"' + "".join(f"\\{c}" if c in '"\\$`' else c for c in text) + '"'


def bare(text: str) -> str:
    return "".join(f"\\{c}" for c in text if c != "\n")


ansi = st.lists(escapes | st.sampled_from(["a", " ", '"', "é", "$x"]), max_size=5).map(
    lambda parts: "$'" + "".join(parts) + "'"
)
odd_double = st.lists(
    st.sampled_from([r"\a", r"\n", "\\\n", r"\"", r"\\", "'", "x y", r"\$v", "$ ", "$'", "#"]),
    max_size=5,
).map(lambda parts: '"' + "".join(parts) + '"')
pieces = texts.map(single) | texts.map(double) | texts.map(bare) | ansi | odd_double
words = st.lists(pieces | st.sampled_from(["a", "-d", "x=y", "\\\n"]), min_size=1, max_size=4).map(
    "".join
)


@settings(max_examples=60)
@given(st.lists(words, min_size=1, max_size=6))
@example([r"$'\ud83d'", r"$'a\0b'c", r"$'\400'", "a#b", '""', "''", "$''"])
@example(["a\\\nb", "\\\n", '"a\\\nb"', "\\é"])
def test_each_word_is_that_of_bash(arguments: list[str]) -> None:
    line = "printf '%s\\0' " + " ".join(arguments)
    done = run_in_bash(line)
    assert done.returncode == 0, done.stderr
    got = read_words(line, Shell.BASH)
    assert b"".join(as_bytes(word.text) + b"\0" for word in got[2:]) == (
        done.stdout if len(got) > 2 else b""
    )


def plain_line(text: str) -> str:
    """A line without variables, and without a backslash that would join it to the next."""
    return text.replace("$", "").replace("`", "").rstrip("\\")


@settings(max_examples=25)
@given(st.lists(texts.map(plain_line), max_size=4))
def test_a_here_document_is_that_of_bash(lines: list[str]) -> None:
    body = "".join(f"{line}\n" for line in lines)
    for opener in ("<<'END'", "<<END", "<<-END"):
        line = f"cat {opener}; printf after\n{body}END\n"
        done = run_in_bash(line)
        got = read_words(line, Shell.BASH)
        assert as_bytes(got[2].text) + b"after" == done.stdout, opener


def texts_of(line: str) -> list[str]:
    return [word.text for word in read_words(line, Shell.BASH)]


def names_of(line: str) -> list[str]:
    return [remark.name for word in read_words(line, Shell.BASH) for remark in word.remarks]


@pytest.mark.parametrize(
    ("line", "texts", "names"),
    [
        ("a $x", ["a", "$x"], ["$x"]),
        ('a "${x:-y}z"', ["a", "${x:-y}z"], ["${x:-y}"]),
        ('a "$(echo ")" | b)c"', ["a", '$(echo ")" | b)c'], ['$(echo ")" | b)']),
        ("a `id`", ["a", "`id`"], ["`id`"]),
        ("a <(id)", ["a", "<(id)"], ["<(id)"]),
        ("a $ b$", ["a", "$", "b$"], []),
        ("a 2>&1 >b", ["a", "2>&", "1", ">", "b"], []),
        ("a&&b||c;d|e&", ["a", "&&", "b", "||", "c", ";", "d", "|", "e", "&"], []),
        ("a # b 'c\nd", ["a", "\n", "d"], []),
        ("a “b c” -d", ["a", "b c", "-d"], ["“"]),
        ("a ‘{“b”: “c”}’", ["a", "{“b”: “c”}"], ["‘"]),
        ("a “b", ["a", "“b"], []),
        ("a\u00a0b", ["a", "b"], ["no-break space"]),
        ("a \\ \nb", ["a", "b"], ["\\"]),
        (r"a $'\ud83d\ude00'", ["a", "😀"], [r"\ud83d\ude00"]),
        (r"a $'\0b'", ["a", ""], [r"\0"]),
        ('a {"b":1}', ["a", "{b:1}"], ["{"]),
    ],
)
def test_what_bash_would_change_is_told(line: str, texts: list[str], names: list[str]) -> None:
    assert texts_of(line) == texts
    assert names_of(line) == names


@pytest.mark.parametrize(
    ("line", "opener", "offset"),
    [
        ("a 'b", "'", 2),
        ('a "b', '"', 2),
        ('a "b $(c"', "$(", 5),
        ("a `b", "`", 2),
        ("a ${b", "${", 2),
        ("a $'b", "$'", 2),
    ],
)
def test_an_open_quote_is_refused_where_it_opens(line: str, opener: str, offset: int) -> None:
    with pytest.raises(ShellError) as caught:
        read_words(line, Shell.BASH)
    assert str(caught.value).startswith(f"The {opener} that opens here is never closed")
    assert caught.value.offset == offset


def test_lines_are_read_one_by_one() -> None:
    from composer.core.shells.words import read_lines

    lines = read_lines("a 'b\nc'\nd 'e", Shell.BASH)
    assert [word.text for word in next(lines)] == ["a", "b\nc", "\n"]
    with pytest.raises(ShellError):
        next(lines)


def test_too_many_quotes_are_refused() -> None:
    with pytest.raises(ShellError, match="too many quotes"):
        read_words("a " + "'\"" * 1_000_000, Shell.BASH)


def test_where_words_stand_is_known() -> None:
    text = "ab  'c'd\\\n e"
    assert [(word.start, word.end) for word in read_words(text, Shell.BASH)] == [
        (0, 2),
        (4, 10),
        (11, 12),
    ]

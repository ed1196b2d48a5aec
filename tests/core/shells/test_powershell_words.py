"""Words read as PowerShell reads them, by about_Quoting_Rules and about_Parsing."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings, strategies as st

from composer.core.shells import Shell
from composer.core.shells.powershell_quoting import quoted
from composer.core.shells.words import ShellError, read_words

signs = st.text(st.sampled_from([*"ab '\"`$‘’“”\n\r{}@#;|,=+-é🎉"]), max_size=10)


def texts_of(line: str) -> list[str]:
    return [word.text for word in read_words(line, Shell.POWERSHELL)]


def expandable(text: str) -> str:
    return '"' + "".join(f"`{c}" if c in '`$"“”' else c for c in text) + '"'


@settings(max_examples=150)
@given(st.lists(signs, min_size=1, max_size=4))
@example(["it's", "‘’", "", "$x"])
def test_what_was_quoted_is_read_back(texts: list[str]) -> None:
    assert texts_of("curl.exe " + " ".join(map(quoted, texts))) == ["curl.exe", *texts]
    assert texts_of("curl.exe " + " ".join(map(expandable, texts))) == ["curl.exe", *texts]


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("a 'b''c' \"d\"\"e\"", ["a", "b'c", 'd"e']),
        ("a ‘b’’c’ “d”", ["a", "b’c", "d"]),
        ('a "`n`t`0`$x`"`u{1f389}"', ["a", '\n\t\0$x"🎉']),
        ("a `\n  b ` \r\nc", ["a", "b", "c"]),
        ("a\nb;c | d", ["a", "\n", "b", ";", "c", "|", "d"]),
        ("a @'\nb's\n$c\n'@ d", ["a", "b's\n$c", "d"]),
        ('a @"\nb"s`$\n"@', ["a", 'b"s$']),
        ("a @'\n'@", ["a", ""]),
        ("a # b 'c\nd <# e\n' #> f", ["a", "\n", "d", "f"]),
        ("a x=1,2+3", ["a", "x=1,2+3"]),
        ("$x='a'+'b'", ["$x", "=", "a", "+", "b"]),
        ("$r = irm u?a=b,c", ["$r", "=", "irm", "u?a=b,c"]),
        ("a @{b='c'\nd=1}", ["a", "@{", "b", "=", "c", "\n", "d", "=", "1", "}"]),
        ("[X]::Y('a', 1)", ["[X]::Y", "(", "a", ",", "1", ")"]),
        ('a "$([char]233)$([char]0x1F389)$([char]55356)$([char]57225)"', ["a", "é🎉🎉"]),
        ('a --% "b c" %X% \'d', ["a", "b c", "%X%", "'d"]),
        ("a 2>&1 >$null", ["a", "2>&1", ">", "$null"]),
        ("a b`'c", ["a", "b'c"]),
    ],
)
def test_documented_examples_are_read_as_documented(line: str, texts: list[str]) -> None:
    assert texts_of(line) == texts


@pytest.mark.parametrize(
    ("line", "text", "name"),
    [
        ('"a $x b"', "a $x b", "$x"),
        ('"${x y}"', "${x y}", "${x y}"),
        ("$env:KEY", "$env:KEY", "$env:KEY"),
        ('"$(Get-Date)"', "$(Get-Date)", "$(Get-Date)"),
        ('@"\n$x\n"@', "$x", "$x"),
    ],
)
def test_what_powershell_would_put_in_is_told(line: str, text: str, name: str) -> None:
    (word,) = read_words(line, Shell.POWERSHELL)
    assert word.text == text
    assert [remark.name for remark in word.remarks] == [name]


@pytest.mark.parametrize("line", ["a 'b", 'a "b', "a (b", "a @{b", "a @'\nb", 'a "$(b'])
def test_what_is_open_is_refused(line: str) -> None:
    with pytest.raises(ShellError, match="never closed"):
        texts_of(line)


@pytest.mark.parametrize("unit", ['`"', "$(", "@{a=", "(", "@'\n", "' \""])
def test_much_nesting_does_not_take_long(unit: str) -> None:
    with pytest.raises(ShellError):
        texts_of('a "' + unit * 700_000)

"""Text that is no command, and commands that break off or never end."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings, strategies as st

from composer.core.curl import ReadCommand, ReadError, read
from composer.core.errors import ComposerError

pieces = st.sampled_from(
    [
        *("curl", "curl.exe", " ", "\n", "'", '"', "$'", "\\", "^", "`", "^\n", "\\\n", "`\n"),
        *("-d", "-H", "--json", "@-", "a: b", "https://x/y", "$x", "$(", ")", "${", "}", "%A_B%"),
        *("<<E", "E", "|", "&", ";", ">", "<", "<<<", "printf '%b'", "echo", "cat", "@{", "=", ","),
        *(
            "Invoke-WebRequest",
            "-Uri",
            "-Body",
            "-Headers",
            "[IO.File]::WriteAllText",
            "(",
            "“",
            "”",
        ),
        *("certutil -decode a b", "$s.Cookies.Add((", "| ConvertTo-Json", "@'\n", "\n'@", "\udcff"),
        *(
            "-F",
            "-T",
            "-K",
            "--next",
            "--url-query",
            "–d",
            "\x00",
            "\ud83d",
            "é",
            "[char]",
            "copy a b",
        ),
    ]
)


def outcome(text: str) -> ReadCommand | ReadError:
    try:
        return read(text)
    except ReadError as error:
        return error


@settings(max_examples=400)
@given(st.lists(pieces | st.text(max_size=4), max_size=14).map("".join))
@example("curl http://[::")
@example("curl 'http://x:99999999/'")
@example("irm -Uri @{a=@{}} -Body @{a=@{b=1}} -Method Post")
@example("$x = " + "(" * 5000)
@example("irm " + "@(" * 5000 + ")" * 5000)
@example("printf '%b' '\\c' | curl x -d @-")
@example("curl -d \ud83d x")
def test_any_text_is_read_or_refused_with_words(text: str) -> None:
    got = outcome(text)
    if isinstance(got, ReadError):
        assert str(got).endswith(".")
        assert 0 <= got.offset <= len(text)
        return
    assert got.request.body == got.body
    names = [remark.name for remark in got.remarks]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("text", "words", "offset"),
    [
        ("", "There is no curl command in this", 0),
        ("hello", "There is no curl command in this", 0),
        ('{"event": "curl"}', "There is no curl command in this", 0),
        ("  curl -d '{}'", "There is no URL in this command", 2),
        ("curl https://x -H 'its", "is never closed", 18),
        ("curl https://x -d '{", "is never closed", 18),
        ("irm -Method Post", "There is no -Uri in this command", 0),
    ],
)
def test_the_words_say_what_to_do(text: str, words: str, offset: int) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        read(text)
    assert isinstance(caught.value, ComposerError)
    assert caught.value.offset == offset


UNITS = ["'\"", "$'", "`", "${", "$(", "“ “a ", '^"', '`"', "@'\n", "<<a\n", "(", "-d a ", "%a%"]


@pytest.mark.parametrize("unit", [*UNITS, "'", '"', "\\\n", "curl\n", "-x\n", " ", ">", "\\x"])
def test_two_megabytes_of_signs_take_no_longer_than_they_may(unit: str) -> None:
    text = "curl x " + unit * (2_000_000 // len(unit))
    before = time.process_time()
    got = outcome(text)
    assert str(got)
    assert time.process_time() - before < 4

"""Which characters of a line are what."""

import pytest
from hypothesis import given, strategies as st

from composer.ui.theme import LIGHT
from composer.ui.widgets.highlight import LONGEST, Language, spans, utf16_spans


def kinds(line: str, language: Language) -> list[tuple[str, str]]:
    return [
        (line[span.start : span.start + span.length], span.kind.removeprefix("json_"))
        for span in spans(line, language)
    ]


def test_keys_strings_numbers_and_literals_of_json_are_told_apart() -> None:
    line = '  "a\\"b" : "c: \\\\", "n": -1.50e+3, [true, false, null, 0]'
    assert kinds(line, Language.JSON) == [
        ('"a\\"b"', "key"),
        ('"c: \\\\"', "string"),
        ('"n"', "key"),
        ("-1.50e+3", "number"),
        ("true", "literal"),
        ("false", "literal"),
        ("null", "literal"),
        ("0", "number"),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  # not 'run' 7", [("  # not 'run' 7", "muted")]),
        ("// sent as it is", [("// sent as it is", "muted")]),
        (
            "client.capture('it\\'s', 14, None)",
            [
                ("'it\\'s'", "string"),
                ("14", "number"),
                ("None", "literal"),
            ],
        ),
        ('url = "https://x.example" + path2', [('"https://x.example"', "string")]),
    ],
)
def test_code_of_any_language_is_coloured_lightly(
    line: str, expected: list[tuple[str, str]]
) -> None:
    assert kinds(line, Language.CODE) == expected


def test_a_string_without_an_end_is_still_a_string() -> None:
    assert kinds('  "never closed', Language.JSON) == [('"never closed', "string")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "curl -X POST \\",
            [("curl", "literal"), ("-X", "key"), ("\\", "muted")],
        ),
        (
            "  --data-raw $'it\\'s'",
            [("--data-raw", "key"), ("$'it\\'s'", "string")],
        ),
    ],
)
def test_a_curl_command_is_coloured(line: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(line, Language.CURL) == expected


def test_plain_text_has_no_colours() -> None:
    assert kinds('{"a": 1}', Language.PLAIN) == []


@given(st.text())
def test_spans_lie_in_order_within_the_line_and_name_tokens(line: str) -> None:
    for language in Language:
        end = 0
        for span in spans(line, language):
            assert span.start >= end
            end = span.start + span.length
            assert end <= len(line)
            assert hasattr(LIGHT, span.kind)


@given(st.text(st.sampled_from('"a:1, \U0001f600é\\')))
def test_positions_are_also_given_as_qt_counts_them(line: str) -> None:
    encoded = line.encode("utf-16-le")
    plain = [line[s.start : s.start + s.length] for s in spans(line, Language.JSON)]
    counted = [
        encoded[2 * s.start : 2 * (s.start + s.length)].decode("utf-16-le")
        for s in utf16_spans(line, Language.JSON)
    ]
    assert counted == plain


def test_the_tail_of_a_very_long_line_is_left_alone() -> None:
    line = "1," * LONGEST
    assert max(span.start for span in spans(line, Language.JSON)) < LONGEST

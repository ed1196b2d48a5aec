"""Text that is nearly JSON is repaired, what was fine stays, and what is unclear is left alone."""

import json
import math
import re
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import assume, given, settings, strategies as st

from composer.core.jsontext import (
    Layout,
    Object,
    Value,
    encode,
    parse,
    to_python,
)
from composer.core.verdicts.repair import repair, repaired
from tests.helpers.values import objects, texts, values

REPAIRED = (
    # quotes
    ("{“event”: “paid”}", '{"event": "paid"}', "Curly quotes made straight"),
    ("{„a“: ”b”}", '{"a": "b"}', "Curly quotes made straight"),
    ('{“a": "b"}', '{"a": "b"}', "Curly quotes made straight"),
    ("{‘a’: ‘it’s’}", '{"a": "it’s"}', "Curly quotes made straight"),
    ("{“a”: “say \\“hi\\””}", '{"a": "say \\"hi\\""}', "Curly quotes made straight"),
    ("{“a”: “say 'hi'”}", '{"a": "say \'hi\'"}', "Curly quotes made straight"),
    ("{«a»: ‹b›}", '{"a": "b"}', "Angled quotes made straight"),
    ("{'a': 'b'}", '{"a": "b"}', "Single quotes made double"),
    ("{'a': 'it\\'s \"b\"'}", '{"a": "it\'s \\"b\\""}', "Single quotes made double"),
    ("{'a': 'don't'}", '{"a": "don\'t"}', "Single quotes made double"),
    ("{`a`: `b\\``}", '{"a": "b`"}', "Backticks made double quotes"),
    ("{u'a': U\"b\"}", '{"a": "b"}', "u before the quote removed"),
    ("'a'", '"a"', "Single quotes made double"),
    # what stands in quotes
    ('{"a": "b\nc"}', '{"a": "b\\nc"}', "Line break inside quotes written as \\n"),
    ('{"a": "b\r\nc"}', '{"a": "b\\r\\nc"}', "Line break inside quotes written as \\r"),
    ('{"a": "b\tc"}', '{"a": "b\\tc"}', "Tab inside quotes written as \\t"),
    ('{"\x01": 1}', '{"\\u0001": 1}', "Control character inside quotes written as \\u0001"),
    ('{"a": "b\\\nc"}', '{"a": "bc"}', "Backslash and line break inside quotes removed"),
    ('{"a": "\\$set"}', '{"a": "$set"}', "Backslash before $ removed"),
    ('{"a": "it\\\'s"}', '{"a": "it\'s"}', "Backslash before ' removed"),
    ("['\\xe9\\U0001f680\\u{1F680}']", '["é🚀🚀"]', "\\xe9 inside quotes written as é"),
    ("['\\x00']", '["\\u0000"]', "\\x00 inside quotes written as \\u0000"),
    # commas, comments, names
    ('{"a": 1,}', '{"a": 1}', "Comma removed before }"),
    ("[1, 2 ,\n]", "[1, 2 \n]", "Comma removed before ]"),
    ('{"a": 1,, "b": 2}', '{"a": 1, "b": 2}', "Comma removed that was one too many"),
    ('{"a": 1\n "b": 2}', '{"a": 1,\n "b": 2}', "Comma added"),
    ('["a" "b"]', '["a", "b"]', "Comma added"),
    ("[{}{}]", "[{},{}]", "Comma added"),
    ('{"a": 1 // one\n}', '{"a": 1 \n}', "Comment removed"),
    ('{\n# one\n"a": /* 1 */ 2}', '{\n\n"a":  2}', "Comment removed"),
    ("{distinct_id: 1, $set: 2, a-b: 3}", '{"distinct_id": 1, "$set": 2, "a-b": 3}', "Name put in"),
    ("{7: 1}", '{"7": 1}', "Name put in quotes: 7"),
    # words and numbers
    ("[True, False, None]", "[true, false, null]", "True made true"),
    ("[TRUE, Null]", "[true, null]", "TRUE made true"),
    ("[NaN, Infinity, -Infinity, undefined]", "[null, null, null, null]", "NaN made null"),
    ("[nan, inf, -inf]", "[null, null, null]", "-inf made null"),
    ("[.5, -.5e3, 5., 5.e1]", "[0.5, -0.5e3, 5.0, 5.0e1]", ".5 made 0.5"),
    ("[+5, 01, -007, 00]", "[5, 1, -7, 0]", "01 made 1"),
    ("[0x10, -0xFF, 0o17, 0b11]", "[16, -255, 15, 3]", "0x10 made 16"),
    ("[1_000, 1_0.0_1, 10n, 10L]", "[1000, 10.01, 10, 10]", "1_000 made 1000"),
    # brackets
    ("{'a': (1, 2,)}", '{"a": [1, 2]}', "Round brackets made square"),
    ("[(1, 2), ('a', 2)]", '[[1, 2], ["a", 2]]', "Round brackets made square"),
    ("[(), (1,), (1)]", "[[], [1], 1]", "Round brackets removed"),
    ("({'a': 1}, {'a': 2})", '[{"a": 1}, {"a": 2}]', "Round brackets made square"),
    ('{"a": [{"b": 1', '{"a": [{"b": 1}]}', "Missing } added at the end"),
    ('{"a": [1,\n', '{"a": [1\n]}', "Missing ] added at the end"),
    # around and between
    ('\ufeff{"a": 1}', '{"a": 1}', "Byte order mark removed"),
    ('{\u00a0"a":\u2003\u3000\u200b1}', '{ "a":  1}', "Unusual space made an ordinary one"),
    ('```json\n{"a": 1}\n```\n', '{"a": 1}\n', "Text before the JSON removed"),
    ('Look [here]:\n```\n{"a": 1\n```', '{"a": 1\n}', "Missing } added at the end"),
    ('Payload: {"a": 1}', '{"a": 1}', "Text before the JSON removed"),
    ('[INFO] sent {"a": 1}', '{"a": 1}', "Text before the JSON removed"),
    ("payload = {'a': 1};", '{"a": 1}', "; removed at the end"),
    ('"properties": {"a": 1},', '{"a": 1}', ", removed at the end"),
    ('{"a": 1}\nSee you', '{"a": 1}\n', "Text after the JSON removed"),
    ('callback({"a": 1});', '{"a": 1}', "Text after the JSON removed"),
    ("'{\"a\": 1}'", '{"a": 1}', "Text before the JSON removed"),
    ("({a: 1})", '{"a": 1}', "Round brackets removed"),
)

UNCLEAR = (
    "",
    " \n",
    "hello",
    "5 apples",
    "True story",
    "// a comment",
    "f(){}",
    "[]x",
    '{"a": }',
    '{"a"}',
    '{"a" 1}',
    '{"a": b}',
    '{"a": 1}}',
    '{"a": [1}',
    '{"a": "b}',
    '{"a": "b" c "d"}',
    '{"a": "say "hi" now"}',
    '{"a": 1}\n{"b": 2}',
    '"a": 1, "b": {"c": 2}',
    '{"a": 1}, "b": 2',
    '{"a": 1} "b": 2',
    '{"a": 1, ...}',
    '{"a": "\\d"}',
    '{"a": "\\u12"}',
    "{'a': '\\x4'}",
    "{'a': '\\U00110000'}",
    "{'a': '\\",
    "{'a': b'c'}",
    "{'a': `b${c}`}",
    "{'a', 'b'}",
    "{True: 1}",
    "{1.5: 1}",
    "{[1]: 1}",
    '["a""b"]',
    '["a"1]',
    "[1,,2]",
    "[,1]",
    "[1,000]",
    "[1:2]",
    "[1, 2)",
    "(1, 2",
    "[1.5n, 1]",
    "[--1]",
    "[1 + 2]",
    "[1, 2] 3, [4]",
    "[hello, {}]",
    '[hello, {"a": 1}',
    '"a"]} {"b": 1}',
    'a} {"b": 1}',
    '{"a": 1 /* never closed',
    '{"a": "it\'\\\'\'s"}',
    '{"a": "\ud83d",}',
)


@pytest.mark.parametrize(("damaged", "sound", "says"), REPAIRED)
def test_what_is_clear_is_repaired_and_said(damaged: str, sound: str, says: str) -> None:
    found = repair(damaged)
    assert found is not None
    assert found.text == sound
    assert any(change.says.startswith(says) for change in found.changes)
    assert json.loads(sound) == to_python(parse(found.text))


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_unclear_is_left_alone(text: str) -> None:
    assert repair(text) is None
    assert repaired(text) is None


def test_each_change_says_where_it_was() -> None:
    found = repair("{'a': True,\n  \"b\": (1,),\n  c: 'd\ne' // f\n")
    assert found is not None
    assert found.text == '{"a": true,\n  "b": [1],\n  "c": "d\\ne" \n}'
    assert [str(change) for change in found.changes] == [
        "Line 1, column 2: Single quotes made double",
        "Line 1, column 7: True made true",
        "Line 2, column 8: Round brackets made square",
        "Line 2, column 10: Comma removed before )",
        "Line 3, column 3: Name put in quotes: c",
        "Line 3, column 6: Single quotes made double",
        "Line 3, column 8: Line break inside quotes written as \\n",
        "Line 4, column 4: Comment removed",
        "Line 5, column 1: Missing } added at the end",
    ]


def test_a_long_word_is_told_in_short() -> None:
    found = repair(f"[+{'1' * 300}]")
    assert found is not None
    assert found.text == f"[{'1' * 300}]"
    assert all(len(change.says) < 80 for change in found.changes)


def test_all_else_stays_to_the_character() -> None:
    text = '{ "b" : 1.00,\t"a":9007199254740993,"b":1E5 ,\r\n"c":["“x”", "\\u00e9\\/"],}'
    assert repaired(text) == text.replace(",}", "}")


@given(values, st.sampled_from(Layout))
def test_json_stays_as_it_is(value: Value, layout: Layout) -> None:
    text = encode(value, layout)
    found = repair(text)
    assert found is not None
    assert (found.text, found.changes) == (text, ())
    assert repaired(text) is None


containers = st.one_of(objects(values), st.lists(values, min_size=1, max_size=4).map(tuple)).filter(
    lambda value: value not in {Object(), ()}
)
STRINGS = re.compile(r'("(?:[^"\\]|\\.)*")', re.DOTALL)


def outside(text: str, change: Callable[[str], str]) -> str:
    """JSON text with what stands outside quotes changed."""
    return "".join(part if part.startswith('"') else change(part) for part in STRINGS.split(text))


def inside(text: str, change: Callable[[str], str]) -> str:
    """JSON text with what stands in quotes changed, the quotes included."""
    return STRINGS.sub(lambda match: change(match[0]), text)


def in_single_quotes(quoted: str) -> str:
    return "'" + quoted[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"


def with_raw_characters(quoted: str) -> str:
    """Escapes undone where the text can be read without them."""
    return re.sub(
        r"\\(.)",
        lambda m: {"n": "\n", "t": "\t", "r": "\r"}.get(m[1], m[0]),
        quoted,
        flags=re.DOTALL,
    )


DAMAGES: dict[str, Callable[[str], str]] = {
    "commas at the end": lambda text: outside(
        text, lambda part: re.sub(r"(\s*[}\]])", r",\1", part)
    ),
    "line comments": lambda text: outside(text, lambda part: part.replace("\n", ' // "it"s, {\n')),
    "block comments": lambda text: outside(text, lambda part: part.replace(",", "/* ] ' */,")),
    "hash comments": lambda text: outside(text, lambda part: part.replace("\n", "# '}\n")),
    "no commas": lambda text: outside(text, lambda part: part.replace(",", "")),
    "hard spaces": lambda text: outside(text, lambda part: re.sub(r"[ \n]", "\u00a0", part)),
    "a byte order mark": lambda text: "\ufeff" + text,
    "a fence": lambda text: f"```json\n{text}\n```",
    "a label": lambda text: f"Payload: {text};",
    "words of Python": lambda text: outside(
        text, lambda part: part.replace("true", "True").replace("null", "None")
    ),
    "single quotes": lambda text: inside(text, in_single_quotes),
    "curly quotes": lambda text: inside(text, lambda quoted: f"“{quoted[1:-1]}”"),
    "raw line breaks": lambda text: inside(text, with_raw_characters),
    "no end": lambda text: text.rstrip("]}\n "),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@settings(max_examples=40)
@given(value=containers)
def test_a_value_comes_back_from_every_damage(damage: Callable[[str], str], value: Value) -> None:
    text = encode(value)
    assume(not set(text) & set("”“„‟″＂`"))
    damaged = damage(text)
    assume(damage is not DAMAGES["no end"] or _ends_after_a_value(damaged))
    assume(damage is not DAMAGES["commas at the end"] or not re.search(r"[\[{],", damaged))
    found = repair(damaged)
    assert found is not None
    assert parse(found.text) == value


def _ends_after_a_value(text: str) -> bool:
    """What ends with an open quote or an empty bracket lost more than its end."""
    return not text.endswith((":", "[", "{", ",")) and text.count('"') % 2 == 0


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(texts, inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(texts, plain, min_size=1))
def test_the_text_of_a_python_dict_is_read(source: dict[str, object]) -> None:
    found = repair(repr(source))
    assert found is not None
    assert _same(to_python(parse(found.text)), source)


def _same(read: object, meant: object) -> bool:
    """As JSON has it: no tuples, and null for numbers without end."""
    match read, meant:
        case dict(), dict():
            return read.keys() == meant.keys() and all(
                _same(item, meant[key]) for key, item in read.items()
            )
        case list(), (list() | tuple()):
            return len(read) == len(meant) and all(map(_same, read, meant))
        case None, float():
            return not math.isfinite(meant)
        case _:
            return type(read) is type(meant) and read == meant


signs = st.sampled_from(
    [*"{}[]():,;\"'`\\/#*+-._0159 \n\t\u00a0\ufeffueUxnN“”‘’«»$", "true", "None", "//", "/*", "*/"]
)


@given(st.lists(signs, max_size=40).map("".join) | st.text())
def test_any_text_gives_json_or_nothing(text: str) -> None:
    new = repaired(text)
    if new is not None:
        json.loads(json.dumps(to_python(parse(new))))
        assert new != text


@pytest.mark.parametrize("depth", [1, 127, 128, 200])
def test_deep_nesting_is_repaired_as_far_as_it_is_read(depth: int) -> None:
    assert repaired("[" * depth + "1," + "]" * depth) == "[" * depth + "1" + "]" * depth


@pytest.mark.parametrize("bracket", ["[", '{"a":', "(", "{a:["])
def test_deeper_nesting_is_left_alone(bracket: str) -> None:
    assert repair(bracket * 100_000) is None
    assert repair(bracket * 100_000 + "1") is None


LONG = {
    "double quotes": '"',
    "single quotes": "'",
    "curly quotes": "“",
    "open brackets": "[",
    "empty brackets": "[],",
    "begun comments": "/*",
    "backslashes": "\\",
    "hard spaces": "\u00a0",
    "apostrophes": "a'",
    "fences": "```\n",
    "keys": '"a":',
    "commas": ",",
    "digits": "1_",
    "lines": "\n#",
}


@pytest.mark.parametrize("begin", ["", "{", "[", '["', "['a", "[“"])
@pytest.mark.parametrize("sign", LONG.values(), ids=LONG)
def test_the_time_is_in_proportion_to_the_length(begin: str, sign: str) -> None:
    def seconds(size: int) -> float:
        text = begin + sign * (size // len(sign))
        start = process_time()
        repair(text)
        return process_time() - start

    assert seconds(80_000) < 40 * seconds(10_000) + 0.2, "eight times the length, 64 times the time"


def test_twenty_megabytes_of_quotes_are_refused_at_once() -> None:
    start = process_time()
    assert repair('"' * 20_000_000) is None
    assert repair('{"a": "' + "“" * 20_000_000) is None
    assert process_time() - start < 5


def test_too_many_slips_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("composer.core.verdicts.repair.changes.MOST_EDITS", 3)
    assert repaired("[True, True, True]") == "[true, true, true]"
    assert repair("[True, True, True, True]") is None

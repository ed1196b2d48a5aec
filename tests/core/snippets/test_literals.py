"""Literals read back: by Python and Node.js themselves, elsewhere by readers of their rules."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator

import pytest
from hypothesis import example, given, settings, strategies as st

from composer.core.jsontext import Layout, Number, Object, Value, encode, parse
from composer.core.snippets.literals import go, javascript, php, python, ruby
from composer.core.snippets.literals.numbers import (
    is_same_value,
    javascript_number,
    php_number,
    python_number,
    ruby_number,
)
from composer.core.snippets.literals.syntax import Syntax, written
from tests.helpers.literals import go_bytes, php_bytes, ruby_bytes
from tests.helpers.node import Node, running_node
from tests.helpers.values import numbers, objects, scalars, texts

ANY_TEXT = st.one_of(
    texts,
    st.text(st.sampled_from("ab\"'`\\$#{}<>/!\n\r\t\0\x85\u2028\ufeff😀é?%x0u")),
    st.sampled_from(("</script>", "<!--", "${x}", "#{1}", "$x", "{$x}", "?>", "\\", "'''", "a'")),
)
WHOLE_TEXT = ANY_TEXT.map(lambda text: text.encode("utf-8", "replace").decode())
VALUES = objects(st.recursive(scalars, objects, max_leaves=8))


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with running_node() as node:
        yield node


@given(text=ANY_TEXT)
def test_python_reads_its_text_back(text: str) -> None:
    assert ast.literal_eval(python.string(text)) == text
    assert ast.literal_eval(f"({python.block(text)})") == text


@given(data=st.binary())
def test_python_reads_its_bytes_back(data: bytes) -> None:
    assert ast.literal_eval(f"({python.bytes_block(data)})") == data


@given(value=VALUES)
def test_python_reads_its_values_back(value: Object) -> None:
    read = ast.literal_eval(written(value, python.SYNTAX))
    assert json.dumps(read) == json.dumps(as_read(value, python_number))


@settings(max_examples=300)
@given(text=ANY_TEXT)
def test_javascript_reads_its_text_back(node: Node, text: str) -> None:
    for literal in (javascript.string(text), javascript.block(text)):
        assert node.value(literal) == text
        assert not {"</", "<!", "\u2028"} & {literal[i : i + n] for n in (1, 2) for i in range(99)}
    first, second = javascript.in_template(text), javascript.in_template(f"{{{text}")
    assert node.value(f"`{first}${{'-'}}{second}`") == f"{text}-{{{text}"


@given(data=st.binary())
def test_javascript_reads_its_bytes_back(node: Node, data: bytes) -> None:
    literal = f"[...Uint8Array.from({javascript.byte_string(data)}, (c) => c.charCodeAt(0))]"
    assert bytes(node.value(literal)) == data


@given(value=VALUES)
@example(value=Object((("__proto__", Object((("a", True),))),)))
def test_javascript_reads_its_values_back(node: Node, value: Object) -> None:
    read = node.value(written(value, javascript.SYNTAX))
    assert read == as_read(value, javascript_number)


@given(number=numbers)
def test_numbers_are_printed_as_node_prints_them(node: Node, number: Number) -> None:
    assert node.text(number.text) == javascript_number(number.text)


@given(text=WHOLE_TEXT)
@pytest.mark.parametrize(
    ("write", "read"),
    [
        (go.string, go_bytes),
        (go.block, go_bytes),
        (php.string, php_bytes),
        (php.block, php_bytes),
        (ruby.string, ruby_bytes),
        (ruby.block, ruby_bytes),
    ],
)
def test_other_languages_read_their_text_back(
    write: Callable[[str], str], read: Callable[[str], bytes], text: str
) -> None:
    assert read(write(text)) == text.encode()


@given(data=st.binary())
def test_other_languages_read_their_bytes_back(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    assert go_bytes(go.block(text)) == data
    assert php_bytes(php.block(text)) == data
    assert ruby_bytes(ruby.byte_string(data)) == data


@pytest.mark.parametrize("write", [go.string, php.string, ruby.string])
def test_half_a_character_is_replaced_where_it_cannot_be_written(
    write: Callable[[str], str],
) -> None:
    assert "\ufffd" in write("a\ud83d")


OBSERVED = {
    "1.0": ("1", "1.0"),
    "1e15": ("1000000000000000", "1.0e+15"),
    "1e16": ("10000000000000000", "1.0e+16"),
    "1e17": ("1.0e+17", "1.0e+17"),
    "123456789012345680.0": ("1.2345678901234568e+17", "1.2345678901234568e+17"),
    "0.0001": ("0.0001", "0.0001"),
    "0.00001": ("1.0e-5", "1.0e-05"),
    "1.5e-7": ("1.5e-7", "1.5e-07"),
    "1e100": ("1.0e+100", "1.0e+100"),
    "-0": ("-0", "-0.0"),
    "9007199254740993": ("9007199254740993", "9007199254740993"),
    "9223372036854775808": ("9.223372036854776e+18", "9223372036854775808"),
    "1e999": ("null", "null"),
}
"""What PHP 8.2's json_encode and Ruby 3.1's JSON.generate wrote for what these scripts write."""


@pytest.mark.parametrize(("text", "printed"), OBSERVED.items())
def test_numbers_are_printed_as_php_and_ruby_print_them(
    text: str, printed: tuple[str, str]
) -> None:
    assert (php_number(text), ruby_number(text)) == printed


@pytest.mark.parametrize(
    ("syntax", "expected"),
    [
        (go.SYNTAX, 'map[string]any{\n\t"0": json.Number("1e5"),\n\t"1": []any{},\n}'),
        (php.SYNTAX, "(object) [\n    '0' => 1e5,\n    '1' => [],\n]"),
        (ruby.SYNTAX, "{\n  '0' => 100000.0,\n  '1' => [],\n}"),
    ],
)
def test_objects_look_as_the_language_has_them(syntax: Syntax, expected: str) -> None:
    assert written(parse('{"0": 1e5, "1": []}'), syntax) == expected


@given(number=numbers)
@example(number=Number("9223372036854775808"))
def test_go_keeps_every_number_as_it_is_spelled(number: Number) -> None:
    literal = go.SYNTAX.number(number.text)
    named = literal.removeprefix('json.Number("').removesuffix('")')
    assert named == number.text
    if named == literal:
        assert repr(float(literal)) == literal or -(2**63) < int(literal) < 2**63


@given(number=numbers)
def test_only_equal_numbers_pass_for_equal(number: Number) -> None:
    assert is_same_value(number.text, number.text)
    assert not is_same_value(number.text, f"{number.text}1" if "e" in number.text else "null")


def as_read(value: Value, number: Callable[[str], str]) -> object:
    """What Python's ``json`` reads of a value once a library has written its numbers."""
    return json.loads(encode(with_numbers(value, number), Layout.COMPACT))


def with_numbers(value: Value, number: Callable[[str], str]) -> Value:
    match value:
        case Number(text):
            return parse(number(text))
        case Object(members):
            return Object(tuple((key, with_numbers(item, number)) for key, item in members))
        case tuple():
            return tuple(with_numbers(item, number) for item in value)
        case _:
            return value

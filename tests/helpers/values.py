"""Hypothesis strategies for JSON values, with texts and numbers that programs like to damage."""

from itertools import pairwise

from hypothesis import strategies as st

from composer.core.jsontext import Number, Object, Value

TRICKY_TEXTS = (
    "",
    " padded ",
    "non\u00a0breaking",
    "line\u2028and\u2029paragraph",
    "carriage\r\nreturn",
    "tab\tand \x00 and \x7f",
    "\u65e5\u672c\u8a9e \U0001f680 e\u0301",
    "\\ \" / ' ` $HOME ! %s {{name}}",
    "\ufeffmark",
    "\ud83d",
    "null",
    "1.00",
)
TRICKY_NUMBERS = (
    "0",
    "-0",
    "-0.0",
    "1.00",
    "1e5",
    "1E+5",
    "0.1e-7",
    "9007199254740993",
    "12345678901234567890123456789",
    "3.141592653589793238462643",
)


def _whole(text: str) -> bool:
    """Two halves of a character side by side would be read back as that one character."""
    return not any(
        "\ud800" <= first <= "\udbff" and "\udc00" <= second <= "\udfff"
        for first, second in pairwise(text)
    )


texts = st.sampled_from(TRICKY_TEXTS) | st.text(st.characters(), max_size=20).filter(_whole)
numbers = st.builds(
    Number,
    st.sampled_from(TRICKY_NUMBERS)
    | st.integers().map(str)
    | st.floats(allow_nan=False, allow_infinity=False).map(repr),
)
scalars: st.SearchStrategy[Value] = st.none() | st.booleans() | numbers | texts


def _containers(inside: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    return st.lists(inside, max_size=4).map(tuple) | objects(inside)


def objects(inside: st.SearchStrategy[Value]) -> st.SearchStrategy[Object]:
    """Objects with these values; keys may repeat."""
    keys = st.sampled_from(("a", "b", "$set")) | texts
    return st.lists(st.tuples(keys, inside), max_size=4).map(lambda pairs: Object(tuple(pairs)))


values: st.SearchStrategy[Value] = st.recursive(scalars, _containers, max_leaves=12)

"""Text without the markup that came with it."""

import pytest
from hypothesis import given, strategies as st

from composer.core.verdicts.plain import plain


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[](https://larkspur.example)", "https://larkspur.example"),
        ("<a name='x'>Larkspur</a>", "Larkspur"),
        ("<A HREF=https://larkspur.example>Larkspur</A>", "Larkspur"),
        ("```pro```", "pro"),
        ("&lt;b&gt; &quot;x&quot; &#39;y&#39;&nbsp;z", "<b> \"x\" 'y' z"),
        ("[a](https://b.example) and [c](https://d.example)", "a and c"),
    ],
)
def test_what_a_reader_saw_is_left(before: str, after: str) -> None:
    assert plain(before) == after


@pytest.mark.parametrize(
    "text",
    ["a < b", "R&D", "x[0](1)", "[see](below)", "`x` and `y`", "``", "https://a.example/?a&b=`"],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert plain(text) == text


@given(st.text())
def test_text_never_grows(text: str) -> None:
    assert len(plain(text)) <= len(text)

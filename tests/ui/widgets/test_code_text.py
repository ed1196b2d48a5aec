"""Exact text in a document and out again."""

from hypothesis import given, strategies as st
from PySide6.QtGui import QTextDocument

from composer.ui.widgets.code_text import (
    FOLD,
    FOLD_WIDTH,
    from_document,
    to_document,
    utf16_length,
)

NASTY = "\r\n\u2028\u2029\u00a0\ufdd0\ufdd1\t\"'\\\x00\U0001f600é,"
STAND_INS = "\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6"
texts = st.text(
    st.one_of(
        st.sampled_from(NASTY),
        st.characters(exclude_categories=["Cs"], exclude_characters=STAND_INS),
    )
)


@given(texts)
def test_a_document_gives_back_every_character(text: str) -> None:
    document = QTextDocument()
    document.setPlainText(to_document(text))
    assert from_document(document.toRawText()) == text


@given(st.integers(1, 4 * FOLD_WIDTH), st.sampled_from(["a", "\U0001f600", '"k":1,"', "x\n"]))
def test_long_lines_come_back_whole(times: int, unit: str) -> None:
    text = unit * times
    shown = to_document(text)
    assert max(map(len, shown.split("\n"))) <= FOLD_WIDTH + len(FOLD)
    assert from_document(shown) == text


def test_a_long_line_is_folded_between_members() -> None:
    text = ",".join(f'"key {number}":"value"' for number in range(100))
    first = to_document(text).split("\n")[0]
    assert first.endswith(f",{FOLD}")


@given(texts)
def test_lengths_are_counted_as_qt_counts_them(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2

"""What an edit did is found, and arrives in the text that the edited one stands for."""

from hypothesis import given, strategies as st

from composer.ui.form.face import marked
from composer.ui.widgets.edits import carry_over, changed_span
from tests.helpers.values import texts


@given(texts, texts, texts, texts)
def test_the_changed_span_makes_the_new_text_of_the_old(a: str, b: str, c: str, d: str) -> None:
    old, new = a + b + c, a + d + c
    start, end, put = changed_span(old, new)
    assert old[:start] + put + old[end:] == new
    assert len(put) <= len(d)
    assert start <= end


@given(texts, st.data(), texts)
def test_what_an_edit_does_not_touch_stays_exact(
    exact: str, data: st.DataObject, typed: str
) -> None:
    shown = marked(exact)
    start = data.draw(st.integers(0, len(exact)))
    end = data.draw(st.integers(start, len(exact)))
    after = shown[:start] + typed + shown[end:]
    got = carry_over(exact, shown, after)
    assert marked(got) == marked(after)
    if exact == shown:
        assert got == after
    if not typed and start == end:
        assert got == exact


def test_letters_around_a_line_break_can_be_edited() -> None:
    assert carry_over("a\r\nb", "a␍⏎b", "a␍⏎bc") == "a\r\nbc"
    assert carry_over("a\r\nb", "a␍⏎b", "xa␍⏎b") == "xa\r\nb"
    assert carry_over("a\nb", "a⏎b", "ab") == "ab"
    assert carry_over("\n\n", "⏎⏎", "⏎") == "\n"

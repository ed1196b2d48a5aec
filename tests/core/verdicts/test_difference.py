"""What a mend would change is shown line by line."""

from time import process_time

from hypothesis import given, strategies as st

from composer.core.verdicts.difference import DiffKind, DiffLine, preview

SIGNS = {DiffKind.SAME: " ", DiffKind.REMOVED: "-", DiffKind.ADDED: "+"}


def shown(lines: tuple[DiffLine, ...]) -> list[str]:
    return [f"{SIGNS[line.kind]}{line.text}" for line in lines]


def numbers(lines: tuple[DiffLine, ...]) -> list[tuple[int | None, int | None]]:
    return [(line.before, line.after) for line in lines]


def test_a_changed_line_is_shown_as_it_was_and_as_it_will_be() -> None:
    lines = preview("{\n  a: 1,\n}", '{\n  "a": 1\n}')
    assert shown(lines) == [" {", "-  a: 1,", '+  "a": 1', " }"]
    assert numbers(lines) == [(1, 1), (2, None), (None, 2), (3, 3)]


def test_lines_far_from_a_change_are_left_out() -> None:
    before = [str(n) for n in range(1, 31)]
    after = [*before[:9], "ten", *before[10:20], *before[21:]]
    lines = preview("\n".join(before), "\n".join(after), context=2)
    assert shown(lines) == [
        " 8",
        " 9",
        "-10",
        "+ten",
        " 11",
        " 12",
        " 19",
        " 20",
        "-21",
        " 22",
        " 23",
    ]
    assert numbers(lines)[-1] == (23, 22)


def test_the_same_text_has_no_difference() -> None:
    assert preview("{}\n", "{}\n") == ()


def test_a_change_of_the_last_line_break_is_shown() -> None:
    assert shown(preview("a\n", "a")) == [" a", "-"]


def test_long_json_is_compared_over_lines() -> None:
    items = ",".join(f'"{n}"' for n in range(200))
    lines = preview(f"[{items}]", f"[{items}]".replace('"100"', "100"), context=1)
    assert shown(lines) == ['   "99",', '-  "100",', "+  100,", '   "101",']
    assert numbers(lines)[1] == (102, None)


def test_a_long_line_that_is_no_json_is_shown_where_it_differs() -> None:
    before, after = "x" * 5_000 + "'" + "y" * 5_000, "x" * 5_000 + '"' + "y" * 5_000
    old, new = preview(before, after)
    assert old.text.startswith("…x")
    assert "x'y" in old.text
    assert 'x"y' in new.text
    assert len(old.text) < 500


def test_spacing_alone_is_shown_even_in_long_json() -> None:
    text = f"[{'1,' * 300}1]"
    assert [line.kind for line in preview(text, f"{text} ")] == [DiffKind.REMOVED, DiffKind.ADDED]


lines = st.lists(st.sampled_from(("{", "}", "  a", "  b", "", "c,")), max_size=30)


@given(lines, lines, st.integers(0, 3))
def test_the_lines_shown_are_those_of_the_texts(
    before: list[str], after: list[str], times: int
) -> None:
    """Repeated, so that the texts are longer than what is compared at once."""
    old, new = "\n".join(before * 8**times), "\n".join(after * 8**times)
    found = preview(old, new, context=10**6, most=10**6)
    if old == new:
        assert found == ()
        return
    assert [line.text for line in found if line.before] == old.split("\n")
    assert [line.text for line in found if line.after] == new.split("\n")
    assert [line.before for line in found if line.before] == list(range(1, old.count("\n") + 2))
    assert [line.after for line in found if line.after] == list(range(1, new.count("\n") + 2))


def test_a_line_put_into_a_long_text_is_the_only_difference() -> None:
    before = [f"line {n}" for n in range(50_000)]
    after = [*before[:20_000], *(f"new {n}" for n in range(500)), *before[20_000:]]
    found = preview("\n".join(before), "\n".join(after), context=0)
    assert shown(found) == [f"+new {n}" for n in range(500)]


def test_changes_all_over_a_long_text_stay_apart() -> None:
    before = [f"line {n % 50}" for n in range(20_000)]
    after = [f"{line}!" if n % 10 == 5 else line for n, line in enumerate(before)]
    found = preview("\n".join(before), "\n".join(after), context=0, most=10**6)
    assert [line.before for line in found if line.before] == list(range(6, 20_001, 10))
    assert len(found) == 4_000


def test_no_more_lines_are_given_than_wanted_and_none_are_sought() -> None:
    start = process_time()
    found = preview("a\n" * 1_000_000, "b\n" * 1_000_000, most=50)
    assert len(found) == 50
    assert process_time() - start < 20

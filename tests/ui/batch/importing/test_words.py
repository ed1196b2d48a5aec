"""How an import puts things into words."""

from composer.core.mapping import CellKind, ColumnRule, Constant, Target, WhenEmpty
from composer.core.tabular import RowFormat
from composer.ui.batch.importing import words


def test_every_value_has_words() -> None:
    assert set(words.TARGETS) == set(Target)
    assert set(words.KINDS) == set(CellKind)
    assert set(words.EMPTY) == set(WhenEmpty)
    assert set(words.FORMATS) == set(RowFormat)
    assert set(words.NAMES) == {target for target in Target if target.is_named}


def test_a_rule_says_what_the_column_becomes() -> None:
    rule = ColumnRule(column="p", target=Target.SET, name="plan")
    assert words.becomes(rule) == "Person property “plan”"
    assert words.becomes(Constant(target=Target.EVENT, text="x")) == "Event"


def test_a_time_says_how_it_is_read() -> None:
    def time(pattern: str) -> str:
        return words.type_words(
            ColumnRule(column="t", target=Target.TIME, name="", time_format=pattern)
        )

    assert time("") == "Found out"
    assert time("unix ms") == "Unix milliseconds"
    assert time("%d/%m/%Y") == "31/12/2026"
    assert time("%Y, %j") == "%Y, %j"


def test_a_number_of_rows_that_is_guessed_is_rounded() -> None:
    assert words.rows_words(98_765, exact=False) == "about 99,000 rows"
    assert words.rows_words(98_765, exact=True) == "98,765 rows"
    assert words.rows_words(1, exact=True) == "1 row"
    assert words.rows_words(7, exact=False) == "about 7 rows"


def test_time_left_is_said_in_the_unit_that_fits() -> None:
    said = [words.left_words(seconds) for seconds in (0.4, 12, 150, 7200)]
    assert said == ["", "about 12 s left", "about 2 min left", "about 2.0 h left"]


def test_rows_that_fit_and_do_not() -> None:
    said = [words.fit_words(*both) for both in ((3, 0), (48, 2), (0, 1))]
    assert said == ["All fit", "48 fit, 2 do not", "0 fit, 1 does not"]


def test_the_file_of_a_path() -> None:
    assert words.file_title("/home/ada/orders.csv") == "orders.csv"
    assert words.file_title(r"C:\data\orders.csv") == "orders.csv"

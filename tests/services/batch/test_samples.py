"""Samples of sources, how many rows they have, and the events that the first rows make."""

import gzip
from pathlib import Path

import pytest

from composer.core.mapping import Mapping, suggest
from composer.services.batch.samples import ENOUGH, RowSamples
from composer.services.batch.sources import CountSource, FileSource, SourceError, TextSource
from tests.helpers.clock import StandingClock

SAMPLES = RowSamples(StandingClock())


def rows(count: int) -> str:
    lines = (f"customer-{n},plan upgraded,{n % 90 + 10}" for n in range(1, count + 1))
    return "user_id,event,seats\n" + "\n".join(lines) + "\n"


def test_few_rows_are_counted() -> None:
    source = TextSource(rows(123))
    count = SAMPLES.count(source, SAMPLES.look(source).dialect)
    assert (count.rows, count.is_exact) == (123, True)


def test_rows_that_do_not_fit_are_counted_too() -> None:
    source = TextSource(rows(10) + "too,few\n")
    count = SAMPLES.count(source, SAMPLES.look(source).dialect)
    assert (count.rows, count.is_exact) == (11, True)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_the_number_of_many_rows_is_near_enough(tmp_path: Path, packed: bool) -> None:
    whole = ENOUGH * 5
    data = rows(whole).encode()
    file = tmp_path / ("rows.csv.gz" if packed else "rows.csv")
    file.write_bytes(gzip.compress(data, 1) if packed else data)
    source = FileSource(str(file))
    count = SAMPLES.count(source, SAMPLES.look(source).dialect)
    assert not count.is_exact
    assert whole * 0.8 < count.rows < whole * 1.25


def test_a_count_is_its_own() -> None:
    source = CountSource(count=500)
    guess = SAMPLES.look(source)
    assert SAMPLES.count(source, guess.dialect).rows == SAMPLES.size_of(source) == 500


def test_the_first_rows_are_previewed_as_events() -> None:
    guess = SAMPLES.look(TextSource(rows(60)))
    made = SAMPLES.preview(guess, suggest(guess), None)
    assert [event.person for event in made.events[:2]] == ["customer-1", "customer-2"]
    assert len(made.events) == len(guess.rows)


def test_rows_that_do_not_fit_are_told_in_the_preview() -> None:
    guess = SAMPLES.look(TextSource(rows(2) + ",plan upgraded,3\n"))
    made = SAMPLES.preview(guess, suggest(guess), None)
    assert [problem.number for problem in made.problems] == [3]


def test_a_zone_that_nobody_knows_is_no_time_zone() -> None:
    names = SAMPLES.zone_names()
    assert "Europe/Paris" in names
    assert Mapping().zone in names


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    source = FileSource(str(tmp_path / "gone.csv"))
    with pytest.raises(SourceError):
        SAMPLES.look(source)

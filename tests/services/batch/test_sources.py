"""Sources of rows: files, pasted text and counts, looked at and read in chunks."""

from __future__ import annotations

import os
import pickle
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from composer.core.tabular import RowFormat, RowProblem
from composer.services.batch.sources import (
    CountSource,
    FileSource,
    Source,
    SourceError,
    TextSource,
    chunks,
    look,
    size_of,
)
from tests.helpers.tabular import CSV, read_source as read


def test_a_file_is_looked_at_and_read(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(b"event;who\r\nbuy;Zo\xeb\r\n")
    source = FileSource(str(path))
    found = look(source)
    assert found.dialect == replace(CSV, delimiter=";", encoding="cp1252")
    assert found.columns == ("event", "who")
    assert read(source) == ([(1, ["buy", "Zoë"])], [])
    assert size_of(source) == path.stat().st_size


def test_letters_that_come_late_tell_the_encoding_as_well(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(b"event,who\n" + b"buy,user\n" * 100_000 + b"buy,Zo\xeb\n")
    found = look(FileSource(str(path)))
    assert found.dialect.encoding == "cp1252"
    assert "Read as Windows-1252" in found.notes[0]
    assert read(FileSource(str(path)))[0][-1] == (100_001, ["buy", "Zoë"])
    path.write_bytes(b"event,who\n" + b"buy,user\n" * 100_000 + "buy,Zoë\n".encode())
    assert look(FileSource(str(path))).dialect.encoding == "utf-8"


def test_what_was_guessed_can_be_overruled(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes("event;who\nbuy;Łuk\n".encode("cp1250"))
    dialect = replace(CSV, delimiter=";", encoding="cp1250", has_header=False)
    assert look(FileSource(str(path)), dialect).rows == ((1, ["event", "who"]), (2, ["buy", "Łuk"]))
    assert read(FileSource(str(path)), dialect)[0][1] == (2, ["buy", "Łuk"])


def test_pasted_text_has_no_encoding_of_its_own() -> None:
    source = TextSource("event\twho\nbuy\tZoë €\n")
    assert look(source).dialect == replace(CSV, delimiter="\t")
    wrong = replace(CSV, delimiter="\t", encoding="utf-16-le")
    assert look(source, wrong).rows == ((1, ["buy", "Zoë €"]),)
    assert read(source, wrong) == ([(1, ["buy", "Zoë €"])], [])
    assert size_of(source) == len("event\twho\nbuy\tZoë €\n".encode())


def test_half_a_character_in_pasted_text_costs_only_its_row() -> None:
    source = TextSource("event,who\nbuy,\ud83d\nbuy,x\n")
    assert (look(source).dialect, look(source).rows) == (CSV, ((2, ["buy", "x"]),))
    rows, problems = read(source)
    assert rows == [(2, ["buy", "x"])]
    assert [problem.number for problem in problems] == [1]


def test_a_count_is_a_source_of_numbers() -> None:
    source = CountSource(2_500)
    found = look(source)
    assert (found.columns, len(found.rows), found.rows[0]) == (("row",), 50, (1, ["1"]))
    rows, problems = read(source)
    assert (len(rows), rows[-1], problems) == (2_500, (2_500, ["2500"]), [])
    assert [len(chunk.rows) for chunk in chunks(source, found.dialect)] == [1000, 1000, 500]
    assert size_of(source) == 2_500
    assert look(CountSource(0)).rows == ()
    assert list(chunks(CountSource(0), CSV)) == []


@pytest.mark.parametrize("source", [FileSource("/a/b.csv"), TextSource("a"), CountSource(3)])
def test_sources_go_to_other_processes(source: Source) -> None:
    assert pickle.loads(pickle.dumps(source)) == source  # noqa: S301 -- our own


def test_a_header_that_is_longer_than_the_first_look_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    names = ",".join(f"a long name of a column {number:>100}" for number in range(5_000))
    path.write_text(f"{names}\n{',' * 4_999}x\n", encoding="utf-8")
    found = look(FileSource(str(path)))
    assert len(found.columns) == 5_000
    assert len(found.rows) == 1


def test_a_long_first_line_of_json_is_seen_whole(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    line = '{"event":"a","properties":{"text":"' + "x" * 500_000 + '"}}'
    path.write_text(f"{line}\n{line}\n", encoding="utf-8")
    found = look(FileSource(str(path)))
    assert found.dialect.format is RowFormat.JSON_LINES
    assert found.columns == ("event", "properties", "properties.text")
    path.write_text(f"[{line},{line}]", encoding="utf-8")
    found = look(FileSource(str(path)))
    assert (found.dialect.format, len(found.rows)) == (RowFormat.JSON_ARRAY, 2)


def test_a_million_columns_and_an_endless_line_are_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(map(str, range(1_000_000))) + "\n1,2\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"columns or more, and at most 10,000 are read"):
        look(FileSource(str(path)))
    with pytest.raises(SourceError, match=r"at most 10,000 are read"):
        list(chunks(FileSource(str(path)), CSV))
    path.write_bytes(b"x" * 7_000_000)
    with pytest.raises(SourceError, match=r"The first line is longer than 4,194,304 characters"):
        look(FileSource(str(path)))


def test_files_that_cannot_be_opened_are_told(tmp_path: Path) -> None:
    for path, words in (
        (tmp_path, "is a folder. Choose a file in it."),
        (tmp_path / "gone.csv", "gone.csv is not there any more. Choose it again."),
        (Path("a\0b"), "Choose a file."),
    ):
        for act in (look, size_of, lambda source: list(chunks(source, CSV))):
            with pytest.raises(SourceError, match=words):
                act(FileSource(str(path)))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no names on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="is not an ordinary file"):
        look(FileSource(str(tmp_path / "pipe")))


def test_what_the_system_says_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SourceError, match=r"orders\.csv cannot be read: .* is not a folder"):
        look(FileSource(str(tmp_path / "file" / "orders.csv")))
    with pytest.raises(SourceError, match="cannot be read: the system says"):
        look(FileSource(str(tmp_path / ("x" * 1_000))))


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.touch()
    source = FileSource(str(path))
    assert look(source).notes == ("There is nothing in it. Choose another file.",)
    assert read(source) == ([], [])


def test_a_file_that_is_written_to_meanwhile_is_read_up_to_its_end_and_told(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 200_000 + b"3,")
    seen: list[int] = []
    problems: list[RowProblem] = []
    for chunk in chunks(FileSource(str(path)), CSV):
        with path.open("ab") as file:  # somebody goes on writing, as fast as it is read
            file.write(b"4\n" * 1_000)
        seen.append(len(chunk.rows))
        problems += chunk.problems
    assert sum(seen) == 200_000
    assert [(problem.number, problem.text) for problem in problems] == [(200_001, "3,")]
    assert "was changed while it was read" in problems[0].reason


def test_a_file_that_shrinks_meanwhile_is_told(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 400_000)
    problems: list[RowProblem] = []
    for chunk in chunks(FileSource(str(path)), CSV):
        os.truncate(path, 1_000)
        problems += chunk.problems
    assert "was changed while it was read" in problems[-1].reason


def test_a_large_file_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    row = b",".join([b"x" * 600] * 6) + b"\n"
    with path.open("wb") as file:
        file.write(b"a,b,c,d,e,f\n")
        for _ in range(60):
            file.write(row * 280)
    tracemalloc.start()
    try:
        count = sum(len(chunk.rows) for chunk in chunks(FileSource(str(path)), CSV))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 60_000_000
    assert count == 60 * 280
    assert peak < 8_000_000


@pytest.mark.parametrize("text", ['"columns"\0;}', '"\0\n\0\ta,|,\r1"event"'])
def test_pasted_text_that_looks_like_another_encoding_is_told_as_a_source_error(text: str) -> None:
    with pytest.raises(SourceError, match="The first row cannot be read"):
        look(TextSource(text))


def test_pasted_text_with_zeros_is_still_text() -> None:
    source = TextSource("e\0v\0;\0w\0\nb\0u\0;\0x\0\n")
    found = look(source)
    assert (found.dialect, found.notes) == (replace(CSV, delimiter=";"), ())
    assert read(source) == ([(1, ["b\0u\0", "\0x\0"])], [])


def test_a_beginning_of_misfits_is_not_looked_at_again_and_again(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(b"event,who\n" + b'"x"y\n' * 300_000)
    found = look(FileSource(str(path)))
    assert (found.columns, found.rows) == (("event", "who"), ())
    assert 50 < found.misfits < 60_000
    assert "rows do not fit" in found.notes[0]

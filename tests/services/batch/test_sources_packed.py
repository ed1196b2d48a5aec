"""Sources that are packed: streamed, in order, and told where they are damaged."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard

from composer.core.tabular import Dialect, Origin, RowFormat
from composer.services.batch.sources import FileSource, SourceError, chunks, look, size_of
from tests.helpers.tabular import CSV, read_source as read

_ROWS = b"".join(b"buy,u%d\n" % number for number in range(30_000))
_TABLE = b"event,who\n" + _ROWS


@pytest.mark.parametrize(
    ("ending", "pack"),
    [("gz", gzip.compress), ("br", brotli.compress), ("zst", zstandard.compress)],
    ids=["gzip", "brotli", "zstd"],
)
def test_packed_files_are_unpacked_as_they_are_read(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"orders.csv.{ending}"
    path.write_bytes(pack(_TABLE))
    source = FileSource(str(path))
    assert look(source).columns == ("event", "who")
    rows, problems = read(source)
    assert (len(rows), rows[-1], problems) == (30_000, (30_000, ["buy", "u29999"]), [])
    assert list(chunks(source, CSV))[-1].read == size_of(source) == path.stat().st_size

    path.write_bytes(pack(_TABLE)[:-2_000])
    rows, problems = read(source)
    assert 0 < len(rows) < 30_000
    assert rows == [(number, ["buy", f"u{number - 1}"]) for number in range(1, len(rows) + 1)]
    assert [problem.number for problem in problems] == [len(rows) + 1]
    assert "as if it had been cut off" in problems[0].reason


def test_a_damaged_file_gives_the_rows_before_the_damage(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv.gz"
    data = bytearray(gzip.compress(_TABLE))
    data[-8] ^= 1  # the checksum
    path.write_bytes(data)
    rows, problems = read(FileSource(str(path)))
    assert len(rows) > 20_000
    assert [problem.reason.split(":")[0] for problem in problems] == ["The file is damaged"]


def test_a_file_that_is_damaged_from_the_start_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv.gz"
    path.write_bytes(b"\x1f\x8b\x08\0" + bytes(6) + b"\xff" * 100)
    with pytest.raises(SourceError, match="damaged"):
        look(FileSource(str(path)))


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_several_members_of_gzip_are_one_file(tmp_path: Path, size: int) -> None:
    path = tmp_path / "orders.csv.gz"
    parts = [b"event,who\n" + b"a,b\n" * size, b"c,d\n", b"", b"e,f\n"]
    path.write_bytes(b"".join(map(gzip.compress, parts)) + b"\0" * 100)
    rows, problems = read(FileSource(str(path)))
    assert [cells for _, cells in rows] == [*[["a", "b"]] * size, ["c", "d"], ["e", "f"]]
    assert problems == []


def zipped(path: Path, members: dict[str, bytes]) -> FileSource:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return FileSource(str(path))


def test_an_export_of_amplitude_is_read_hour_by_hour(tmp_path: Path) -> None:
    def hour(number: int) -> bytes:
        event = {
            "event_type": "click",
            "user_id": "u",
            "device_id": "d",
            "event_properties": {"hour": number},
        }
        return gzip.compress(f"{json.dumps(event)}\n".encode() * 2)

    source = zipped(
        tmp_path / "export.zip",
        {f"123/123_2024-01-15_{number}#0.json.gz": hour(number) for number in (10, 9, 0)}
        | {"__MACOSX/123/._x.json.gz": b"junk", "123/.DS_Store": b"junk", "readme.txt": b"junk"},
    )
    found = look(source)
    assert (found.dialect.format, found.origin) == (RowFormat.JSON_LINES, Origin.AMPLITUDE)
    rows, problems = read(source)
    assert problems == []
    assert [number for number, _ in rows] == [1, 2, 3, 4, 5, 6]
    assert ["9" in str(row) for _, row in rows] == [False, False, True, True, False, False]
    assert list(chunks(source, found.dialect))[-1].read == size_of(source)


def test_tables_in_an_archive_need_the_same_columns(tmp_path: Path) -> None:
    source = zipped(
        tmp_path / "orders.zip",
        {"1.csv": b"event,who\na,b\n", "2.csv": b"event,who\nc,d\n", "3.csv": b"event\ne\n"},
    )
    rows, problems = read(source)
    assert rows == [(1, ["a", "b"]), (2, ["c", "d"])]
    assert [(problem.number, problem.reason) for problem in problems] == [
        (3, "3.csv is left out. The columns are not the same. Import this file on its own.")
    ]


def test_files_in_an_archive_need_no_known_name(tmp_path: Path) -> None:
    assert read(zipped(tmp_path / "a.zip", {"folder/rows": b"a,b\n1,2\n"}))[0] == [(1, ["1", "2"])]


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({}, "There is no file in"),
        ({"[Content_Types].xml": b"", "xl/workbook.xml": b""}, "is a workbook. Save the sheet"),
        ({"mimetype": b"", "content.xml": b""}, "is a workbook. Save the sheet"),
    ],
)
def test_archives_without_rows_are_refused(
    tmp_path: Path, members: dict[str, bytes], words: str
) -> None:
    with pytest.raises(SourceError, match=words):
        look(zipped(tmp_path / "a.xlsx", members))


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    source = zipped(tmp_path / "a.zip", {"a.csv": b"a,b\n"})
    data = bytearray(Path(source.path).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the central directory
    Path(source.path).write_bytes(data)
    with pytest.raises(SourceError, match="is protected by a password"):
        look(source)


def test_a_broken_archive_is_refused_and_a_broken_member_is_told(tmp_path: Path) -> None:
    source = zipped(tmp_path / "a.zip", {"a.csv": _TABLE})
    whole = Path(source.path).read_bytes()
    Path(source.path).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match="is a damaged or unusual zip archive"):
        look(source)
    broken = bytearray(whole)
    broken[len(whole) // 2 : len(whole) // 2 + 500] = bytes(500)
    Path(source.path).write_bytes(broken)
    _, problems = read(source)
    assert "a.csv is damaged: rows are missing" in problems[-1].reason


def test_a_bomb_is_unpacked_piece_by_piece(tmp_path: Path) -> None:
    """A gigabyte of blank lines in one megabyte would not fit; a part of it tells as much."""
    inner = io.BytesIO()
    with gzip.GzipFile(fileobj=inner, mode="wb", compresslevel=9) as file:
        file.write(b"a,b\n1,2\n")
        for _ in range(100):
            file.write(b"x" * 1_000_000)
    source = zipped(tmp_path / "bomb.zip", {"bomb.csv.gz": inner.getvalue()})
    assert size_of(source) < 200_000
    tracemalloc.start()
    try:
        rows, problems = read(source, CSV)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (rows, [problem.number for problem in problems]) == ([(1, ["1", "2"])], [2])
    assert peak < 40_000_000


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"PAR1", "is a Parquet file. Export it as JSON Lines or CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a workbook of an old kind"),
        (b"%PDF-1.7", "is a PDF document"),
        (b"BZh9", "Unpack it first"),
    ],
)
def test_files_of_other_kinds_are_refused_with_the_next_step(
    tmp_path: Path, head: bytes, words: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(head + bytes(100))
    with pytest.raises(SourceError, match=words):
        look(FileSource(str(path)))
    with pytest.raises(SourceError, match=words):
        list(chunks(FileSource(str(path)), Dialect(format=RowFormat.CSV)))


@pytest.mark.parametrize("name", ["²", "1²2", "٣", "a٣"])
def test_digits_of_any_kind_may_stand_in_a_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "orders.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.csv", "event,who\nbuy,a\n")
        archive.writestr("10.csv", "event,who\nbuy,b\n")
    rows, problems = read(FileSource(str(path)))
    assert sorted(str(cells) for _, cells in rows) == ["['buy', 'a']", "['buy', 'b']"]
    assert problems == []


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_member_is_told_however_it_is_packed(tmp_path: Path, kind: int) -> None:
    path = tmp_path / "orders.zip"
    with zipfile.ZipFile(path, "w", kind) as archive:
        archive.writestr("1.csv", "event,who\nbuy,first\n")
        archive.writestr("2.csv", _TABLE)
        place = archive.fp.tell() // 2 if archive.fp else 0
        archive.writestr("3.csv", "event,who\nbuy,last\n")
    data = bytearray(path.read_bytes())
    data[place : place + 64] = bytes(64)
    path.write_bytes(data)
    rows, problems = read(FileSource(str(path)))
    assert [rows[0][1], rows[-1][1]] == [["buy", "first"], ["buy", "last"]]
    assert sum("2.csv is damaged" in problem.reason for problem in problems) == 1

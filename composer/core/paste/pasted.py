"""What became of a paste: values for whoever opens the drafts, and the words where it cannot be.

It knows nothing of how a paste is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from composer.core.draft import Draft
from composer.core.errors import ComposerError
from composer.core.remarks import Remark


class PasteError(ComposerError):
    """Nothing in it can be opened. The text says why, and what to do."""


class Format(StrEnum):
    """What was pasted, in words that can stand in a sentence."""

    CURL = "a curl command"
    POWERSHELL = "a PowerShell command"
    FETCH = "a fetch call"
    HAR = "a HAR file"
    HTTP = "an HTTP request"
    ADDRESS = "an address"
    PACKED = "a packed body"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedRequest:
    """One request of a paste; ``method`` and ``url`` are empty where the paste has none.

    ``text`` is the JSON text of its body, unchanged where that was valid JSON, and ``steps`` say
    what was taken off or mended to get it. ``drafts`` are the events in it: none in a question for
    feature flags, say. ``token`` is the project token that it carries, or empty.
    """

    text: str
    method: str = ""
    url: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    drafts: tuple[Draft, ...] = ()
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A paste that could be read: one request or several, in their order.

    ``remarks`` are about the paste as a whole. What was not understood stands here or in the
    remarks of a request, by its name.
    """

    format: Format
    requests: tuple[PastedRequest, ...]
    remarks: tuple[Remark, ...] = ()

"""What a search text asks for, and the spelling in which texts are compared.

Texts are compared without regard to capitals, and an accent counts as one with its letter. Knows
neither where texts come from nor how they are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from composer.core.history.query import OutcomeKind, kind_of
from composer.core.outcome import response_of
from composer.core.records import HistoryRow

SHORTEST = 3
"""Characters. If all words are shorter, they are looked for in the brief texts only."""
LONGEST_SEARCH = 4_000
"""Characters of a search text that count."""
MOST_WORDS = 20

SEPARATOR = "\n"
"""Between two parts of a text: no search reaches across it."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_WORD = re.compile(r'(?:"[^"]*"?|[^\s"])+')

OUTCOME_WORDS = {
    OutcomeKind.UNREACHABLE: "no answer",
    OutcomeKind.INTERRUPTED: "cut off",
}
"""What is looked for in place of the name of the outcome."""


def folded(text: str) -> str:
    """``text`` in the spelling in which texts are compared; any character UTF-8 can hold."""
    return _spelled(_CONTROLS.sub(" ", text))


def words_of(text: str) -> tuple[str, ...]:
    """What has to be found, folded. Quotes hold words together and are not part of them.

    So ``"plan":"pro"``, copied from a body, asks for ``plan:pro``, as bodies are kept.
    """
    found = _WORD.findall(folded(text.strip()[:LONGEST_SEARCH]))
    words = (word.replace('"', "") for word in found)
    return tuple(dict.fromkeys(word for word in words if word.strip()))[:MOST_WORDS]


def brief_text(row: HistoryRow) -> str:
    """The folded text of what the list shows of a send, of the note and of the ticket."""
    kind = kind_of(row.outcome)
    response = response_of(row.outcome)
    return joined(
        (
            row.summary.event,
            row.summary.person,
            row.destination.name,
            row.note,
            row.ticket,
            "" if response is None else f"{response.status} {response.reason}",
            OUTCOME_WORDS.get(kind, kind.value),
        )
    )


def joined(parts: Iterable[str]) -> str:
    """One folded text of several; empty ones are left out."""
    plain = (part if part.isprintable() else _CONTROLS.sub(" ", part) for part in parts if part)
    return _spelled(SEPARATOR.join(plain))


def contains(words: Collection[str], brief: str, whole: str) -> bool:
    """Whether each word is found in the folded texts of a send.

    They are looked for in the whole text if one of them is long enough, else in the brief one.
    """
    text = whole if any(len(word) >= SHORTEST for word in words) else brief
    return all(word in text for word in words)


def _spelled(text: str) -> str:
    if not text.isascii():
        spelled = text.encode("utf-8", "backslashreplace").decode("utf-8")
        return unicodedata.normalize("NFC", spelled.casefold())
    return text.lower()

"""Where the elements of JSON documents begin and end, found without reading what stands in them.

So an array of a gigabyte is divided in the memory that one element takes. Whether an element is
right, the reader of JSON says later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from composer.core.tabular.values import LONGEST_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One value."""

    text: str
    fault: str = ""
    """Why it cannot be read, in words; the text is only its beginning then."""


class Documents:
    """The elements of the documents in ``texts``; to be gone through once.

    Those of every array at the top, and every value there that is no array. With ``within``: those
    of the array that the objects at the top have as that member.
    """

    def __init__(self, texts: Iterable[str], *, within: str, longest: int) -> None:
        self._texts = iter(texts)
        self._within = within
        self._longest = longest
        self._text = ""
        self._at = 0
        self._start = 0  # text before it is not needed any more
        self._head = ""  # the beginning of an element that is too long to be kept
        self.is_whole = True
        """Whether the last element has its closing bracket."""
        self.is_closed = True
        """Whether the last array has its closing bracket."""
        self.columns = ""
        """The text of the member ``columns`` before the list: PostHog's queries have one."""

    def __iter__(self) -> Iterator[Element]:
        while first := self._next():
            if first == "[" and not self._within:
                self._at += 1
                yield from self._elements()
            elif first == "{" and self._within:
                yield from self._member()
            elif first == ",":
                self._at += 1
            else:
                yield self._value()

    def _member(self) -> Iterator[Element]:
        """The elements of the list in the object that begins here. What follows them is skipped."""
        if not self._find_list():
            text = self._text[self._start : self._start + LONGEST_TEXT]
            yield Element(text=text, fault=f"There is no list “{self._within}” here.")
            return
        yield from self._elements()
        self._leave(1)

    def _elements(self) -> Iterator[Element]:
        """The elements of the array that has begun."""
        self.is_closed = False
        while first := self._next():
            if first == "]":
                self._at += 1
                self.is_closed = True
                return
            if first == ",":
                self._at += 1
            else:
                yield self._value()

    def _find_list(self) -> bool:
        """Go behind the bracket of the list; or behind the object, where it has none."""
        depth = 0
        while True:
            self._start = self._at
            stop = self._to(_DEEP)
            if depth == 1 and stop == "[":
                before = self._text[self._start : self._at]
                if _ends_with_key(before, self._within):
                    self._at += 1
                    return True
                if _ends_with_key(before, "columns"):
                    self.columns = self._value().text
                    continue
            self._at += 1
            depth += 1 if stop in {"[", "{"} else -1
            if not stop or depth <= 0:
                return False

    def _value(self) -> Element:
        """The value that begins here; afterwards the place is behind it."""
        self._start, self._head = self._at, ""
        self.is_whole = True
        first = self._text[self._at]
        if first in "[{":
            self.is_whole = self._leave(0)
        elif first in "]}":
            self._at += 1
        else:
            self._to(_BARE)
        text = self._text[self._start : self._at]
        if self._head or len(text) > self._longest:
            fault = f"This is longer than {self._longest:,} characters, the most that is read."
            return Element(text=self._head or text[:LONGEST_TEXT], fault=fault)
        if not self.is_whole:
            return Element(text=text[:LONGEST_TEXT], fault=_NOT_WHOLE)
        return Element(text=text)

    def _leave(self, depth: int) -> bool:
        """Go behind the bracket that closes the outermost of ``depth``; false where it is missing.

        With 0 a bracket stands here, and it is left by the one that closes it.
        """
        while stop := self._to(_DEEP):
            run = _RUN.match(self._text, self._at)
            count = len(run[0]) if run else 0
            self._at += count if stop in "[{" else min(count, depth)
            depth += count if stop in "[{" else -count
            if depth <= 0:
                return True
        return False

    def _to(self, pattern: re.Pattern[str]) -> str:
        """Go to the next character outside of texts that ``pattern`` does not take; "": the end."""
        in_text = False
        while True:
            found = (_TEXT if in_text else pattern).match(self._text, self._at)
            self._at = found.end() if found else self._at
            stop = self._text[self._at : self._at + 1]
            if stop == '"':  # the pattern takes whole texts: this one goes on in the next block
                in_text = not in_text
                self._at += 1
            elif stop and not in_text:
                return stop
            elif not self._more():
                return ""

    def _next(self) -> str:
        """The next character that is no space, or nothing at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            self._start = self._at
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Take in the next block. Of a value that is too long only its beginning is kept."""
        text = next(self._texts, None)
        if text is None:
            return False
        if self._at - self._start > self._longest:
            self._head = self._head or self._text[self._start : self._start + LONGEST_TEXT]
            self._start = self._at
        self._text = self._text[self._start :] + text
        self._at -= self._start
        self._start = 0
        return True


def _ends_with_key(text: str, key: str) -> bool:
    text = text.rstrip()
    return text.endswith(":") and text[:-1].rstrip().endswith(f'"{key}"')


_NOT_WHOLE = "A closing bracket or quote is missing: everything up to the end belongs to this."
_SPACE = re.compile(r"[ \t\r\n]*+")
_TEXT = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)
_DEEP = re.compile(r'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_RUN = re.compile(r"[\[{]++|[\]}]++")
_BARE = re.compile(r'(?:[^",\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)

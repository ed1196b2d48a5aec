"""What is masked wherever a send leaves the app: its tokens, if wished, and personal keys always.

A token is hidden in every place at once: in the body, the address, the headers, in an answer that
repeats it and in what a person has noted. Knows nothing of the formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from composer.core.destination import mask
from composer.core.personal_keys import without_personal_keys
from composer.core.secret_headers import masked_header, secrets_of
from composer.core.tokens import KeyMode, concealed
from composer.core.wire import WireRequest

Headers = tuple[tuple[str, str], ...]


class Veil:
    """Hides what ``key`` says of everything that belongs to one request.

    With ``KeyMode.INLINE`` only personal keys are hidden.
    """

    def __init__(self, request: WireRequest, key: KeyMode) -> None:
        self._key = key
        self._tokens: tuple[str, ...] = ()
        if key is not KeyMode.INLINE:
            found = (*secrets_of(request), *_in_query(request.url))
            self._tokens = tuple(sorted(set(found), key=len, reverse=True))

    def text(self, text: str) -> str:
        """``text`` without what is to be hidden; any text, be it JSON or not."""
        if not self._may_tell(text):
            return text
        text = without_personal_keys(text)
        if self._key is KeyMode.INLINE:
            return text
        text = concealed(text, self._tokens, self._key)
        if _ESCAPES.search(text) and (escaped := _escaped(self._tokens)):
            text = escaped.sub("…", text)
        return _LIKE_A_TOKEN.sub(lambda token: mask(token[0]), text)

    def _may_tell(self, text: str) -> bool:
        """A quick no for most texts: a key stands in it, or begins like one, or is escaped."""
        return any(sign in text for sign in _SIGNS) or any(one in text for one in self._tokens)

    def data(self, data: bytes) -> bytes:
        """The same for bytes, which need not be UTF-8: all others stay as they are."""
        text = data.decode("utf-8", "surrogateescape")
        hidden = self.text(text)
        return data if hidden == text else hidden.encode("utf-8", "surrogateescape")

    def headers(self, headers: Headers) -> Headers:
        """The headers of a request or of an answer."""
        if self._key is not KeyMode.INLINE:
            headers = tuple((name, masked_header(name, value)) for name, value in headers)
        return tuple((name, self.text(value)) for name, value in headers)


def _in_query(url: str) -> Iterator[str]:
    """The tokens in an address, where GET requests and some proxies have them."""
    for name, value in parse_qsl(urlsplit(url).query):
        if name in _QUERY_NAMES and value:
            yield value


@lru_cache(maxsize=8)
def _escaped(tokens: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of the tokens, each letter as it is or written as JSON or web addresses escape it."""
    spelled = [_spelled(token) for token in tokens if len(token) >= _LEAST and token.isascii()]
    return re.compile("|".join(spelled)) if spelled else None


def _spelled(token: str) -> str:
    return "".join(
        rf"(?:{re.escape(sign)}|\\u00(?i:{ord(sign):02x})|%(?i:{ord(sign):02x}))" for sign in token
    )


_QUERY_NAMES = frozenset({"api_key", "token", "$token", "personal_api_key"})
_SIGNS = ("ph", "\\", "%")
_ESCAPES = re.compile(r"\\u00|%[0-9A-Fa-f]{2}")
_LEAST = 12  # characters of a token that is not mistaken for a part of some other word
_LIKE_A_TOKEN = re.compile(r"ph[a-z]_[A-Za-z0-9]{20,}")
"""Anything spelled like a token of PostHog's, also of another project."""

"""The secrets that a request carries in its headers, and how they are hidden from others.

Project tokens in a body: ``composer.core.tokens``. A name is all there is to go by, so rather one
header too many is hidden.
"""

from __future__ import annotations

import re
from dataclasses import replace

from composer.core.destination import mask
from composer.core.tokens import tokens_in
from composer.core.wire import WireRequest


def is_secret_header(name: str) -> bool:
    """Whether a header of this name carries what only its owner should know."""
    return _SECRET_NAME.search(name) is not None


def masked_header(name: str, value: str) -> str:
    """The value as others may see it: a project token by its ends, other secrets not at all."""
    if not is_secret_header(name) or not value:
        return value
    scheme, blank, secret = value.rpartition(" ") if _SCHEME.match(value) else ("", "", value)
    return f"{scheme}{blank}{_hidden(secret)}"


def with_masked_headers(request: WireRequest) -> WireRequest:
    """The same request with its secret headers masked; itself where it has none."""
    headers = tuple((name, masked_header(name, value)) for name, value in request.headers)
    return request if headers == request.headers else replace(request, headers=headers)


def secrets_of(request: WireRequest) -> tuple[str, ...]:
    """All that a copy or an export has to hide: the tokens of the body and what the headers carry.

    Each once, the longest first, so that none is hidden in part; for ``tokens.concealed``.
    """
    carried = [value for name, value in request.headers if is_secret_header(name)]
    bare = [value.rpartition(" ")[2] for value in carried if _SCHEME.match(value)]
    found = dict.fromkeys((*tokens_in(request.body), *carried, *bare))
    return tuple(sorted((secret for secret in found if secret), key=len, reverse=True))


def _hidden(secret: str) -> str:
    return mask(secret) if secret.startswith("phc_") else "…"


_SECRET_NAME = re.compile(
    r"(?:^|[-_.])(?:\w*auth\w*|\w*token|\w*secret|passw\w*|cookie2?|\w*key|credentials?|session\w*"
    r"|signature)(?:$|[-_.])",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(?:basic|bearer|token|apikey|digest) +\S+$", re.IGNORECASE)

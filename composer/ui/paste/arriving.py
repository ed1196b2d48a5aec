"""The draft that is opened of what was pasted: as it was, but with the person's own token.

Pure functions; large texts take long, so they may be run in a thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from composer.core.draft import Draft
from composer.core.events import detect
from composer.core.jsontext import Object, encode_string, parse
from composer.core.tokens import ALIASES

if TYPE_CHECKING:
    from composer.core.paste.pasted import PastedRequest


def with_own_token(draft: Draft, token: str) -> Draft:
    """``draft`` with ``token``; everything else keeps its spelling and spacing."""
    if draft.token == token:
        return draft
    members = draft.payload.members
    if draft.source is None or not members or any(key in ALIASES for key, _ in members):
        return draft.with_token(token)
    text = _OPENING.sub(lambda found: _with_member(found, token), draft.source, count=1)
    return replace(draft, payload=Object((("api_key", token), *members)), source=text)


def with_own_tokens(drafts: Iterable[Draft], token: str) -> tuple[Draft, ...]:
    """The same for several."""
    return tuple(with_own_token(draft, token) for draft in drafts)


def batch_of(request: PastedRequest, token: str) -> Draft:
    """All events of a request as one batch; a body that is one keeps its spelling."""
    value = parse(request.text)
    if isinstance(value, Object) and "batch" in value:
        batch = Draft(type_id=detect(value).id, payload=value, source=request.text)
        return with_own_token(batch, token)
    events = tuple(draft.payload.without("api_key") for draft in request.drafts)
    payload = Object((("api_key", token), ("batch", events)))
    return Draft(type_id=detect(payload).id, payload=payload)


_OPENING = re.compile(r"\{(\s*)")


def _with_member(found: re.Match[str], token: str) -> str:
    """The first member, set apart from the next as that is from the bracket."""
    space = found[1]
    return f'{{{space}"api_key": {encode_string(token)},{space or " "}'

"""The request as it stands on the wire: request line, headers, an empty line, the body."""

from __future__ import annotations

from composer.core.snippets.carried import MASKED, carried, variable_notes
from composer.core.snippets.snippet import Snippet
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest

_COUNTED = "Content-Length counts the body with the token in full."
_SHOWN = r"Bytes that are not UTF-8 are shown as \x and two digits."


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """The whole request. Lines of the head end in a line feed here, in CR LF on the wire."""
    body = carried(request.body, key)
    notes = ["On the wire each line of the head ends in CR LF."]
    if not body.is_text:
        notes.append(_SHOWN)
    if body.body.is_masked or body.has_variable:
        notes.append(_COUNTED)
    if body.body.is_masked:
        notes.append(MASKED)
    parts = body.written(str, _shown, lambda name: f"${name}")
    return Snippet(
        text=f"{request.head}\n\n{''.join(parts)}",
        notes=(*notes, *variable_notes(body.body.variables)),
    )


def _shown(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")

"""The text in a request for a person to read, however it was packed, and accepted or not.

The endpoints unpack as PostHog does, which refuses much that a person could still make sense of:
base64 in a form on ``/batch``, say. Here every known wrapping is taken off wherever it is found.

It knows nothing of answers. Safe to call from any thread; bounded as ``composer.core.unwrap`` is.
"""

from __future__ import annotations

from composer.core.unwrap import UnwrapError, unwrap
from composer.core.unwrap.forms import fields, text
from composer.services.decompressors import DECOMPRESSORS
from composer.services.ports import Arrival, DecodedBody


def decoded(arrival: Arrival) -> DecodedBody:
    """The text of a request. A ``fault`` says why there is none, with the next step."""
    headers = {name.lower(): value for name, value in arrival.headers}
    query = fields(arrival.path.partition("?")[2].encode("latin-1", "replace"))
    data, body = query.get("data", b""), arrival.body.read()
    if not body and not data:
        is_lost = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        return DecodedBody(text="", fault=_LOST if is_lost else "There is no body.")
    outside = ("data in the address",) if data else ()
    hint = text(query.get("compression")) or headers.get("content-encoding", "")
    try:
        found = unwrap(data or body, hint=hint, decompressors=DECOMPRESSORS)
    except UnwrapError as error:
        fault = f"{error} Look at the bytes under Raw."
        return DecodedBody(text="", wrappings=(*outside, *error.wrappings), fault=fault)
    wrappings = (*outside, *found.wrappings)
    try:
        return DecodedBody(text=found.payload.decode("utf-8"), wrappings=wrappings)
    except UnicodeDecodeError:
        fault = "What came is not text (UTF-8). Look at the bytes under Raw."
        return DecodedBody(text="", wrappings=wrappings, fault=fault)


_LOST = "The body was not kept: it was too large, or did not come whole. Look at the answer."

"""Fields of a form, or of the query of an address, as bytes. It knows nothing of their meaning."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

_FORM_START = re.compile(rb"(?:[\w$.-]+=[^&]*&)*(?:data|compression|_|ip)=", re.ASCII)
_LOOK = 4096  # bytes from which a form is recognised


def is_form(data: bytes) -> bool:
    """Whether it begins like a form with one of the fields that the capture service reads."""
    return _FORM_START.match(data[:_LOOK]) is not None


def fields(form: bytes) -> dict[str, bytes]:
    """Form fields; of a repeated one the last."""
    pairs = (pair.replace(b"+", b" ").partition(b"=") for pair in form.split(b"&"))
    return {text(unquote_to_bytes(key)): unquote_to_bytes(value) for key, _, value in pairs}


def text(value: bytes | None) -> str:
    """A short field as text; empty for none."""
    return (value or b"").decode("utf-8", "replace")

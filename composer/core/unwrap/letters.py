"""Base64 as it is found in the wild: in either alphabet, wrapped, unpadded, percent-encoded.

Many a word is spelled in its letters, so ``worth`` says whether what came out makes sense.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from composer.core.unwrap.forms import is_form

GZIP_MAGIC = b"\x1f\x8b\x08"
_ZLIB_MAGICS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"

_JSON_START = re.compile(rb"\s*[\[{]")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=_\s-]+(?:%(?:2[BFbf]|3[Dd])[A-Za-z0-9+/=_\s-]*)*")
_URL_LETTERS = bytes.maketrans(b"-_", b"+/")
_PERCENT = {b"%2b": b"+", b"%2f": b"/", b"%3d": b"="}
_ESCAPE = re.compile(rb"%(?:2[BFbf]|3[Dd])")


def is_json(data: bytes) -> bool:
    """Whether it begins as an object or array does."""
    return _JSON_START.match(data) is not None


def is_base64(data: bytes) -> bool:
    """Whether nothing stands in it that base64 has not."""
    return _BASE64.fullmatch(data) is not None


def compression_of(data: bytes) -> str:
    """What the first bytes say of a compression, in the words of ``Content-Encoding``, or empty."""
    if data.startswith(GZIP_MAGIC):
        return "gzip"
    if data.startswith(_ZSTD_MAGIC):
        return "zstd"
    return "deflate" if data.startswith(_ZLIB_MAGICS) and _inflates(data) else ""


def from_base64(payload: bytes) -> bytes | None:
    """What the letters stand for; ``None`` where they are no base64 or it makes no sense.

    Lenient: blanks for plus signs, the alphabet for addresses, missing padding.
    """
    if not is_base64(payload):
        return None
    letters = _ESCAPE.sub(lambda found: _PERCENT[found[0].lower()], payload)
    letters = letters.strip().replace(b" ", b"+").translate(_URL_LETTERS, b"\r\n\t")
    try:
        data = base64.b64decode(letters + b"=" * (-len(letters) % 4), validate=True)
    except binascii.Error:
        return None
    return data if _makes_sense(data) else None


def _makes_sense(data: bytes) -> bool:
    is_text = _TEXT_START.match(data) is not None or is_form(data)
    return is_text or bool(compression_of(data)) or (len(data) >= _FEWEST and is_base64(data))


_TEXT_START = re.compile(rb"\s*\"?\s*[\[{]")  # JSON, perhaps in a JSON string
_FEWEST = 16  # letters that hold an event of the shortest kind


def _inflates(data: bytes) -> bool:
    """Two bytes are little evidence, and these two are letters."""
    try:
        return bool(zlib.decompressobj().decompress(data[:_LOOK], 1))
    except zlib.error:
        return False


_LOOK = 4096

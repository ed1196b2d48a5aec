"""Which encodings are read, which one a source is in, and what to say of bytes that do not fit.

Bytes that are not of the encoding become lone surrogates, so that the rows around them stay as they
are: no encoding yields one otherwise. Knows nothing of rows.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from types import MappingProxyType

from composer.core.tabular.values import TabularError

ENCODINGS: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": "UTF-8",
        "utf-16-le": "UTF-16 (little-endian)",
        "utf-16-be": "UTF-16 (big-endian)",
        "cp1252": "Windows-1252 (Western Europe)",
        "iso8859-1": "ISO 8859-1 (Western Europe)",
        "iso8859-15": "ISO 8859-15 (Western Europe)",
        "mac-roman": "Mac Roman",
        "cp1250": "Windows-1250 (Central Europe)",
        "iso8859-2": "ISO 8859-2 (Central Europe)",
        "cp1251": "Windows-1251 (Cyrillic)",
        "koi8-r": "KOI8-R (Cyrillic)",
        "cp1253": "Windows-1253 (Greek)",
        "cp1254": "Windows-1254 (Turkish)",
        "cp1255": "Windows-1255 (Hebrew)",
        "cp1256": "Windows-1256 (Arabic)",
        "shift_jis": "Shift JIS (Japanese)",
        "euc_jp": "EUC-JP (Japanese)",
        "gb18030": "GB 18030 (Chinese)",
        "big5": "Big5 (Chinese)",
        "euc_kr": "EUC-KR (Korean)",
    }
)
"""By Python's name, with the name for a person."""

BYTE_ORDER_MARK = "\ufeff"


def known_encoding(name: str) -> str:
    """The key of ``ENCODINGS`` that ``name`` means. Raises ``TabularError``."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        found = ""
    found = _ALIASES.get(found, found)
    if found not in ENCODINGS:
        raise TabularError(
            f"“{name}” is no encoding that can be read. Choose another, such as utf-8 or cp1252."
        )
    return found


def decoder_for(encoding: str) -> codecs.IncrementalDecoder:
    """A decoder that never fails before the end: see ``fault_in``."""
    encoding = known_encoding(encoding)
    return codecs.getincrementaldecoder(encoding)(
        "surrogatepass" if encoding in _UTF_16 else "surrogateescape"
    )


def is_sound(text: str) -> bool:
    """Whether all of it was of the encoding. Runs at the speed of memory."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def fault_in(text: str, encoding: str) -> str:
    """What is wrong with the first byte that was not of the encoding, in words. Empty: nothing."""
    found = _SURROGATE.search(text)
    if found is None:
        return ""
    name = ENCODINGS[known_encoding(encoding)]
    byte = ord(found[0]) - _ESCAPE
    if known_encoding(encoding) in _UTF_16 or byte not in _HIGH_BYTES:
        return f"Half a character stands here, which {name} does not have."
    return f"Byte 0x{byte:02X} is not {name}; it is shown as Windows-1252 has it."


def readable(text: str) -> str:
    """``text`` with the bytes that were not of the encoding as Windows-1252 has them."""
    if is_sound(text):
        return text
    return _SURROGATE.sub("\ufffd", _ESCAPED.sub(_as_windows, text))


def guess_encoding(head: bytes) -> tuple[str, str]:
    """The encoding of what begins so, and a sentence for a person where it is not plain UTF-8."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            if encoding == "utf-8":
                return encoding, ""
            return encoding, f"Read as {ENCODINGS[encoding]}, as its byte order mark says."
    if wide := _without_mark(head):
        return wide, f"Read as {ENCODINGS[wide]}, though it has no byte order mark."
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(head)
    if is_sound(text):
        return "utf-8", ""
    bad = len(_SURROGATE.findall(text))
    if bad <= len(_BEYOND_ASCII.findall(text)) - bad:
        some = "a byte is" if bad == 1 else f"{bad:,} bytes are"
        return "utf-8", f"Read as UTF-8, but at the beginning {some} not UTF-8."
    return "cp1252", "Read as Windows-1252, for it is not UTF-8. Check letters such as é and ü."


def _without_mark(head: bytes) -> str:
    """UTF-16 shows by NULs in the upper bytes of line ends, commas, digits and letters."""
    pairs = len(head) // 2
    upper_last, upper_first = head[1::2].count(0), head[0::2].count(0)
    if max(upper_first, upper_last) * _SHARE < pairs or not pairs:
        return ""
    if upper_last > _SHARE * upper_first:
        return "utf-16-le"
    return "utf-16-be" if upper_first > _SHARE * upper_last else ""


def _as_windows(escaped: re.Match[str]) -> str:
    return escaped[0].encode("latin-1", "surrogateescape").decode("cp1252", "replace")


_ALIASES = {"utf-8-sig": "utf-8", "ascii": "utf-8", "utf-16": "utf-16-le"}
_UTF_16 = frozenset({"utf-16-le", "utf-16-be"})
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHARE = 10
_ESCAPE = 0xDC00  # what "surrogateescape" adds to a byte
_HIGH_BYTES = range(0x80, 0x100)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ESCAPED = re.compile(r"[\udc80-\udcff]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

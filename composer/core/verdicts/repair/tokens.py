"""The signs that nearly-JSON is made of, as patterns; each part that is fine is one match.

No pattern goes back over much of what it has read: single characters repeat possessively
(``*+``), groups a limited number of times. (A possessive group would be wrong in Python 3.11.4 and
older.) Which sign may follow which is no matter of this module.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Token(StrEnum):
    """The names of the groups of ``TOKEN``."""

    SPACE = "space"
    STRING = "string"
    """Text in quotes that is fine."""
    SIGN = "sign"
    """A bracket, comma or colon."""
    PLAIN = "plain"
    """A number or word of JSON."""
    QUOTE = "quote"
    """The beginning of text in quotes that is not fine."""
    COMMENT = "comment"
    BLANK = "blank"
    """Space that is none in JSON."""
    UNSEEN = "unseen"
    """Characters without width."""
    WORD = "word"
    """Anything else that stands without quotes."""


BYTE_ORDER_MARK = "\ufeff"
QUOTES = (
    "\"'`\u00b4\u00ab\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033"
    "\u2039\u203a\uff02"
)
_UNSEEN = r"\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u2060\ufeff"
_END = rf"\s{_UNSEEN}{{}}\[\](),:;/\#{QUOTES}"
_GAP = r"[ \t\n\r]*+"
_STRING = (  # more than 200 escapes are the business of ``quoted``: a repeated group needs memory
    r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+){0,200}"'
)
_PLAIN = (
    r"(?:-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null)"
    rf"(?![^{_END}])"
)

TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\n\r]++)
    | (?P<string>{_STRING})
    | (?P<sign>[{{}}\[\]():,])
    | (?P<plain>{_PLAIN})
    | (?P<quote>[uU]?[{QUOTES}])
    | (?P<comment>//[^\n\r]*+|\#[^\n\r]*+|/\*.*?\*/)
    | (?P<unseen>[{_UNSEEN}]++)
    | (?P<blank>[^\S\x20\t\n\r]++)
    | (?P<word>[^{_END}]++)
    """,
    re.VERBOSE | re.DOTALL,
)

MEMBERS = re.compile(
    rf'(?:{_GAP}{_STRING}{_GAP}:{_GAP}(?:{_STRING}|{_PLAIN}){_GAP},(?={_GAP}")){{1,200}}'
)
"""Members that are fine and have a comma and another key after them: most of a long text."""

ITEMS = re.compile(rf'(?:{_GAP}(?:{_STRING}|{_PLAIN}){_GAP},(?={_GAP}["0-9tfn-])){{1,200}}')
"""The same for the items of an array."""

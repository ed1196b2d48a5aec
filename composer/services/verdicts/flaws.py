"""Whether serde_json would read the text of a value, told from the value itself.

Python reads three things that serde refuses: too many levels, numbers beyond a double, and half a
surrogate pair (``sandbox.serde``; capture-server.md, 2.3). It knows nothing of events.
"""

from __future__ import annotations

import re

from composer.core.jsontext import Number, Object, Value


def levels_of(value: Value) -> int:
    """How many lists and objects stand in each other at most; 0 for what cannot be read at all.

    An object with nothing but plain values inside is one level.
    """
    texts: list[str] = []
    levels = 0
    level = [value]
    while level:
        deeper: list[Value] = []
        for item in level:
            if isinstance(item, Object):
                inner: list[Value] = []
                for key, one in item.members:
                    texts.append(key)
                    inner.append(one)
            else:
                inner = list(item) if isinstance(item, tuple) else [item]
            for one in inner:
                if isinstance(one, str):
                    texts.append(one)
                elif isinstance(one, Number):
                    if _is_endless(one.text):
                        return 0
                elif isinstance(one, Object | tuple):
                    deeper.append(one)
        levels += 1
        level = deeper
    everything = "\n".join(texts)
    return 0 if not everything.isascii() and _LONE_HALF.search(everything) else levels


_LONE_HALF = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")
_SURELY_FINITE = 300  # digits


def _is_endless(text: str) -> bool:
    if len(text) < _SURELY_FINITE and "e" not in text and "E" not in text:
        return False
    return abs(float(text)) == float("inf")

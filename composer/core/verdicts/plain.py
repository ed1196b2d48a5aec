"""Text without the markup that came with it when it was copied. Knows no event."""

from __future__ import annotations

import re


def plain(text: str, *, as_address: bool = False) -> str:
    """``text`` with links, entities and back-ticks resolved; unchanged if there are none.

    Of a link its address is taken if ``as_address``, else what a reader saw of it.
    """
    for _ in range(_DEEPEST):
        found = _once(text, as_address=as_address)
        if found == text:
            break
        text = found
    return text


_DEEPEST = 4  # such as &amp;amp;
_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\(((?:https?://|mailto:)[^\s()]{1,2000})\)")
_ANCHOR = re.compile(r"<a\s([^<>]{0,2000})>([^<>]{0,300})</a\s?>", re.IGNORECASE)
_ADDRESS = re.compile(r"href\s?=\s?[\"']?([^\"'\s<>]+)", re.IGNORECASE)
_TICKED = re.compile(r"\s*(`{1,3})([^`]+)\1\s*")
_ENTITY = re.compile("&(amp|lt|gt|quot|#39|nbsp);")
_MEANT = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "#39": "'", "nbsp": " "}


def _once(text: str, *, as_address: bool) -> str:
    def of_link(match: re.Match[str]) -> str:
        return _chosen(match[1], match[2], as_address=as_address)

    def of_anchor(match: re.Match[str]) -> str:
        address = _ADDRESS.search(match[1])
        if not address:
            return match[2]
        return _chosen(match[2], address[1], as_address=as_address)

    text = _ANCHOR.sub(of_anchor, _LINK.sub(of_link, text))
    ticked = _TICKED.fullmatch(text)
    return _ENTITY.sub(lambda match: _MEANT[match[1]], ticked[2] if ticked else text)


def _chosen(shown: str, address: str, *, as_address: bool) -> str:
    wanted = address if as_address or not shown.strip() else shown
    return wanted.removeprefix("mailto:")

"""How a curl command is laid out. It knows of no shell."""

from __future__ import annotations

from enum import StrEnum


class Style(StrEnum):
    """The three ways to write the same request."""

    WRAPPED = "wrapped"
    """Each option on a line of its own"""
    ONE_LINE = "one-line"
    """All on one line, but for the line feeds of the body"""
    DOCS = "docs"
    """As PostHog's documentation writes it: ``curl -v -L --header … -d '…' URL``"""

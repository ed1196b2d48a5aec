"""A collection of another tool, whatever its format: requests in folders, and variables.

Nothing in it is understood yet: bodies are text as a person wrote it, placeholders and all.
"""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.remarks import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A variable of a collection or of an environment; ``value`` is empty for a secret one."""

    name: str
    value: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectedRequest:
    """A request as it was saved. ``form`` are the fields of a form, in place of a ``body``."""

    name: str
    folders: tuple[str, ...] = ()
    method: str = "GET"
    url: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    form: tuple[tuple[str, str], ...] = ()
    description: str = ""
    settings: tuple[Setting, ...] = ()
    """Variables that hold for this request or its folder alone."""

    @property
    def title(self) -> str:
        """By which a person finds it in the other tool."""
        return " / ".join((*self.folders, self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """``tool`` is the name of the program that it comes from."""

    tool: str
    name: str
    requests: tuple[CollectedRequest, ...] = ()
    settings: tuple[Setting, ...] = ()
    remarks: tuple[Remark, ...] = ()

"""The list of projects: new ones, their names, and which of them may go.

A project is a ``Destination`` of the settings. Nothing here knows how they are kept or shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from composer.core.destination import CLOUD_ADDRESSES, Destination, DestinationKind

LONGEST_NAME = 60
"""Characters; a longer one fits in no list."""


def new_destination(
    kind: DestinationKind, name: str, others: Sequence[Destination] = ()
) -> Destination:
    """A project of that kind that differs from all ``others`` by its id and its name."""
    free = free_name(name, others)
    return Destination(
        id=_free_id(free, {place.id for place in others}),
        name=free,
        kind=kind,
        address=CLOUD_ADDRESSES.get(kind, ""),
    )


def name_problem(name: str, others: Sequence[Destination]) -> str:
    """What is wrong with a project's name, with the next step; ``others`` are all but itself."""
    text = name.strip()
    if not text:
        return "Enter a name, such as that of the project in PostHog."
    if len(text) > LONGEST_NAME:
        return f"Use {LONGEST_NAME} characters at most."
    if not text.isprintable():
        return "There are characters in it that cannot be shown. Type the name anew."
    if "://" in text:
        return "This reads like an address. Enter a name, such as that of the project in PostHog."
    taken = {known.casefold() for place in others for known in (place.id, place.name)}
    if text.casefold() in taken:
        return "Another project has this name. Choose a different one."
    return ""


def free_name(name: str, others: Sequence[Destination]) -> str:
    """``name`` as it can be shown, with a number after it if it is taken."""
    shown = "".join(c if c.isprintable() else " " for c in name).replace("://", " ")
    base = " ".join(shown.split())[: LONGEST_NAME - 5].strip() or "Project"
    number, free = 2, base
    while name_problem(free, others):
        free = f"{base} {number}"
        number += 1
    return free


def may_be_removed(place: Destination) -> bool:
    """Whether a project may leave the list. The sandbox stays: something has to."""
    return place.kind is not DestinationKind.SANDBOX


def _free_id(name: str, taken: set[str]) -> str:
    """A readable id, made once: it stays when the project is renamed, for history goes by it."""
    base = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:40] or "project"
    reserved = taken | {"sandbox", "us", "eu", "self_hosted", "url"}
    number, free = 2, base
    while free in reserved:
        free = f"{base}_{number}"
        number += 1
    return free

"""What becomes of the members of each old shape, as a table (event-catalogue.md, 32 to 37).

Data only; ``work`` carries it out.
"""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.jsontext import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A member with another place today. Objects are joined."""

    path: Path
    to: Path
    is_object: bool = False
    """Only an object can stand there."""
    wins: bool = False
    """Whether it, and not what stands at the new place, is what PostHog reads today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How one old shape becomes an event of today."""

    to: str
    """The id of the event type; of a free name the one that suits what comes out."""
    moves: tuple[Move, ...] = ()
    drops: tuple[Path, ...] = (("type",), ("context",), ("messageId",))
    wants: tuple[Path, ...] = ()
    """What today's event needs."""


def _inside(key: str) -> Path:
    return ("properties", key)


_CATEGORY = Move(path=("category",), to=_inside("category"))
RECIPES = {
    "legacy_alias": Recipe(to="alias"),
    "legacy_capture": Recipe(
        to="custom",
        moves=(
            Move(path=("messageId",), to=_inside("messageId")),
            Move(path=("context",), to=_inside("context")),
        ),
        drops=(("type",),),
    ),
    "legacy_identify": Recipe(
        to="identify",
        moves=(
            Move(path=("$set",), to=_inside("$set"), is_object=True, wins=True),
            Move(path=("$set_once",), to=_inside("$set_once"), is_object=True, wins=True),
        ),
    ),
    "legacy_group": Recipe(
        to="groupidentify",
        moves=(
            Move(path=("groupId",), to=_inside("$group_key")),
            Move(path=("traits",), to=_inside("$group_set"), is_object=True),
        ),
        wants=(_inside("$group_type"), _inside("$group_key")),
    ),
    "legacy_page": Recipe(
        to="pageview",
        moves=(Move(path=("name",), to=_inside("title")), _CATEGORY),
        wants=(_inside("$current_url"),),
    ),
    "legacy_screen": Recipe(
        to="screen",
        moves=(Move(path=("name",), to=_inside("$screen_name")), _CATEGORY),
        wants=(_inside("$screen_name"),),
    ),
}

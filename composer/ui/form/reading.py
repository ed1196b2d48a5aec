"""A request body as the form reads it: what stands at a field's place, or that nothing does.

JSON has ``null`` besides "not there", so ``None`` cannot mean absent. Knows no widgets.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal, TypeAlias

from composer.core.fields import Field, Place
from composer.core.jsontext import Object, Path, Value


class Absent(Enum):
    """The value of a member that is not there."""

    ABSENT = "absent"


ABSENT: Literal[Absent.ABSENT] = Absent.ABSENT
Held: TypeAlias = "Value | Absent"


class Reading:
    """Looks values up in one body. Made once for each change of the draft, for all fields."""

    def __init__(self, body: Object) -> None:
        self._top = dict(body.members)  # of a repeated key the last one counts, as in PostHog
        properties = self._top.get(Place.PROPERTIES.value)
        is_object = isinstance(properties, Object)
        self._properties = dict(properties.members) if is_object else {}

    def held(self, path: Path) -> Held:
        """What stands at ``path``: a key of the body, or ``properties`` and a key."""
        members = self._top if len(path) == 1 else self._properties
        return members.get(str(path[-1]), ABSENT)

    def is_blank(self, field: Field) -> bool:
        """Whether nothing has been filled in where the field looks."""
        if field.is_spread:
            return not any(key.startswith(field.key) for key in self._properties)
        return is_empty(self.held(field.path))


def is_empty(held: Held) -> bool:
    """Whether a person would say that nothing has been filled in yet."""
    match held:
        case Absent.ABSENT | None | "" | ():
            return True
        case Object(members):
            return not members
        case _:
            return False

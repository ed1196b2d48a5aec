"""The colour that a project is told by, wherever it is shown: its own, or that of its region."""

from __future__ import annotations

from composer.core.destination import Destination, DestinationKind, ProjectColour
from composer.ui.icons import Tone

_KINDS = {
    DestinationKind.SANDBOX: Tone.SANDBOX,
    DestinationKind.SELF_HOSTED: Tone.SELF_HOSTED,
    DestinationKind.US: Tone.PRODUCTION,
    DestinationKind.EU: Tone.PRODUCTION,
}
_COLOURS = {
    ProjectColour.GREEN: Tone.PROJECT_GREEN,
    ProjectColour.TEAL: Tone.PROJECT_TEAL,
    ProjectColour.BLUE: Tone.PROJECT_BLUE,
    ProjectColour.PURPLE: Tone.PROJECT_PURPLE,
    ProjectColour.PINK: Tone.PROJECT_PINK,
    ProjectColour.RED: Tone.PROJECT_RED,
    ProjectColour.ORANGE: Tone.PROJECT_ORANGE,
    ProjectColour.GREY: Tone.PROJECT_GREY,
}


def tone_of(place: Destination) -> Tone:
    """The project's tone."""
    known = next((colour for colour in ProjectColour if colour.value == place.colour), None)
    return tone_of_kind(place.kind) if known is None else _COLOURS[known]


def tone_of_kind(kind: DestinationKind) -> Tone:
    """The tone of a project that was given none."""
    return _KINDS[kind]


def tone_of_colour(colour: ProjectColour) -> Tone:
    """The tone of a colour to choose."""
    return _COLOURS[colour]

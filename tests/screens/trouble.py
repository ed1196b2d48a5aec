"""A profile that cannot be opened."""

from __future__ import annotations

from composer.ui.trouble import TroubleWindow
from tests.screens.stage import Stage

_FOLDER = "/home/ann/.local/share/event-composer"


async def newer_profile(stage: Stage) -> None:
    """What an older version says of a newer profile, after a second try."""
    words = (
        f"The profile {_FOLDER} was written by Event Composer 2.4.0 (format 3; this is version "
        "1.0.0 with format 1). Nothing in it was changed. Update Event Composer, or choose another "
        "profile folder."
    )
    window = TroubleWindow(words, _FOLDER, stage.window)
    window.show()
    window.tell(words, _FOLDER, again=True)

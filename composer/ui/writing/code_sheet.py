"""A request as code, in the language or for the PostHog SDK that was chosen."""

from __future__ import annotations

from PySide6.QtCore import Slot

from composer.core.snippets import TARGETS
from composer.core.wire import WireRequest
from composer.ui.preferences import Preferences
from composer.ui.widgets import Combo, Language
from composer.ui.writing.choices import Choices
from composer.ui.writing.sheet import Sheet
from composer.ui.writing.targets import FAMILY_WORDS, target_of
from composer.ui.writing.wishes import code_wish
from composer.ui.writing.writer import Writer


class CodeSheet(Sheet):
    """Its owner shows the request anew when the preferences change."""

    def __init__(self, name: str, preferences: Preferences, writer: Writer) -> None:
        super().__init__(name, CodeChoices(preferences), writer)
        self._preferences = preferences

    def show_request(self, request: WireRequest) -> None:
        """Show the code that sends ``request``."""
        wish = code_wish(self._preferences, request)
        hides = self._preferences.settings.hide_key
        self.show_wish(wish, Language.CODE, hides_key=hides)


class CodeChoices(Choices):
    """Shows what the preferences say of code, and changes it."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._targets = Combo("Language of the code", flat=True)
        super().__init__(self._targets)
        for family, words in FAMILY_WORDS.items():
            self._targets.add_heading(words)
            for target in TARGETS:
                if target.family is family:
                    self._targets.add(target.label, target.id)
        self._targets.activated.connect(self._choose)
        preferences.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        self._targets.set_value(target_of(self._preferences.settings.code_target).id)

    @Slot()
    def _choose(self) -> None:
        self._preferences.change(code_target=str(self._targets.value()))

"""A request as a curl command, for the shell and in the style that were chosen."""

from __future__ import annotations

from composer.core.destination import Destination
from composer.core.wire import WireRequest
from composer.ui.preferences import Preferences
from composer.ui.widgets import Language
from composer.ui.writing.choices import CurlChoices
from composer.ui.writing.sheet import Sheet
from composer.ui.writing.wishes import curl_wish
from composer.ui.writing.writer import Writer


class CurlSheet(Sheet):
    """Its owner shows the request anew when the preferences change."""

    def __init__(self, name: str, preferences: Preferences, writer: Writer) -> None:
        super().__init__(name, CurlChoices(preferences), writer)
        self._preferences = preferences

    def show_request(self, request: WireRequest, destination: Destination | None = None) -> None:
        """Show the command that sends ``request``, to the chosen destination if none is named."""
        wish = curl_wish(self._preferences, request, destination=destination)
        hides = self._preferences.settings.hide_key
        self.show_wish(wish, Language.CURL, hides_key=hides)

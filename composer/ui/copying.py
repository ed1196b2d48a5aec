"""What leaves the window by the clipboard, and how it carries the key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from composer.core.curl import render
from composer.core.jsontext import encode_string
from composer.core.tokens import TOKEN_VARIABLE, KeyMode, carried, tokens_in
from composer.core.wire import WireRequest
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.widgets import Severity

KEY_NOTES = {
    KeyMode.INLINE: ", with the project token in full",
    KeyMode.ENV: f", with ${TOKEN_VARIABLE} in place of the token",
    KeyMode.MASKED: ", with the project token masked",
}
"""What is said of a copy that holds a token."""


class Copier:
    """Puts text on the clipboard and says so."""

    def __init__(
        self, preferences: Preferences, messages: Messages, put: Callable[[str], None]
    ) -> None:
        self._preferences = preferences
        self._messages = messages
        self._put = put

    def curl(self, request: WireRequest) -> str:
        """The curl command as it is shown and copied."""
        return render(request, key=self._preferences.copy_key)

    def copy_curl(self, request: WireRequest) -> None:
        """Copy the command; the key goes as the person chose."""
        note = self._note(tokens_in(request.body))
        self.copy(self.curl(request), "curl command", note)

    def copy_json(self, text: str, token: str) -> None:
        """Copy JSON; ``token`` and every other key in it goes as the person chose."""
        found = (token, *tokens_in(text.encode("utf-8", "surrogatepass")))
        tokens = [one for one in dict.fromkeys(found) if one and encode_string(one) in text]
        self.copy(carried(text, tokens, self._preferences.copy_key), "JSON", self._note(tokens))

    def copy(self, text: str, what: str, note: str = "") -> None:
        """Copy any text."""
        self._put(text)
        self._messages.say(f"Copied the {what}{note}.", Severity.OK)

    def _note(self, tokens: Sequence[str]) -> str:
        return KEY_NOTES[self._preferences.copy_key] if tokens else ""

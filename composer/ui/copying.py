"""What leaves the window by the clipboard, and how it carries the key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from composer.core.copies import Wish
from composer.core.destination import Destination
from composer.core.jsontext import encode_string
from composer.core.shells import Shell
from composer.core.tokens import carried, tokens_in
from composer.core.wire import WireRequest
from composer.services.ports import Writing
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.tasks import TaskScope
from composer.ui.widgets import Severity
from composer.ui.writing.wishes import code_wish, curl_wish
from composer.ui.writing.words import copied_words, key_note, making_words
from composer.ui.writing.writer import Writer, Written


class Copier:
    """Puts text on the clipboard and says so; of two copies the one asked for last counts."""

    def __init__(
        self,
        preferences: Preferences,
        messages: Messages,
        put: Callable[[str], None],
        *,
        writing: Writing,
        tasks: TaskScope,
    ) -> None:
        self._preferences = preferences
        self._messages = messages
        self._put = put
        self._writing = writing
        self._tasks = tasks
        self._writer = self.new_writer()
        self._writer.written.connect(self._take)
        self._writer.slow.connect(self._say_slow)

    def new_writer(self) -> Writer:
        """A writer for a pane that shows what can be copied."""
        return Writer(self._writing, self._tasks)

    def copy_curl(
        self,
        request: WireRequest,
        *,
        destination: Destination | None = None,
        shell: Shell | None = None,
    ) -> None:
        """Copy the command; shell, style and key as the person chose.

        ``destination`` is where ``request`` went, if that is not the chosen one; ``shell`` is
        another than the chosen one.
        """
        self._writer.want(
            curl_wish(self._preferences, request, destination=destination, shell=shell)
        )

    def copy_code(self, request: WireRequest, *, target: str = "") -> None:
        """Copy code; language and key as the person chose, or for another ``target``."""
        self._writer.want(code_wish(self._preferences, request, target=target))

    def copy_json(self, text: str, token: str) -> None:
        """Copy JSON; ``token`` and every other key in it goes as the person chose."""
        found = (token, *tokens_in(text.encode("utf-8", "surrogatepass")))
        tokens = [one for one in dict.fromkeys(found) if one and encode_string(one) in text]
        self.copy(carried(text, tokens, self._preferences.copy_key), "JSON", self._note(tokens))

    def copy(self, text: str, what: str, note: str = "") -> None:
        """Copy any text."""
        self._writer.want(None)
        self._put(text)
        self._messages.say(f"Copied the {what}{note}.", Severity.OK)

    def _take(self, written: Written) -> None:
        copy = written.copy
        if not copy.text:
            self._messages.say(" ".join(copy.notes), Severity.WARNING)
            return
        self._put(copy.text)
        self._messages.say(copied_words(written.wish, copy), Severity.OK)

    def _say_slow(self, wish: Wish) -> None:
        self._messages.say(making_words(wish.manner))

    def _note(self, tokens: Sequence[str]) -> str:
        return key_note(self._preferences.copy_key) if tokens else ""

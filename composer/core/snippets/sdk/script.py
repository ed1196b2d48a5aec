"""What the scripts have in common: where they send, with which token, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from composer.core.destination import mask
from composer.core.jsontext import Value
from composer.core.snippets.carried import MASKED, variable_notes
from composer.core.snippets.literals.syntax import written
from composer.core.snippets.sdk.differences import differences
from composer.core.snippets.sdk.events import Event, Sending, sending_of
from composer.core.snippets.sdk.library import Library
from composer.core.snippets.snippet import Snippet
from composer.core.tokens import TOKEN_VARIABLE, KeyMode, tokens_in
from composer.core.wire import WireRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A request's events, and how one library's language writes what is in them."""

    library: Library
    sending: Sending
    host: str
    """Scheme, host and port, with what stands before the service's own path."""
    key: KeyMode
    tokens: tuple[str, ...]
    variable: str
    """How the language reads the token from the environment."""

    @property
    def events(self) -> tuple[Event, ...]:
        return self.sending.events

    @property
    def token(self) -> str:
        """The project token as an expression."""
        return self.string(self.tokens[0])

    @property
    def has_variable(self) -> bool:
        return self.key is KeyMode.ENV

    def uuid(self, event: Event) -> str:
        """The event's uuid as an expression; empty where the library would replace it."""
        return self.string(event.uuid) if self.library.uuid.fullmatch(event.uuid) else ""

    def string(self, text: str) -> str:
        """Text as an expression; a token as ``key`` says."""
        if text == self.tokens[0] and self.has_variable:
            return self.variable
        hidden = text in self.tokens and self.key is KeyMode.MASKED
        return self.library.syntax.string(mask(text) if hidden else text)

    def value(self, value: Value, indent: str = "") -> str:
        """A value as an expression; ``indent`` is that of the line on which it begins."""
        return written(value, self.library.syntax, line=f"\n{indent}", string=self.string)

    def snippet(self, text: str, *notes: str) -> Snippet:
        """``text`` with everything there is to say; ``notes`` come last."""
        about = list(differences(self.sending, self.library))
        if len(self.tokens) > 1:
            about.append("All events go to the project of the first token in the body.")
        match self.key:
            case KeyMode.ENV:
                about += variable_notes((TOKEN_VARIABLE,))
            case KeyMode.MASKED:
                about.append(MASKED)
            case KeyMode.INLINE:
                pass
        return Snippet(text=text, notes=(*about, *notes))


def with_script(
    request: WireRequest,
    key: KeyMode,
    library: Library,
    variable: str,
    write: Callable[[Script], Snippet],
) -> Snippet:
    """What ``write`` makes of the request; no text where there is nothing that it could send."""
    sending = sending_of(request.body)
    tokens = tokens_in(request.body)
    problems: list[str] = []
    if not sending.events:
        problems.append(f"{library.name} cannot send this. Copy the request as code instead.")
    elif not tokens:
        problems.append("The body has no project token. Enter one, and copy again.")
    if problems:
        return Snippet(text="", notes=(*sending.notes, *problems))
    script = Script(
        library=library,
        sending=sending,
        host=_host(request.url),
        key=key,
        tokens=tokens,
        variable=variable,
    )
    return write(script)


def _host(url: str) -> str:
    """``url`` without the service's own path (capture-server.md, section 1)."""
    return _OWN_PATH.sub("", url.partition("?")[0])


_OWN_PATH = re.compile(r"/(?:i/v0/e|i/v1/[a-z/]+|batch|capture|track|engage|e)?/?\Z|/+\Z")

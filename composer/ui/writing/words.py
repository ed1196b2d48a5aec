"""What shells, styles and the ways to carry a key are called in the window."""

from __future__ import annotations

from composer.core.copies import CodeManner, Copy, CurlManner, Manner, Wish
from composer.core.curl import Style
from composer.core.shells import Shell
from composer.core.tokens import TOKEN_VARIABLE, KeyMode

SHELL_WORDS = {
    Shell.BASH: "bash, zsh",
    Shell.CMD: "Windows cmd",
    Shell.POWERSHELL: "PowerShell",
}

STYLE_WORDS = {
    Style.WRAPPED: "Wrapped",
    Style.ONE_LINE: "One line",
    Style.DOCS: "As in the docs",
}

_COMMANDS = {
    Shell.BASH: "curl command",  # most people know of one shell only, the usual one
    Shell.CMD: "curl command for Windows cmd",
    Shell.POWERSHELL: "curl command for PowerShell",
}


def key_note(key: KeyMode, variable: str = f"${TOKEN_VARIABLE}") -> str:
    """What is said of a copy that holds a token; ``variable`` as it is read there."""
    match key:
        case KeyMode.INLINE:
            return ", with the project token in full"
        case KeyMode.ENV:
            return f", with {variable} in place of the token"
        case KeyMode.MASKED:
            return ", with the project token masked"


def making_words(manner: Manner) -> str:
    """What is said while it takes long."""
    match manner:
        case CurlManner():
            return "Making the command…"
        case CodeManner():
            return "Making the code…"


def copied_words(wish: Wish, copy: Copy) -> str:
    """What was copied, how it carries the key, and the first thing that is to be known of it."""
    match wish.manner:
        case CurlManner(shell=shell):
            what, variable = _COMMANDS[shell], shell.variable(TOKEN_VARIABLE)
            notes = copy.notes
        case CodeManner(target=target):
            what, variable = _code_words(target), TOKEN_VARIABLE
            notes = _other_notes(copy.notes)
    key = key_note(wish.key, variable) if copy.has_token else ""
    return " ".join((f"Copied the {what}{key}.", *notes[:1]))


def _code_words(target: str) -> str:
    from composer.ui.writing.targets import target_of  # noqa: PLC0415 -- see code_wish

    return f"code for {target_of(target).label}"


def _other_notes(notes: tuple[str, ...]) -> tuple[str, ...]:
    """Without those that say again what becomes of the token."""
    from composer.core.snippets.carried import MASKED, variable_notes  # noqa: PLC0415 -- as above

    return tuple(note for note in notes if note not in {MASKED, *variable_notes((TOKEN_VARIABLE,))})

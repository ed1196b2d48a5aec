"""The command line: the window without a subcommand, the same core without a window with one.

    event-composer [--profile DIR] [sandbox | check | curl | decode | send | batch]

The window is imported only when it is asked for: every subcommand runs where there is no Qt.
Results go to standard output and everything about them to standard error, both in UTF-8.

    entry     the parser of all commands, and what their ends have in common
    letter    a body and where it goes, for the commands that take one
    terminal  exit codes and words for the person, for all commands
    batch, check, curl, decode, sandbox, send   one subcommand each
"""

from composer.cli.entry import main

__all__ = ["main"]

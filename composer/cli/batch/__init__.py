"""``event-composer batch``: rows of a file become events, and are sent in as few requests as fit.

parsing   the options
command   what is done, from the first row to the exit code
rows      the rows and the mapping that the options name
sending   the sending itself, with Ctrl+C and progress
words     what is told, as text and as JSON
"""

from composer.cli.batch.parsing import add_parser

__all__ = ["add_parser"]

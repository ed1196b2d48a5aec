"""A request as a curl command."""

from composer.core.curl.command import Command
from composer.core.curl.reading import ReadCommand, ReadError, read
from composer.core.curl.rendering import render
from composer.core.curl.style import Style

__all__ = ["Command", "ReadCommand", "ReadError", "Style", "read", "render"]

"""A request as a curl command."""

from composer.core.curl.bash import render

__all__ = ["render"]

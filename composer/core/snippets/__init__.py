"""A request, or the events in it, as code in other languages.

literals   how each language writes text, numbers and JSON values
carried    the body with its project tokens in full, as variables or masked
code       the request through an HTTP library: the same bytes
sdk        the events through PostHog's own libraries, and what comes out differently
targets    the list of them all
"""

from composer.core.snippets.snippet import Snippet
from composer.core.snippets.targets import TARGETS, Family, Target, render

__all__ = ["TARGETS", "Family", "Snippet", "Target", "render"]

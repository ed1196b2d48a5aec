"""A read-only look at one request and its answer; used by history, the batch and the sandbox."""

from composer.ui.inspector.view import RequestInspector

__all__ = ["RequestInspector"]

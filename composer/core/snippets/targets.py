"""The languages and libraries on offer, as data, and the one function that writes any of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Protocol, cast

from composer.core.snippets.snippet import Snippet
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest


class Family(StrEnum):
    """What a target carries over."""

    CODE = "code"
    """The request."""
    SDK = "sdk"
    """The events in it, sent as one of PostHog's libraries sends them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A library.

    ``language`` is the name by which highlighters know it, ``module`` that of its renderer in the
    family's package.
    """

    id: str
    label: str
    family: Family
    language: str
    module: str


def _code(name: str, label: str, language: str, module: str) -> Target:
    return Target(id=name, label=label, family=Family.CODE, language=language, module=module)


def _sdk(name: str, language: str) -> Target:
    module = name.replace("-", "_")
    return Target(id=name, label=name, family=Family.SDK, language=language, module=module)


TARGETS = (
    _code("http", "HTTP", "http", "http_text"),
    _code("python-httpx", "Python (httpx)", "python", "python_httpx"),
    _code("python-requests", "Python (requests)", "python", "python_requests"),
    _code("javascript-fetch", "JavaScript (fetch)", "javascript", "javascript_fetch"),
    _code("go", "Go (net/http)", "go", "go_net_http"),
    _code("php", "PHP (curl)", "php", "php_curl"),
    _code("ruby", "Ruby (net/http)", "ruby", "ruby_net_http"),
    _code("httpie", "HTTPie", "bash", "httpie"),
    _sdk("posthog-python", "python"),
    _sdk("posthog-node", "javascript"),
    _sdk("posthog-js", "javascript"),
    _sdk("posthog-php", "php"),
    _sdk("posthog-ruby", "ruby"),
    _sdk("posthog-go", "go"),
)
"""In the order in which they are offered."""


def render(target_id: str, request: WireRequest, key: KeyMode) -> Snippet:
    """``request`` in the words of a target. Raises ``KeyError`` for an id that is none."""
    target = {target.id: target for target in TARGETS}[target_id]
    # Loaded one by one at their first use: the list alone is shown long before any is wanted.
    module = import_module(f"composer.core.snippets.{target.family}.{target.module}")
    return cast("_Renderer", module).render(request, key)


class _Renderer(Protocol):
    """A module of ``code`` or ``sdk``."""

    def render(self, request: WireRequest, key: KeyMode, /) -> Snippet: ...

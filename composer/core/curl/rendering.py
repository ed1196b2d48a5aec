"""A request as a command: the plan, written by the shell's own module."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from composer.core.curl.command import Command
from composer.core.curl.style import Style
from composer.core.route import USUAL_WAY, Route
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest

if TYPE_CHECKING:
    from composer.core.curl.plan import Plan


def render(
    request: WireRequest,
    *,
    key: KeyMode = KeyMode.INLINE,
    shell: Shell = Shell.BASH,
    style: Style = Style.WRAPPED,
    route: Route = USUAL_WAY,
) -> Command:
    """The command that sends ``request``, the same method, URL, headers and bytes.

    It goes the same way: through the proxy and with the certificates of ``route``.

    ``key`` governs the project token wherever it is a whole JSON string of the body: in full, as
    the variable ``POSTHOG_PROJECT_TOKEN`` (the same bytes if it holds what stands between the
    quotes), or with its middle left out (such a command is for reading, not for running).
    """
    # Loaded at their first use: the window starts without them.
    from composer.core.curl.plan import plan  # noqa: PLC0415

    module = import_module(f"composer.core.curl.{shell}")
    return cast("_Writer", module).command(plan(request, key, style, route))


class _Writer(Protocol):
    """The module of a shell; it has the shell's name."""

    def command(self, plan: Plan, /) -> Command: ...

"""What a person wants to copy, as the preferences say."""

from __future__ import annotations

from composer.core.copies import CodeManner, CurlManner, Wish
from composer.core.destination import Destination
from composer.core.shells import Shell
from composer.core.wire import WireRequest
from composer.ui.preferences import Preferences


def curl_wish(
    preferences: Preferences,
    request: WireRequest,
    *,
    destination: Destination | None = None,
    shell: Shell | None = None,
) -> Wish:
    """The command as a copy has it; to the chosen destination and for the chosen shell by default.

    ``destination`` says which way the request takes, and how the key is carried where the person
    made no choice of that.
    """
    settings = preferences.settings
    place = destination or preferences.destination
    return Wish(
        request=request,
        manner=CurlManner(shell=shell or settings.copy_shell, style=settings.copy_style),
        key=preferences.copy_key_for(place),
        route=settings.route_to(place),
    )


def code_wish(preferences: Preferences, request: WireRequest, *, target: str = "") -> Wish:
    """The code as a copy has it; in the chosen language by default."""
    # Loaded at the first use: few copy code, and the start is quicker without it.
    from composer.ui.writing.targets import target_of  # noqa: PLC0415

    chosen = target_of(target or preferences.settings.code_target)
    return Wish(
        request=request,
        manner=CodeManner(target=chosen.id),
        key=preferences.copy_key,
        route=preferences.destination.route,
    )

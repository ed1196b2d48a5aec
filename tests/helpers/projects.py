"""Aiming the window at a server of the test's own."""

from __future__ import annotations

from dataclasses import replace

from composer.ui.preferences import Preferences


def aim_at(preferences: Preferences, address: str, token: str = "") -> None:
    """Choose the self-hosted project, marked as one for tests: sends to it are not asked about."""
    preferences.change(destination_id="self_hosted")
    place = replace(preferences.destination, address=address, production=False)
    preferences.change_destination(replace(place, token=token or place.token))

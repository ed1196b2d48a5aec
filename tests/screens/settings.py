"""The pages of the settings."""

from __future__ import annotations

from dataclasses import replace

from composer.core.destination import DestinationKind
from composer.core.projects import new_destination
from composer.core.settings import Retention
from composer.ui.settings.dialog import SettingsDialog, SettingsPage
from tests.helpers.window import named, type_into
from tests.screens.stage import Stage


async def general(stage: Stage) -> None:
    _open(stage, SettingsPage.GENERAL)


async def projects(stage: Stage) -> None:
    """A project in production with a colour of its own."""
    preferences = stage.bench.preferences
    shop = new_destination(DestinationKind.EU, "Shop, live", preferences.destinations)
    shop = replace(shop, token="phc_8fKq0aVbQ3mZtYxWc4JrLeNsHdUpGo7iR21Ttbn5kfE", colour="purple")
    preferences.add_destination(shop, before=1)
    staging = new_destination(DestinationKind.SELF_HOSTED, "Staging", preferences.destinations)
    preferences.add_destination(
        replace(staging, address="https://posthog.staging.example.com", production=False), before=2
    )
    dialog = _open(stage, SettingsPage.PROJECTS)
    dialog.projects.show_project(shop.id)


async def project_faults(stage: Stage) -> None:
    """The website's address, a personal key as a token, and a header that cannot be sent."""
    preferences = stage.bench.preferences
    like = new_destination(DestinationKind.SELF_HOSTED, "Acme", preferences.destinations)
    preferences.add_destination(
        replace(
            like,
            address="https://eu.posthog.com/project/4711",
            headers=(("X-Team", "support"),),
            proxy="proxy.example.com",
            ca_file="/etc/ssl/acme-ca.pem",
        )
    )
    dialog = _open(stage, SettingsPage.PROJECTS)
    dialog.projects.show_project(like.id)
    type_into(named(dialog, "Token of the project"), "phx_Xk3lJmQ9aVbR2tYxWc4JrLeNsHdUpGo7iR21Tt")


async def history(stage: Stage) -> None:
    stage.bench.preferences.change(retention=Retention(days=90, megabytes=500))
    _open(stage, SettingsPage.HISTORY)


async def data(stage: Stage) -> None:
    _open(stage, SettingsPage.DATA)


def _open(stage: Stage, page: SettingsPage) -> SettingsDialog:
    window = stage.window
    dialog = SettingsDialog(stage.bench, stage.app.theme, window, page)
    dialog.open()
    return dialog

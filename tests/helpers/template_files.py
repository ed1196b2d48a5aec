"""Templates and stores of templates for tests."""

from __future__ import annotations

from pathlib import Path

from composer.core.draft import Draft, first_draft
from composer.core.templates import Step, Template, Variable
from composer.services.notices import Notices
from composer.services.templates import TemplateStore
from tests.helpers.clock import START, StandingClock

FIRST = first_draft(token="phc_secret", uuid="u-1", timestamp="2026-11-21T09:30:00Z")


def template(
    name: str = "Mine",
    *drafts: Draft,
    folder: str = "",
    variables: tuple[Variable, ...] = (),
    description: str = "",
) -> Template:
    """One that is not saved yet."""
    return Template(
        id="",
        name=name,
        steps=tuple(Step(draft=draft) for draft in drafts or (FIRST,)),
        saved_at=START,
        folder=folder,
        variables=variables,
        description=description,
    )


def store(folder: Path, clock: StandingClock | None = None) -> tuple[TemplateStore, Notices]:
    """A store as one window has it, and what it tells."""
    notices = Notices()
    return TemplateStore(folder, clock or StandingClock(), notices), notices


def files(folder: Path) -> list[str]:
    """Every file below the folder, by its path in it."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )

"""The profile, opened: everything that is kept, in one value that is handed down.

Built by the composition roots (the window's and the command line's) and by tests.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from composer.core.errors import ProfileError, StoreError
from composer.services.behaviour import BehaviourStore
from composer.services.clock import SystemClock
from composer.services.files import make_folder, reason_of, sweep
from composer.services.history import PROBES, HistoryStore
from composer.services.instance import InstanceLock, Role, gate
from composer.services.notices import Notices
from composer.services.paths import Profile, default_profile
from composer.services.ports import Clock
from composer.services.profile.preparing import prepare_profile
from composer.services.schema import migrations, open_database
from composer.services.settings import SettingsStore
from composer.services.templates import TemplateStore
from composer.services.workspace import WorkspaceStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """An open profile. ``close`` gives it back; the system does so too if the process dies."""

    profile: Profile
    clock: Clock
    instance: InstanceLock
    settings: SettingsStore
    behaviours: BehaviourStore
    history: HistoryStore
    templates: TemplateStore
    workspace: WorkspaceStore
    told: Notices = field(repr=False)

    @property
    def notices(self) -> tuple[str, ...]:
        """What to tell the person, as whole sentences.

        For a window it is complete from the start but for the templates, see
        ``look_at_templates``. Later it grows when a store comes upon another broken file; for a
        command it grows as it loads what it needs.
        """
        return self.told.all()

    def look_at_templates(self) -> None:
        """Read the person's own once, so that the window can say which of them are broken.

        Not with the rest when the profile is opened: what reads templates takes a while to load.
        For a thread.
        """
        if self.templates.folder == str(self.profile.templates):  # another may be on a slow drive
            self.templates.own()

    def close(self) -> None:
        """Close the database and free the slot; a second call does nothing."""
        self.history.close()
        self.instance.release()


def open_environment(
    folder: Path | None = None, clock: Clock | None = None, *, role: Role = Role.WINDOW
) -> Environment:
    """Open the profile in ``folder``, or the platform's own; made where it is missing.

    Raises ``ProfileError``, and nothing else, where the profile cannot be used.
    """
    profile = Profile(folder.absolute()) if folder else default_profile()
    try:
        return _open(profile, clock or SystemClock(), role)
    except OSError as error:
        raise ProfileError(
            f"The profile folder {profile.folder} cannot be used: {reason_of(error)}"
        ) from error
    except StoreError as error:
        raise ProfileError(str(error)) from error


def _open(profile: Profile, clock: Clock, role: Role) -> Environment:
    moment = clock.now()
    notices = Notices()
    with ExitStack() as opened:
        make_folder(profile.folder)
        with gate(profile):
            prepare_profile(profile, clock, notices)
            instance = InstanceLock.acquire(profile, role)
            opened.callback(instance.release)
            database = open_database(
                profile.history, steps=migrations(), probes=PROBES, moment=moment, notices=notices
            )
            opened.callback(database.close)
            sweep(profile.folder, moment)
            sweep(profile.certificate, moment)
        history = HistoryStore(database, clock, instance)
        with suppress(StoreError):  # the disk is full, say: that must not keep anyone out
            history.mark_cut_off()
        environment = Environment(
            profile=profile,
            clock=clock,
            instance=instance,
            settings=SettingsStore(profile.settings, clock, notices),
            behaviours=BehaviourStore(profile.behaviour, clock, notices),
            history=history,
            templates=TemplateStore(profile.templates, clock, notices),
            workspace=WorkspaceStore(profile.workspace(instance.slot), clock, notices),
            told=notices,
        )
        if role is Role.WINDOW:
            _look(environment)
        opened.pop_all()
    return environment


def _look(environment: Environment) -> None:
    """Read what the window opens with, so that it can say at once what was put aside."""
    settings = environment.settings.load()
    environment.behaviours.load()
    environment.workspace.load()
    environment.templates.use_folder(settings.templates_folder)

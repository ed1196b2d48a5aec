"""What has to be done with a profile before anything in it is read or written.

In this order: a profile of a newer format is refused; a change of the whole in which a process was
killed is ended; a backup that waits is restored; an older format is brought up.
"""

from __future__ import annotations

import shutil

from composer.services.backup.restoring import restore_waiting
from composer.services.notices import Notices
from composer.services.paths import Profile
from composer.services.ports import Clock
from composer.services.profile.format import bring_up, finish_change, refuse_newer
from composer.services.profile.neighbours import is_alone
from composer.services.profile.parts import COPYING


def prepare_profile(profile: Profile, clock: Clock, notices: Notices) -> None:
    """Call it with the profile's gate held, before a slot is taken.

    Raises ``ProfileError``, ``StoreError`` and ``OSError``.
    """
    refuse_newer(profile)
    alone = is_alone(profile)
    if alone:
        for stray in profile.folder.glob(f"{COPYING}*"):  # of a backup in which it was killed
            shutil.rmtree(stray, ignore_errors=True)
    finish_change(profile)
    restore_waiting(profile, clock.now(), notices, is_alone=alone)
    bring_up(profile, clock, notices, is_alone=alone)

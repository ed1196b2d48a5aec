"""The languages and libraries that code is written for, as they are offered.

Loads all of them, so it is imported at the first use only.
"""

from __future__ import annotations

from composer.core.snippets import TARGETS, Family, Target

FAMILY_WORDS = {Family.CODE: "Languages", Family.SDK: "PostHog SDKs"}


def target_of(target_id: str) -> Target:
    """The target of that id; the first of all where settings name one that is not there."""
    return next((target for target in TARGETS if target.id == target_id), TARGETS[0])

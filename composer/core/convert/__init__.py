"""From an event in an old shape to the one that PostHog reads today.

What becomes of each member is a table for each old shape (event-catalogue.md, sections 32 to 37).
No value is lost unsaid: what is not in the new event is named among the changes.
"""

from __future__ import annotations

from dataclasses import replace

from composer.core.convert.changes import Change, Conversion, Fate
from composer.core.convert.recipes import RECIPES
from composer.core.convert.work import Work
from composer.core.draft import Draft
from composer.core.events import by_id, detect
from composer.core.jsontext import Object, has_at

__all__ = ["Change", "Conversion", "Fate", "conversion"]


def conversion(draft: Draft) -> Conversion | None:
    """What would become of a draft in an old shape; ``None`` for all others.

    Nor can a body be converted whose properties are no object, or which has a name twice.
    """
    recipe = RECIPES.get(draft.type_id)
    properties = draft.payload.get("properties")
    if recipe is None or draft.fault or not isinstance(properties, Object | None):
        return None
    if _has_twice(draft.payload) or _has_twice(properties or Object()):
        return None
    work = Work(draft.payload)
    work.rename_event(by_id(recipe.to).event)
    work.lift_person()
    work.mend_time()
    for move in recipe.moves:
        work.move(move)
    for path in recipe.drops:
        work.drop(path)
    event_type = by_id(recipe.to) if by_id(recipe.to).event else detect(work.payload)
    kept = frozenset(k for k in draft.generated if work.payload.get(k) == draft.payload.get(k))
    return Conversion(
        draft=replace(
            draft, type_id=event_type.id, payload=work.payload, generated=kept, source=None
        ),
        changes=tuple(work.changes),
        missing=tuple(path for path in recipe.wants if not has_at(work.payload, path)),
    )


def _has_twice(members: Object) -> bool:
    keys = [key for key, _ in members]
    return len(set(keys)) < len(keys)

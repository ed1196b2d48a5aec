"""The events of a template, all filled in and stepped in time, ready to be sent one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from composer.core import times
from composer.core.draft import Draft
from composer.core.errors import ComposerError
from composer.core.jsontext import Object, Path
from composer.core.templates.answers import problem_of
from composer.core.templates.filling import Filling, begun
from composer.core.templates.template import Template
from composer.core.variables import Maker


class UnfilledError(ComposerError):
    """The variable ``name`` has no usable answer; it stands at ``path`` of one of the events."""

    def __init__(self, name: str, path: Path, words: str) -> None:
        super().__init__(words)
        self.name = name
        self.path = path


def steps_of(template: Template, answers: Mapping[str, str], maker: Maker) -> tuple[Draft, ...]:
    """Every event with the same answers, each ``after`` the one before, the last of them now.

    Raises ``UnfilledError``.
    """
    now = maker.now()
    waits = [max(0.0, step.after) for step in template.steps[1:]]
    drafts: list[Draft] = []
    for place in range(len(template.steps)):
        moment = now - timedelta(seconds=sum(waits[place:]))
        drafts.append(_filled(template, place, answers, _MakerAt(maker, moment), now))
    return tuple(drafts)


@dataclass(frozen=True, slots=True)
class _MakerAt:
    """The maker at another time; implements ``Maker``."""

    maker: Maker
    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def uuid7(self, moment: datetime) -> str:
        return self.maker.uuid7(moment)

    def below(self, n: int) -> int:
        return self.maker.below(n)


def _filled(
    template: Template, place: int, answers: Mapping[str, str], maker: Maker, now: datetime
) -> Draft:
    draft, filling = begun(template, place, maker, answers, now)
    if unfilled := filling.unfilled(draft):
        event = f" in event {place + 1}" if template.is_sequence else ""
        words = _words(filling, unfilled[0].name, event)
        raise UnfilledError(unfilled[0].name, unfilled[0].path, words)
    own = None if "timestamp" in draft.generated else _time_of(draft.payload)
    ready = draft.stamped(
        uuid=maker.uuid7(own or maker.now()), timestamp=times.wire_text(maker.now())
    )
    return ready.with_new_ids(lambda event: maker.uuid7(_time_of(event) or maker.now()))


def _words(filling: Filling, name: str, event: str) -> str:
    variable = next((known for known in filling.variables if known.name == name), None)
    if variable is None:
        return f"{{{{{name}}}}}{event} cannot be made. Mend it in the template."
    problem = problem_of(variable, filling.answers.get(name, ""))
    if problem:
        return f"“{variable.title}”{event}: {problem}"
    return f"“{variable.title}”{event} is not filled in. Fill it in and run it again."


def _time_of(event: Object) -> datetime | None:
    text = event.get("timestamp")
    return times.read(text) if isinstance(text, str) else None

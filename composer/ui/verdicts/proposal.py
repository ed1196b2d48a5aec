"""A mend before it is done: the draft as it would be, and the lines of the JSON that change.

Pure functions; large texts take long, so they may be run in a thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from composer.core.draft import Draft
from composer.core.jsontext import JsonError, Layout
from composer.core.tokens import masked
from composer.core.verdicts.applying import apply, together
from composer.core.verdicts.difference import DiffLine, preview
from composer.core.verdicts.mending import Mend
from composer.core.verdicts.scales import Severity
from composer.core.verdicts.verdict import Verdict
from composer.ui.wording import counted

MOST_LINES = 60
"""Lines of a difference that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """``before`` becomes ``after`` if the person agrees."""

    label: str
    before: Draft
    after: Draft
    lines: tuple[DiffLine, ...]


Judge = Callable[[Draft], Iterable[Verdict]]
"""The verdicts on a draft, the worst first."""


def propose(draft: Draft, mend: Mend, layout: Layout, *, secret: str = "") -> Proposal:
    """What ``mend`` makes of the draft. ``secret`` is a token that is not to be seen."""
    return _proposal(draft, _mended(draft, mend, layout), mend.label, layout, secret)


def propose_all(draft: Draft, judge: Judge, layout: Layout, *, secret: str = "") -> Proposal:
    """What all mends make of the draft, those of the worst rule first.

    After each rule the result is judged anew: what one mend puts right needs no other, such as
    one of two members that do not go together.
    """
    after, done, count = draft, set[str](), 0
    while found := _next(judge(after), done):
        rule, mends = found
        done.add(rule)
        whole = together(rule, mends)
        before = after
        after = _mended(after, whole, layout) if whole is not None else after
        count += after != before
    label = f"Mend all ({counted(count, 'kind')} of change)"
    return _proposal(draft, after, label, layout, secret)


def _next(verdicts: Iterable[Verdict], done: set[str]) -> tuple[str, list[Mend]] | None:
    """The mends of the first rule that has not had its turn; notes are a matter of taste."""
    rule, mends = "", list[Mend]()
    for verdict in verdicts:
        mend = None if verdict.severity is Severity.ADVICE else verdict.mend
        if mend is None or verdict.rule.id in done or rule not in {"", verdict.rule.id}:
            continue
        rule = verdict.rule.id
        mends.append(mend)
    return (rule, mends) if mends else None


def _mended(draft: Draft, mend: Mend, layout: Layout) -> Draft:
    text = draft.text(layout)
    try:
        after = draft.with_text(apply(text, mend, layout))
    except JsonError:
        return draft  # the text has become another since it was judged
    return after.laid_out() if draft.source is None else after


def _proposal(before: Draft, after: Draft, label: str, layout: Layout, secret: str) -> Proposal:
    texts = [draft.text(layout) for draft in (before, after)]
    if secret:
        texts = [masked(text, (secret,)) for text in texts]
    lines = preview(texts[0], texts[1], context=1, most=MOST_LINES)
    return Proposal(label=label, before=before, after=after, lines=lines)

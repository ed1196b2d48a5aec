"""The events of a run as rows: as they are filled in, and what became of the request of each."""

from __future__ import annotations

from collections.abc import Sequence

from composer.core.draft import Draft
from composer.core.summary import summary_of
from composer.core.templates import Step
from composer.ui.templates.run import Parcel, StepState, TemplateRun
from composer.ui.templates.steps_model import StepRow, earlier_text
from composer.ui.widgets import Severity

_STATES = {
    StepState.WAITING: ("Waiting", Severity.NEUTRAL),
    StepState.SENDING: ("Sending…", Severity.INFO),
    StepState.ACCEPTED: ("Accepted", Severity.OK),
    StepState.FAILED: ("Not accepted", Severity.ERROR),
    StepState.SKIPPED: ("Left out", Severity.WARNING),
}


def run_rows(
    steps: Sequence[Step], drafts: Sequence[Draft], run: TemplateRun | None
) -> list[StepRow]:
    """A row for each event; before a run there is nothing to say of its send."""
    rows: list[StepRow] = []
    for at, draft in enumerate(drafts):
        about = summary_of(draft.payload)
        state, severity = _state_of(_parcel_of(run, at))
        rows.append(
            StepRow(
                event=about.event or draft.event_type.title,
                person=about.person,
                when=earlier_text(steps, at),
                state=state,
                severity=severity,
            )
        )
    return rows


def _parcel_of(run: TemplateRun | None, at: int) -> Parcel | None:
    """The request that an event goes with: its own, or that of the batch."""
    parcels = run.parcels if run is not None else ()
    if len(parcels) == 1:
        return parcels[0]
    return parcels[at] if at < len(parcels) else None


def _state_of(parcel: Parcel | None) -> tuple[str, Severity]:
    """In words, and how good that is."""
    if parcel is None:
        return "", Severity.NEUTRAL
    if parcel.explanation is not None:
        return parcel.explanation.badge, Severity(parcel.explanation.verdict)
    return _STATES[parcel.state]

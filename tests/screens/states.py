"""The main states of the window, each as the steps that lead to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from composer.ui.actions import Command
from tests.screens import (
    behaviour,
    compare,
    copying,
    forms,
    kept,
    many,
    nested,
    paste,
    sandbox,
    sends,
    verdicts,
)
from tests.screens.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A picture: what leads to it, the size of the window, and whether it is drawn at 2x too."""

    prepare: Callable[[Stage], Awaitable[None]]
    size: tuple[int, int] = (1280, 800)
    sharp: bool = False


async def first_start(stage: Stage) -> None:
    await stage.settle()


async def settings(stage: Stage) -> None:
    stage.do(Command.SETTINGS)


async def shortcuts(stage: Stage) -> None:
    stage.do(Command.SHORTCUTS)


STATES = {
    "compose-first-start": State(prepare=first_start, sharp=True),
    "compose-page-view": State(prepare=forms.page_view),
    "compose-more-options": State(prepare=forms.more_options),
    "compose-long-values": State(prepare=forms.long_values),
    "compose-problems": State(prepare=forms.problems),
    "compose-broken-json": State(prepare=forms.broken_json),
    "compose-survey": State(prepare=forms.survey),
    "compose-identify": State(prepare=forms.identify),
    "compose-unset": State(prepare=forms.unset),
    "compose-autocapture": State(prepare=forms.autocapture),
    "compose-autocapture-narrow": State(prepare=forms.autocapture, size=(1024, 640)),
    "compose-lifecycle": State(prepare=forms.lifecycle),
    "compose-flag": State(prepare=forms.flag),
    "compose-batch": State(prepare=many.batch),
    "compose-batch-narrow": State(prepare=many.batch, size=(1024, 640)),
    "compose-historical": State(prepare=many.historical),
    "compose-old-group": State(prepare=many.old_group),
    "compose-old-group-narrow": State(prepare=many.old_group, size=(1024, 640)),
    "compose-old-alias": State(prepare=many.old_alias),
    "compose-exception": State(prepare=nested.exception),
    "compose-exception-narrow": State(prepare=nested.exception, size=(1024, 640)),
    "compose-exception-slips": State(prepare=nested.exception_slips),
    "compose-ai-generation": State(prepare=nested.generation),
    "compose-ai-generation-narrow": State(prepare=nested.generation, size=(1024, 640)),
    "compose-accepted": State(prepare=sends.accepted),
    "compose-refused": State(prepare=sends.refused),
    "compose-no-answer": State(prepare=sends.no_answer),
    "compose-sending": State(prepare=sends.sending),
    "compose-naming": State(prepare=forms.naming),
    "compose-added": State(prepare=forms.added),
    "compose-narrow": State(prepare=sends.accepted, size=(1024, 640)),
    "compose-narrow-page-view": State(prepare=forms.page_view, size=(1024, 640)),
    "compose-wide": State(prepare=forms.page_view, size=(1920, 1200)),
    "compose-bad-address": State(prepare=forms.bad_address),
    "compose-production": State(prepare=forms.production),
    "compose-no-token": State(prepare=forms.no_token),
    "batch-empty": State(prepare=kept.batch_empty),
    "batch-full": State(prepare=kept.batch_full),
    "batch-sent": State(prepare=kept.batch_sent),
    "templates-empty": State(prepare=kept.templates_empty),
    "templates-full": State(prepare=kept.templates_full),
    "history-empty": State(prepare=kept.history_empty),
    "history-full": State(prepare=kept.history_full),
    "history-narrow": State(prepare=kept.history_full, size=(1024, 640)),
    "history-search": State(prepare=kept.history_search),
    "history-nothing": State(prepare=kept.history_nothing),
    "history-detail": State(prepare=kept.history_detail),
    "sandbox-empty": State(prepare=sandbox.empty),
    "sandbox-full": State(prepare=sandbox.full),
    "sandbox-narrow": State(prepare=sandbox.full, size=(1024, 640)),
    "sandbox-wide": State(prepare=sandbox.compare, size=(1920, 1200)),
    "sandbox-compare": State(prepare=sandbox.compare),
    "sandbox-request": State(prepare=sandbox.request),
    "sandbox-raw": State(prepare=sandbox.raw, size=(1024, 640)),
    "sandbox-lost": State(prepare=sandbox.lost),
    "sandbox-nothing": State(prepare=sandbox.nothing),
    "sandbox-trouble": State(prepare=sandbox.trouble, size=(1024, 640)),
    "sandbox-long": State(prepare=sandbox.long, size=(1024, 640)),
    "behaviour-good-day": State(prepare=behaviour.good_day),
    "behaviour-switches": State(prepare=behaviour.switches),
    "behaviour-rule": State(prepare=behaviour.rule, size=(1024, 640)),
    "behaviour-flag": State(prepare=behaviour.flag),
    "behaviour-scripts": State(prepare=behaviour.scripts, size=(1024, 640)),
    "behaviour-wide": State(prepare=behaviour.rule, size=(1920, 1200)),
    "verdicts-refused": State(prepare=verdicts.refused),
    "verdicts-lost": State(prepare=verdicts.lost),
    "verdicts-altered": State(prepare=verdicts.altered),
    "verdicts-many": State(prepare=verdicts.many),
    "verdicts-narrow": State(prepare=verdicts.many, size=(1024, 640)),
    "verdicts-more": State(prepare=verdicts.more),
    "verdicts-mend": State(prepare=verdicts.mend),
    "verdicts-mend-all": State(prepare=verdicts.mend_all),
    "verdicts-mend-narrow": State(prepare=verdicts.mend_all, size=(1024, 640)),
    "verdicts-repair": State(prepare=verdicts.repair),
    "verdicts-asked": State(prepare=verdicts.asked),
    "verdicts-asked-narrow": State(prepare=verdicts.asked, size=(1024, 640)),
    "verdicts-batch": State(prepare=verdicts.batch),
    "verdicts-culprit": State(prepare=verdicts.culprit),
    "verdicts-culprit-narrow": State(prepare=verdicts.culprit, size=(1024, 640)),
    "verdicts-batch-asked": State(prepare=verdicts.batch_asked),
    "verdicts-rules": State(prepare=verdicts.rules),
    "copy-curl": State(prepare=copying.curl),
    "copy-curl-narrow": State(prepare=copying.curl, size=(1024, 640)),
    "copy-powershell": State(prepare=copying.powershell),
    "copy-docs-narrow": State(prepare=copying.docs_hidden, size=(1024, 640)),
    "copy-code": State(prepare=copying.code),
    "copy-sdk": State(prepare=copying.sdk),
    "copy-sdk-narrow": State(prepare=copying.sdk, size=(1024, 640)),
    "copy-found": State(prepare=copying.found),
    "copy-history": State(prepare=copying.history),
    "compare-pasted": State(prepare=compare.pasted),
    "compare-pasted-narrow": State(prepare=compare.pasted, size=(1024, 640)),
    "compare-kinds": State(prepare=compare.kinds),
    "compare-kinds-narrow": State(prepare=compare.kinds, size=(1024, 640)),
    "compare-last": State(prepare=compare.last),
    "compare-same": State(prepare=compare.same, size=(1024, 640)),
    "compare-choosing": State(prepare=compare.choosing, size=(1024, 640)),
    "paste-one": State(prepare=paste.one),
    "paste-one-narrow": State(prepare=paste.one, size=(1024, 640)),
    "paste-told-narrow": State(prepare=paste.told, size=(1024, 640)),
    "paste-packed": State(prepare=paste.packed),
    "paste-unreadable": State(prepare=paste.unreadable),
    "paste-empty": State(prepare=paste.empty),
    "paste-window-one": State(prepare=paste.window_one),
    "paste-window-fault": State(prepare=paste.window_fault),
    "paste-window-batch": State(prepare=paste.window_batch),
    "paste-window-har": State(prepare=paste.window_har),
    "paste-window-har-narrow": State(prepare=paste.window_har, size=(1024, 640)),
    "palette": State(prepare=kept.palette),
    "palette-found": State(prepare=kept.palette_found),
    "settings": State(prepare=settings),
    "shortcuts": State(prepare=shortcuts),
}

"""What is told of a request: its verdicts, and what becomes of it in the end.

It knows no rule and judges nothing, so it is quick to import.
"""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.jsontext import Path
from composer.core.verdicts.mending import Mend, under
from composer.core.verdicts.outlook import Forecast
from composer.core.verdicts.request import Request
from composer.core.verdicts.rule import Finding, Rule
from composer.core.verdicts.scales import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What will happen, at one place of a request.

    ``finding`` is as the rule made it; its paths begin at ``prefix``. ``event`` is the index of
    the event it is about, ``None`` for the body as a whole.
    """

    rule: Rule
    finding: Finding
    prefix: Path = ()
    event: int | None = None

    @property
    def severity(self) -> Severity:
        return self.finding.severity or self.rule.severity

    @property
    def path(self) -> Path:
        """The place, from the body on."""
        return self.prefix + self.finding.path

    @property
    def says(self) -> str:
        """What happens, in one sentence."""
        return self.finding.says or self.rule.says

    @property
    def fix(self) -> str:
        """The next step, in one sentence."""
        return self.finding.fix or self.rule.fix

    @property
    def mend(self) -> Mend | None:
        """The change that puts it right, of the whole body; ``None`` where there is none."""
        return under(self.prefix, self.finding.mend) if self.finding.mend else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The verdicts on a request: the worst first, then in the order of the events."""

    request: Request
    verdicts: tuple[Verdict, ...]
    forecast: Forecast

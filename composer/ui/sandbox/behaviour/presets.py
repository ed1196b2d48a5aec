"""Rules that are often wanted, each for one click."""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.behaviour import Rule, parse_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A rule under a name that says what it does."""

    name: str
    line: str
    """The rule as ``parse_rule`` reads it"""

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return parse_rule(self.line)


PRESETS = (
    Preset(name="Fail every request with 503", line="503"),
    Preset(name="Answer after 3 seconds", line="slow=3"),
    Preset(
        name="Refuse every fifth with 429, retry after 5 seconds",
        line="429 retry-after=5 share=0.2",
    ),
    Preset(name="Refuse as too large, with 413", line="413"),
    Preset(name="Reset the third request to /batch", line="reset path=/batch nth=3"),
    Preset(name="Keep the events, but break the answer off", line="half stores"),
    Preset(name="Never answer", line="silence"),
    Preset(name="Answer as a host that is not PostHog", line="page"),
)

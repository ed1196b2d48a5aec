"""The options of one request by what they are for."""

from __future__ import annotations

from dataclasses import dataclass, field

from composer.core.curl.reading.data import DATA
from composer.core.curl.reading.given import Given
from composer.core.curl.reading.options import REASONS, Role
from composer.core.remarks import Remark

_LEFT_OUT = "It was left out: it does not change what is sent."


@dataclass(slots=True)
class Sorted:
    """The options by what they are for."""

    urls: list[str] = field(default_factory=list[str])
    data: list[Given] = field(default_factory=list[Given])
    lines: list[Given] = field(default_factory=list[Given])
    """Headers, with those that have an option of their own"""
    cookies: list[Given] = field(default_factory=list[Given])
    queries: list[Given] = field(default_factory=list[Given])
    last: dict[Role, Given] = field(default_factory=dict[Role, Given])
    """The last option of each role, which is the one that counts"""
    remarks: list[Remark] = field(default_factory=list[Remark])

    def add(self, option: Given) -> None:
        self.last[option.role] = option
        match option.role:
            case Role.URL if self.urls:
                self.tell(option.value[:60], "Only the first URL was read: this one was left out.")
            case Role.URL:
                self.urls.append(option.value)
            case Role.HEADER:
                self.lines.append(option)
            case Role.QUERY:
                self.queries.append(option)
            case Role.FORM:
                words = "Fields of a multipart form are not read. PostHog takes JSON."
                self.tell(f"{option.spelled} {option.value.partition('=')[0][:40]}", words)
            case Role.COOKIE if "=" not in option.value:
                self.tell(
                    f"{option.spelled} {option.value[:40]}", "Cookies in a file are not read."
                )
            case Role.TOLD:
                self.tell(option.spelled, REASONS.get(option.name, _LEFT_OUT))
            case Role.COOKIE:
                self.cookies.append(option)
            case role if role in DATA:
                self.data.append(option)
            case _:
                pass

    def tell(self, name: str, words: str) -> None:
        self.remarks.append(Remark(name=name, words=words))

    def value(self, role: Role) -> str:
        option = self.last.get(role)
        return option.value if option else ""

"""The headers that curl makes itself, from options of their own or by default, in its order."""

from __future__ import annotations

from composer.core.curl.reading.address import Address, basic
from composer.core.curl.reading.headers import CURL, Header
from composer.core.curl.reading.options import Role
from composer.core.curl.reading.sorting import Sorted

_KEPT = "It goes out as the header {}; PostHog does not read it."


def own_headers(options: Sorted, address: Address) -> list[Header]:
    """All but ``Host`` and what describes the body. Tells ``options`` what is of no use here."""
    own: list[Header] = []
    if credentials := _credentials(options, address):
        own.append(("Authorization", credentials))
    agent = options.value(Role.AGENT) if Role.AGENT in options.last else CURL
    own += [("User-Agent", agent)] if agent else []
    own.append(("Accept", "*/*"))
    if option := options.last.get(Role.COMPRESSED):
        own.append(("Accept-Encoding", "deflate, gzip, br, zstd"))
        options.tell(option.spelled, "It concerns the answer only.")
    if referer := options.value(Role.REFERER).removesuffix(";auto"):
        own.append(("Referer", referer))
    if options.cookies:
        own.append(("Cookie", ";".join(option.value for option in options.cookies)))
        options.tell(options.cookies[0].spelled, _KEPT.format("Cookie"))
    return own


def _credentials(options: Sorted, address: Address) -> str:
    if option := options.last.get(Role.BEARER):
        options.tell(option.spelled, _KEPT.format("Authorization"))
        return f"Bearer {option.value}"
    if option := options.last.get(Role.USER):
        options.tell(option.spelled, _KEPT.format("Authorization"))
        return basic(option.value)
    if address.user:
        name = address.user.partition(":")[0]
        options.tell(name, "The user name in the URL goes out as the header Authorization.")
        return basic(address.user, is_encoded=True)
    return ""

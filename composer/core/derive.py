"""What a page's address tells about the view: host, path, campaign tags and click IDs.

PostHog derives none of it by itself (ingestion-rules.md, ``page.no_host_path``).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, urlsplit

from composer.core.fields import Place
from composer.core.jsontext import Path, Value

CAMPAIGN_KEYS = (
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_content",
    "utm_name",
    "utm_term",
    "gclid",
    "gad_source",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "fbclid",
    "msclkid",
    "twclid",
    "li_fat_id",
    "mc_cid",
    "igshid",
    "ttclid",
    "rdt_cid",
    "irclid",
    "_kx",
    "epik",
    "qclid",
    "sccid",
)
"""Parts of a query that PostHog keeps as properties (event-catalogue.md, appendix 2)."""


def web_address(text: str) -> SplitResult | None:
    """The parts of a whole http(s) address; ``None`` for anything else, such as ``/menu``."""
    try:
        parts = urlsplit(text.strip())
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
        _ = parts.port  # read for its range check
    except ValueError:
        return None
    return parts if whole else None


def url_parts(url: str) -> tuple[tuple[Path, Value], ...]:
    """The properties that follow from ``url``, with their places; none for a partial address.

    Of a tag that stands in the query several times the first counts, as in PostHog's own SDK.
    """
    parts = web_address(url)
    return () if parts is None else tuple(_derived(parts))


def _derived(parts: SplitResult) -> Iterator[tuple[Path, Value]]:
    yield (Place.PROPERTIES.value, "$host"), parts.netloc.rpartition("@")[2]
    yield (Place.PROPERTIES.value, "$pathname"), parts.path or "/"
    query = dict(reversed(parse_qsl(parts.query)))
    for key in CAMPAIGN_KEYS:
        if key in query:
            yield (Place.PROPERTIES.value, key), query[key]

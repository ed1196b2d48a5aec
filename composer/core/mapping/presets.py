"""Mappings for the exports of PostHog, Mixpanel and Amplitude.

What becomes of Mixpanel's and Amplitude's fields is what PostHog's own importers make of them
(PostHog/posthog, ``rust/batch-import-worker/src/parse/content``, and its pages on migrating), as
far as a mapping can say it. Different here on purpose: an event ID of the source makes the same
event every time (``identity``), and a location is not looked up by the address of whoever imports.
"""

from __future__ import annotations

from collections.abc import Mapping as Table, Sequence
from types import MappingProxyType

from composer.core.jsontext import Value
from composer.core.mapping import sampling, spelling
from composer.core.mapping.mapping import CellKind, ColumnRule, Constant, Mapping, Target
from composer.core.tabular import Guess, Origin, RowFormat, path_of


def of(guess: Guess) -> Mapping:
    """The mapping for an export of one of the three."""
    match guess.origin:
        case Origin.MIXPANEL:
            rest = Target.PROPERTY
            return _mapping(guess, _MIXPANEL, _MIXPANEL_NAMES, _NO_LOCATION, other=rest)
        case Origin.AMPLITUDE:
            return _mapping(guess, _AMPLITUDE, _AMPLITUDE_NAMES, _NO_LOCATION)
        case _:
            return _mapping(guess, _POSTHOG)


_Use = tuple[Target, str]
_IGNORED: _Use = (Target.IGNORE, "")
_NO_LOCATION = (
    Constant(target=Target.PROPERTY, name="$geoip_disable", text="true", kind=CellKind.YES_NO),
)


def _property(name: str) -> _Use:
    return Target.PROPERTY, name


_POSTHOG: Table[str, _Use] = MappingProxyType(
    {
        "event": (Target.EVENT, ""),
        "distinct_id": (Target.PERSON, ""),
        "person.distinct_id": (Target.PERSON, ""),
        "timestamp": (Target.TIME, ""),
        "uuid": (Target.ID, ""),
        "id": (Target.ID, ""),
        "properties": (Target.PROPERTIES, ""),
        "set": (Target.SET_ALL, ""),
        "$set": (Target.SET_ALL, ""),
        "set_once": (Target.SET_ONCE_ALL, ""),
        "$set_once": (Target.SET_ONCE_ALL, ""),
        "elements_chain": _property("$elements_chain"),
        "ip": _property("$ip"),
        "properties.token": _IGNORED,
    }
)
"""Columns of the batch export (``set``, ``set_once``), of the API (``id``) and of the app."""

_MIXPANEL: Table[str, _Use] = MappingProxyType(
    {
        "event": (Target.EVENT, ""),
        "event_name": (Target.EVENT, ""),
        "properties": (Target.PROPERTIES, ""),
        "distinct_id": (Target.PERSON, ""),
        "$distinct_id": (Target.PERSON, ""),
        "$user_id": (Target.PERSON, ""),
        "$device_id": (Target.PERSON, ""),
        "time": (Target.TIME, ""),
        "$time": (Target.TIME, ""),
        "$insert_id": (Target.ID, ""),
        "insert_id": (Target.ID, ""),
        "$city": _property("$geoip_city_name"),
        "$region": _property("$geoip_subdivision_1_name"),
        "mp_country_code": _property("$geoip_country_code"),
        "$mp_api_endpoint": _IGNORED,
        "$mp_api_timestamp_ms": _IGNORED,
        "mp_processing_time_ms": _IGNORED,
        "$geo_source": _IGNORED,
        "token": _IGNORED,
    }
)
_MIXPANEL_NAMES = (("$mp_web_page_view", "$pageview"),)

_AMPLITUDE: Table[str, _Use] = MappingProxyType(
    {
        "event_type": (Target.EVENT, ""),
        "event_name": (Target.EVENT, ""),
        "user_id": (Target.PERSON, ""),
        "device_id": (Target.PERSON, ""),
        "event_time": (Target.TIME, ""),
        "uuid": (Target.ID, ""),
        "$insert_id": (Target.ID, ""),
        "insert_id": (Target.ID, ""),
        "event_properties": (Target.PROPERTIES, ""),
        "user_properties": (Target.SET_ALL, ""),
        "groups": _property("groups"),
        "session_id": _property("$amplitude_session_id"),
        "event_id": _property("$amplitude_event_id"),
        "country": _property("$geoip_country_name"),
        "city": _property("$geoip_city_name"),
        "region": _property("$geoip_subdivision_1_name"),
        "ip_address": _property("$ip"),
        "os_name": _property("$browser"),
        "os_version": _property("$browser_version"),
        "device_type": _property("$os"),
        "[Amplitude] Page URL": _property("$current_url"),
        "[Amplitude] Page Domain": _property("$host"),
        "[Amplitude] Page Path": _property("$pathname"),
        "[Amplitude] Viewport Height": _property("$viewport_height"),
        "[Amplitude] Viewport Width": _property("$viewport_width"),
        "referrer": _property("$referrer"),
        "referring_domain": _property("$referring_domain"),
        "device_family": _property("device_family"),
        "device_manufacturer": _property("$device_manufacturer"),
        "device_model": _property("$device_model"),
        "device_carrier": _property("device_carrier"),
        "language": _property("language"),
        "library": _property("$lib"),
        "platform": _property("platform"),
        "version_name": _property("$app_version"),
    }
)
_AMPLITUDE_NAMES = (
    ("[Amplitude] Page Viewed", "$pageview"),
    ("[Amplitude] Element Clicked", "$autocapture"),
    ("[Amplitude] Element Changed", "$autocapture"),
)
_ONCE = frozenset({Target.EVENT, Target.TIME, Target.ID})


def _mapping(
    guess: Guess,
    uses: Table[str, _Use],
    names: tuple[tuple[str, str], ...] = (),
    constants: tuple[Constant, ...] = (),
    *,
    other: Target = Target.IGNORE,
) -> Mapping:
    """``other`` is for columns that are not known."""
    order = {name: place for place, name in enumerate(uses)}
    keys = {column: _key(column, uses) for column in guess.columns}
    columns = sorted(guess.columns, key=lambda column: order.get(keys[column], len(order)))
    first_rows = sampling.Samples(guess)
    rules: list[ColumnRule] = []
    taken: set[Target] = set()
    for column in columns:
        target, name = uses.get(keys[column], (other, ""))
        is_inside = _is_inside(column, guess)
        if is_inside and (keys[column] not in uses or target.is_whole):
            continue
        if target in _ONCE and target in taken:
            target, name = _IGNORED
        if target is Target.PROPERTY and not name:
            target, name = spelling.prefixed(column) or (target, column.strip())
        taken.add(target)
        rules.append(_rule(column, target, name, first_rows.of(column)))
    if Target.PERSON not in taken and _INNER in guess.columns:
        rules.append(ColumnRule(column=_INNER, target=Target.PERSON))
    return Mapping(
        rules=tuple(rules), constants=constants, event_names=names, historical_migration=True
    )


_INNER = "properties.distinct_id"
_OUTER = ("*.", "properties.", "event_properties.")
"""What the names of columns in CSV begin with where they stand within something else."""


def _key(column: str, uses: Table[str, _Use]) -> str:
    """The name under which a column is known."""
    if column in uses:
        return column
    prefix = next((prefix for prefix in _OUTER if column.startswith(prefix)), "")
    if prefix == "properties." and uses is _POSTHOG:
        return column
    inner = path_of(column)[-1] if prefix else column
    return inner if inner in uses else inner.strip().casefold().replace(" ", "_")


def _is_inside(column: str, guess: Guess) -> bool:
    """Whether it stands in JSON within another column."""
    return guess.dialect.format is not RowFormat.CSV and len(path_of(column)) > 1


def _rule(column: str, target: Target, name: str, samples: Sequence[Value]) -> ColumnRule:
    if target is Target.TIME:
        time_format = next(iter(sampling.time_formats(samples)), "")
        return ColumnRule(column=column, target=target, time_format=time_format)
    is_named = target in {Target.PROPERTY, Target.SET, Target.SET_ONCE}
    kind = sampling.kind_of(samples)[0] if is_named else CellKind.AUTO
    has_format = kind is CellKind.DATE  # dates of properties stay as the export has them
    return ColumnRule(
        column=column, target=target, name=name, kind=CellKind.AUTO if has_format else kind
    )

"""A request that arrived and its events as JSON, for scripts.

The members of an event are those of the stored record; it knows nothing of HTTP.
"""

from __future__ import annotations

import base64

from composer.core.jsontext import Number, Object, Value
from composer.services.ports import Arrival, ArrivedEvent, LostEvent
from composer.services.sandbox.arrivals.record import instant_text


def event_facts(event: ArrivedEvent) -> Object:
    """What is known of every event, also of one whose values are not in memory."""
    return Object(
        (
            ("uuid", event.uuid),
            ("event", event.name),
            ("distinct_id", event.distinct_id),
            ("timestamp", instant_text(event.timestamp)),
            ("token", event.token),
        )
    )


def request_record(arrival: Arrival) -> Object:
    """A request; its body as ``body`` if it is text, else as ``body_base64``.

    ``beyond`` counts the events that a very large request had over those that are listed.
    """
    return Object(
        (
            ("number", Number(str(arrival.number))),
            ("received_at", instant_text(arrival.received_at)),
            ("method", arrival.method),
            ("path", arrival.path),
            ("headers", _headers(arrival)),
            ("client", arrival.client),
            ("status", Number(str(arrival.status))),
            ("answer", arrival.answer),
            ("fault", arrival.fault),
            ("size", Number(str(arrival.body.size))),
            _body(arrival),
            ("events", tuple(event_facts(event) for event in arrival.events)),
            ("dropped", tuple(_lost(event) for event in arrival.dropped)),
            ("beyond", Number(str(arrival.beyond))),
        )
    )


def _headers(arrival: Arrival) -> Object:
    """Repeated ones are joined, as HTTP allows."""
    joined: dict[str, str] = {}
    for name, value in arrival.headers:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return Object(tuple(joined.items()))


def _body(arrival: Arrival) -> tuple[str, Value]:
    try:
        data = arrival.body.read()
    except OSError:
        return ("body", None)  # somebody has removed the file that it was in
    try:
        return ("body", data.decode())
    except UnicodeDecodeError:
        return ("body_base64", base64.b64encode(data).decode())


def _lost(event: LostEvent) -> Object:
    return Object(
        (
            ("uuid", event.uuid),
            ("event", event.name),
            ("distinct_id", event.distinct_id),
            ("reason", event.reason),
        )
    )

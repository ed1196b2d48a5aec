"""The tables of runs, their requests and their events. Knows SQL only."""

from __future__ import annotations

from composer.services.schema import Migration

STEPS = (
    Migration(
        version=1,
        sql="""
-- One sending of many events. What is waiting begins at the cursor: next_parcel, next_first.
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again
    began_at TEXT NOT NULL,                 -- UTC, ISO 8601 with milliseconds
    ended_at TEXT,
    state TEXT NOT NULL,
    trouble TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL,
    destination_id TEXT NOT NULL,
    destination_name TEXT NOT NULL,
    destination_address TEXT NOT NULL,
    destination TEXT NOT NULL,              -- JSON, as in the settings; the token stands here only
    options TEXT NOT NULL,                  -- JSON
    owner INTEGER,                          -- the slot of the process that is at it …
    owner_key TEXT NOT NULL DEFAULT '',     -- … and which holder of that slot
    next_parcel INTEGER NOT NULL DEFAULT 0,
    next_first INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,      -- in parcels
    set_aside INTEGER NOT NULL DEFAULT 0,
    sending INTEGER NOT NULL DEFAULT 0,     -- events in each of these states
    confirmed INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    uncertain INTEGER NOT NULL DEFAULT 0,
    requests INTEGER NOT NULL DEFAULT 0,    -- begun; those that were split do not count
    bytes INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Who holds a slot; the slot itself is a lock on a file.
CREATE TABLE holder (
    slot INTEGER PRIMARY KEY,
    key TEXT NOT NULL
) STRICT;

-- A block of events. The long parts stand last, so that nobody reads them who does not want them.
CREATE TABLE parcel (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,                -- from 0
    events INTEGER NOT NULL,
    first_number INTEGER NOT NULL,          -- numbers of its first and last event
    last_number INTEGER NOT NULL,
    offsets BLOB NOT NULL,                  -- 32 bits each: where each event begins, and the end
    numbers BLOB NOT NULL,                  -- 32 bits each
    source_rows BLOB NOT NULL,              -- 64 bits each
    body BLOB NOT NULL                      -- the events, with a comma between two
) STRICT;
CREATE UNIQUE INDEX parcel_place ON parcel (run, number);
CREATE INDEX parcel_numbers ON parcel (run, last_number);

CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    parcel INTEGER NOT NULL,                -- its number
    first INTEGER NOT NULL,
    events INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    state INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    status INTEGER,
    words TEXT NOT NULL DEFAULT '',
    milliseconds REAL NOT NULL DEFAULT 0,
    finished_at TEXT,
    sha256 BLOB,                            -- of the body before compression
    parent INTEGER                          -- the request for a part of which it stands
) STRICT;
CREATE INDEX request_place ON request (run, parcel, first);
CREATE INDEX request_run ON request (run);
CREATE INDEX request_open ON request (run, state) WHERE state IN (1, 3, 4);

-- The tries that were followed by another one.
CREATE TABLE try (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    request INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    status INTEGER,
    words TEXT NOT NULL,
    waits REAL NOT NULL
) STRICT;
CREATE INDEX try_request ON try (request);
CREATE INDEX try_run ON try (run);

CREATE TABLE sample (
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    second INTEGER NOT NULL,                -- of those in which somebody was at it
    events INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    median_ms REAL NOT NULL,
    slowest_ms REAL NOT NULL,
    PRIMARY KEY (run, second)
) STRICT, WITHOUT ROWID;

CREATE TABLE aside (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    reason TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX aside_place ON aside (run, number);
""",
    ),
)

OPEN = "state IN (1, 3, 4)"
"""To be said word for word where the index of requests that were not confirmed is of use."""

PROBES = (
    "SELECT id, next_parcel, uncertain FROM run ORDER BY id DESC LIMIT 1",
    "SELECT id, sha256 FROM request ORDER BY id DESC LIMIT 1",
    "SELECT id, last_number FROM parcel ORDER BY id DESC LIMIT 1",
    "SELECT count(*) FROM holder",
)
"""Cheap queries that a sound file answers."""

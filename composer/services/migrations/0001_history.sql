-- Every send. What the list shows stands in sends; the long parts stand in contents, so that
-- leafing through a hundred thousand rows reads none of them.

CREATE TABLE sends (
    id INTEGER PRIMARY KEY,
    slot INTEGER NOT NULL,                -- who sends: the instance's slot …
    run TEXT NOT NULL,                    -- … and which holder of that slot
    sent_at TEXT NOT NULL,                -- UTC, ISO 8601 with milliseconds
    event TEXT NOT NULL,
    person TEXT NOT NULL,
    events INTEGER NOT NULL,
    destination_id TEXT NOT NULL,
    destination_name TEXT NOT NULL,
    destination_kind TEXT NOT NULL,
    destination_address TEXT NOT NULL,
    destination_path TEXT NOT NULL,
    path TEXT NOT NULL,                   -- of the request itself
    size INTEGER NOT NULL,                -- of the request body, in bytes
    outcome TEXT                          -- NULL: under way
        CHECK (outcome IN ('accepted', 'rejected', 'unreachable', 'cancelled', 'interrupted')),
    cause TEXT NOT NULL DEFAULT '',       -- which kind of rejected or unreachable
    status INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    milliseconds REAL NOT NULL DEFAULT 0,
    detail TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX sends_under_way ON sends (slot, run) WHERE outcome IS NULL;

CREATE TABLE contents (
    send_id INTEGER PRIMARY KEY REFERENCES sends (id) ON DELETE CASCADE,
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    headers TEXT NOT NULL,                -- JSON: [["name", "value"], …]
    body BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    response_headers TEXT NOT NULL DEFAULT '[]',
    response_body BLOB NOT NULL DEFAULT x'',
    response_truncated INTEGER NOT NULL DEFAULT 0
) STRICT;

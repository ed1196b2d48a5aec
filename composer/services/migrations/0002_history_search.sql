-- Notes, tickets, pins and deleting with undo; what the search index follows; quick filters.
-- Only what is quick with a hundred thousand rows: the index, a file of its own, fills later.

ALTER TABLE sends ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE sends ADD COLUMN ticket TEXT NOT NULL DEFAULT '';
ALTER TABLE sends ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sends ADD COLUMN deleted_at TEXT;               -- UTC, ISO 8601; NULL: not deleted
ALTER TABLE sends ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;  -- of its last change of text

-- One row. Ids are never given again, not even those of sends that are gone.
CREATE TABLE counters (
    identity TEXT NOT NULL,             -- tells this history from any other
    last_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,          -- the highest one given
    purges INTEGER NOT NULL             -- how often sends were removed for good
) STRICT;

INSERT INTO counters
SELECT lower(hex(randomblob(16))), ifnull(max(id), 0), 0, 0 FROM sends;

CREATE INDEX sends_changed ON sends (revision) WHERE revision > 0;
CREATE INDEX sends_pinned ON sends (id) WHERE pinned;
CREATE INDEX sends_deleted ON sends (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX sends_by_event ON sends (event) WHERE deleted_at IS NULL;
CREATE INDEX sends_by_destination ON sends (destination_id) WHERE deleted_at IS NULL;
CREATE INDEX sends_by_outcome ON sends (outcome) WHERE deleted_at IS NULL;

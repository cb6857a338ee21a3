-- Addresses that are told what happens in a group.
CREATE TABLE webhooks (
    id         TEXT NOT NULL PRIMARY KEY,
    -- Rises: listed in the order in which they were added.
    ordinal    INTEGER NOT NULL CONSTRAINT webhooks_ordinal UNIQUE,
    group_id   TEXT NOT NULL REFERENCES groups (id),
    address    TEXT NOT NULL,
    wants      TEXT NOT NULL CHECK (wants IN ('everything', 'claims', 'notes', 'articles')),
    -- The key that messages are signed with, as base64 behind whsec_: owners copy it to whoever checks the signature.
    secret     TEXT NOT NULL,
    added_by   TEXT NOT NULL REFERENCES people (id),
    added_at   TEXT NOT NULL,
    removed_at TEXT,
    -- The number of the last event that it was told, or that is not for it.
    told       INTEGER NOT NULL,
    -- When a message was taken last.
    taken_at   TEXT,
    -- How often in a row the next message was not taken, and why the last time.
    failures   INTEGER NOT NULL DEFAULT 0,
    trouble    TEXT,
    -- Not before this; null when it was given up.
    due_at     TEXT
) STRICT;
CREATE UNIQUE INDEX webhooks_once ON webhooks (group_id, address) WHERE removed_at IS NULL;
CREATE INDEX webhooks_due ON webhooks (due_at) WHERE removed_at IS NULL AND due_at IS NOT NULL;

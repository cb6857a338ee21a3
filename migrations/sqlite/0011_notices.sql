-- What people are told because it concerns them: each row is an event and a person.
CREATE TABLE notices (
    -- Rises: the newest comes first on the page.
    ordinal  INTEGER PRIMARY KEY,
    person   TEXT NOT NULL REFERENCES people (id),
    group_id TEXT NOT NULL REFERENCES groups (id),
    -- The event's number in its group: who did it, when and in which article stands there.
    number   INTEGER NOT NULL,
    why      TEXT NOT NULL CHECK (why IN ('mentioned', 'answered', 'joined', 'noted', 'judged', 'edited', 'touched', 'came')),
    -- The note or the claim that it is about; at most one of both. Its words are read from its own row.
    note     TEXT REFERENCES notes (id),
    claim    TEXT REFERENCES claims (id),
    -- The highlight beside which it stands.
    highlight TEXT REFERENCES highlights (id),
    read_at  TEXT,
    CONSTRAINT notices_once UNIQUE (person, group_id, number),
    FOREIGN KEY (group_id, number) REFERENCES events (group_id, number),
    CHECK (note IS NULL OR claim IS NULL)
) STRICT;
CREATE INDEX notices_unread ON notices (person) WHERE read_at IS NULL;

-- What people are told outside of Postil's pages: by their feed reader, and by mail.

-- Addresses at which a feed reader asks what happens in a group. Each is one member's, and shows what they may see.
CREATE TABLE bulletins (
    person     TEXT NOT NULL REFERENCES people (id),
    group_id   TEXT NOT NULL REFERENCES groups (id),
    -- SHA-256 of what stands at the end of the address, in hexadecimal. The address itself is shown once and kept nowhere.
    token_hash TEXT NOT NULL CONSTRAINT bulletins_token_hash UNIQUE,
    made_at    TEXT NOT NULL,
    -- When its person left the group: it is over then, also when they come back. Null until then.
    ended_at   TEXT,
    PRIMARY KEY (person, group_id)
) STRICT;

-- Who is mailed what they have not seen, and how often. Who is mailed nothing has no row.
CREATE TABLE mailings (
    person TEXT NOT NULL PRIMARY KEY REFERENCES people (id),
    rhythm TEXT NOT NULL CHECK (rhythm IN ('hourly', 'daily')),
    -- When it is looked at next whether there is something to mail.
    due_at TEXT NOT NULL,
    -- The ordinal of the last notice that was mailed, or that was there when this was chosen: none is mailed twice.
    mailed INTEGER NOT NULL
) STRICT;
CREATE INDEX mailings_due ON mailings (due_at);

-- Links that end the mailing of their person at a click, and do nothing else. Each letter of notices has one of its own.
CREATE TABLE unsubscribe_links (
    -- SHA-256 of what stands at the end of its address, in hexadecimal.
    token_hash TEXT NOT NULL PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES people (id),
    -- After this it is worth nothing.
    ends_at    TEXT NOT NULL
) STRICT;
CREATE INDEX unsubscribe_links_of_person ON unsubscribe_links (person);

-- Where one ends what a letter belongs to (RFC 8058); null for a letter that belongs to nothing.
ALTER TABLE outbox ADD COLUMN unsubscribe TEXT;

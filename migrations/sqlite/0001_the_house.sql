-- The house: people, groups, articles, what is marked in them, sources, and what happened.
-- Ids are 22 characters of base64url. Instants are UTC, RFC 3339. Offsets are Unicode code points.
-- A highlight, note, claim or source that a person removes keeps its row, with the time in removed_at. An appearance or
-- an attribution that is taken back stays in the event that made it. So no note is ever lost.

-- An account.
CREATE TABLE people (
    id            TEXT NOT NULL PRIMARY KEY,
    -- What they are called, as they typed it.
    name          TEXT NOT NULL,
    -- The same in lower case, so that "Anna" and "anna" are one person.
    name_key      TEXT NOT NULL CONSTRAINT people_name_key UNIQUE,
    -- argon2id in PHC string form (RFC 9106), salt and cost included.
    password_hash TEXT NOT NULL,
    joined_at     TEXT NOT NULL
) STRICT;

-- A sign-in that lasts. The token itself is only in the browser's cookie.
CREATE TABLE sessions (
    -- SHA-256 of the token, in hexadecimal.
    token_hash TEXT NOT NULL PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    started_at TEXT NOT NULL,
    -- After this the token is worth nothing.
    ends_at    TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_of_person ON sessions (person);

-- People who work together. Everybody has a private group from the first day.
CREATE TABLE groups (
    id              TEXT NOT NULL PRIMARY KEY,
    name            TEXT NOT NULL,
    -- What each colour of highlight means here.
    yellow          TEXT NOT NULL,
    green           TEXT NOT NULL,
    blue            TEXT NOT NULL,
    rose            TEXT NOT NULL,
    -- The number of the group's last event. Taking the next one is what orders its actions.
    last_event      INTEGER NOT NULL
) STRICT;

-- Who is in a group, and as what.
CREATE TABLE memberships (
    group_id TEXT NOT NULL REFERENCES groups (id),
    person   TEXT NOT NULL REFERENCES people (id),
    -- reader, annotator, editor or owner; each may do all that the ones before it may.
    role     TEXT NOT NULL CHECK (role IN ('reader', 'annotator', 'editor', 'owner')),
    PRIMARY KEY (group_id, person)
) STRICT;
CREATE INDEX memberships_of_person ON memberships (person);

-- One text of the world, kept by a group.
CREATE TABLE articles (
    id         TEXT NOT NULL PRIMARY KEY,
    group_id   TEXT NOT NULL REFERENCES groups (id),
    title      TEXT NOT NULL,
    added_by   TEXT NOT NULL REFERENCES people (id),
    added_at   TEXT NOT NULL
) STRICT;
CREATE INDEX articles_of_group ON articles (group_id, added_at);

-- One immutable reading of an article.
CREATE TABLE revisions (
    id             TEXT NOT NULL PRIMARY KEY,
    article        TEXT NOT NULL REFERENCES articles (id),
    -- 1 for the first reading, then 2.
    number         INTEGER NOT NULL,
    -- The pieces, as JSON.
    blocks         TEXT NOT NULL,
    -- The canonical text made from them. Offsets count in this text, which never changes.
    canonical_text TEXT NOT NULL,
    -- How it was made.
    text_version   INTEGER NOT NULL,
    -- How many words it has.
    words          INTEGER NOT NULL,
    -- What was mended in how the words are shown, as JSON. It never changes the text.
    repairs        TEXT NOT NULL,
    -- What cannot be mended, as JSON.
    notices        TEXT NOT NULL,
    -- What was brought: text, html or markdown.
    form           TEXT NOT NULL,
    -- The file's name, when it was a file.
    file_name      TEXT,
    -- The untouched original bytes, gzip.
    original       BLOB NOT NULL,
    -- SHA-256 of the original bytes, in hexadecimal.
    sha256         TEXT NOT NULL,
    -- How many there were before gzip.
    bytes          INTEGER NOT NULL,
    taken_at       TEXT NOT NULL,
    CONSTRAINT revisions_number UNIQUE (article, number)
) STRICT;

-- What people think of a repair. Without a row, the repair stands.
CREATE TABLE reviews (
    revision TEXT NOT NULL REFERENCES revisions (id),
    -- The repair's number in the revision.
    repair   INTEGER NOT NULL,
    -- 1 when it was undone.
    undone   INTEGER NOT NULL CHECK (undone IN (0, 1)),
    by       TEXT NOT NULL REFERENCES people (id),
    at       TEXT NOT NULL,
    PRIMARY KEY (revision, repair)
) STRICT;

-- A range of an article in a colour that has a meaning.
CREATE TABLE highlights (
    id         TEXT NOT NULL PRIMARY KEY,
    article    TEXT NOT NULL REFERENCES articles (id),
    -- The reading it was made on; start_at and end_at count in its canonical text.
    revision   TEXT NOT NULL REFERENCES revisions (id),
    colour     TEXT NOT NULL CHECK (colour IN ('yellow', 'green', 'blue', 'rose')),
    start_at   INTEGER NOT NULL,
    end_at     INTEGER NOT NULL CHECK (end_at > start_at),
    -- The words, and what stands around them: W3C TextQuoteSelector.
    exact      TEXT NOT NULL,
    prefix     TEXT NOT NULL,
    suffix     TEXT NOT NULL,
    made_by    TEXT NOT NULL REFERENCES people (id),
    made_at    TEXT NOT NULL,
    removed_at TEXT
) STRICT;
CREATE INDEX highlights_of_article ON highlights (article, start_at);

-- Words about a highlight, an article or another note.
CREATE TABLE notes (
    id         TEXT NOT NULL PRIMARY KEY,
    article    TEXT NOT NULL REFERENCES articles (id),
    -- What it is about: highlight, article or note, and which.
    about      TEXT NOT NULL CHECK (about IN ('highlight', 'article', 'note')),
    about_id   TEXT NOT NULL,
    -- What they wrote, in Markdown.
    body       TEXT NOT NULL,
    -- The same as blocks, JSON: all that a page shows.
    blocks     TEXT NOT NULL,
    written_by TEXT NOT NULL REFERENCES people (id),
    written_at TEXT NOT NULL,
    edited_at  TEXT,
    removed_at TEXT
) STRICT;
CREATE INDEX notes_of_article ON notes (article, written_at);

-- A statement that somebody makes.
CREATE TABLE claims (
    id         TEXT NOT NULL PRIMARY KEY,
    group_id   TEXT NOT NULL REFERENCES groups (id),
    -- What is claimed, in neutral positive words.
    statement  TEXT NOT NULL,
    -- Who says it.
    claimant   TEXT,
    state      TEXT NOT NULL CHECK (state IN ('open', 'in_review', 'settled')),
    -- What was found, why, by whom and when: all of them or none (the reason may be missing).
    verdict    TEXT CHECK (verdict IN ('holds', 'holds_in_part', 'misleading', 'does_not_hold', 'unproven')),
    reason     TEXT,
    judged_by  TEXT REFERENCES people (id),
    judged_at  TEXT,
    made_by    TEXT NOT NULL REFERENCES people (id),
    made_at    TEXT NOT NULL,
    removed_at TEXT,
    CHECK ((verdict IS NULL) = (judged_by IS NULL) AND (verdict IS NULL) = (judged_at IS NULL))
) STRICT;
CREATE INDEX claims_of_group ON claims (group_id, made_at);

-- Where a claim stands.
CREATE TABLE appearances (
    -- Rises: appearances are listed in the order in which they were marked.
    ordinal   INTEGER PRIMARY KEY,
    claim     TEXT NOT NULL REFERENCES claims (id),
    -- A highlight is an appearance of one claim at most.
    highlight TEXT NOT NULL CONSTRAINT appearances_highlight UNIQUE REFERENCES highlights (id)
) STRICT;
CREATE INDEX appearances_of_claim ON appearances (claim);

-- An outlet, agency, institution or person, as one group knows it. Postil has no opinion on its credibility.
CREATE TABLE sources (
    id         TEXT NOT NULL PRIMARY KEY,
    group_id   TEXT NOT NULL REFERENCES groups (id),
    name       TEXT NOT NULL,
    -- Other names, each with how far it is trusted, as JSON.
    aliases    TEXT NOT NULL,
    -- Domains it publishes on, as JSON.
    domains    TEXT NOT NULL,
    -- ISO 3166-1 alpha-2.
    country    TEXT,
    -- ISO 639-1, as JSON.
    languages  TEXT NOT NULL,
    kind       TEXT NOT NULL,
    -- The company or body that owns it.
    owner      TEXT,
    removed_at TEXT
) STRICT;
CREATE INDEX sources_of_group ON sources (group_id, name);

-- Which source stands behind a claim, and how.
CREATE TABLE attributions (
    id        TEXT NOT NULL PRIMARY KEY,
    -- Rises: attributions are listed in the order in which they were named.
    ordinal   INTEGER NOT NULL,
    claim     TEXT NOT NULL REFERENCES claims (id),
    source    TEXT NOT NULL REFERENCES sources (id),
    stance    TEXT NOT NULL CHECK (stance IN ('originates', 'repeats', 'supports', 'disputes', 'gives_context')),
    -- A link or a highlight that shows it, as JSON.
    evidence  TEXT,
    added_by  TEXT NOT NULL REFERENCES people (id),
    added_at  TEXT NOT NULL,
    -- A source stands behind a claim in one way once.
    CONSTRAINT attributions_once UNIQUE (claim, source, stance)
) STRICT;
CREATE INDEX attributions_of_source ON attributions (source);

-- Answers to whether an article rests on a source.
CREATE TABLE tags (
    article     TEXT NOT NULL REFERENCES articles (id),
    source      TEXT NOT NULL REFERENCES sources (id),
    answer      TEXT NOT NULL CHECK (answer IN ('confirmed', 'rejected')),
    answered_by TEXT NOT NULL REFERENCES people (id),
    answered_at TEXT NOT NULL,
    PRIMARY KEY (article, source)
) STRICT;
CREATE INDEX tags_of_source ON tags (source);

-- What happened, numbered for each group.
CREATE TABLE events (
    group_id TEXT NOT NULL REFERENCES groups (id),
    -- 1, 2, 3 … without a gap.
    number   INTEGER NOT NULL,
    -- In which article, when it was in one.
    article  TEXT,
    by       TEXT NOT NULL REFERENCES people (id),
    at       TEXT NOT NULL,
    -- What changed, as JSON, with the thing as it was afterwards.
    change   TEXT NOT NULL,
    PRIMARY KEY (group_id, number)
) STRICT;

-- Who sees what: notes and highlights of one person alone, events about them, what is shown outside, and comments from there.

-- Who sees a note: me (who wrote it), group, or public (the article's public page too). A reply is seen by no more
-- people than what it answers.
ALTER TABLE notes ADD COLUMN visibility TEXT NOT NULL DEFAULT 'group' CHECK (visibility IN ('me', 'group', 'public'));
-- Who sees a highlight: me (who made it) or the group.
ALTER TABLE highlights ADD COLUMN visibility TEXT NOT NULL DEFAULT 'group' CHECK (visibility IN ('me', 'group'));
-- Notes that keep a highlight which was taken away, each for its author.
CREATE INDEX notes_for_oneself ON notes (about_id, written_by) WHERE visibility = 'me' AND removed_at IS NULL;
-- Whose an event is alone; null for one that the whole group sees.
ALTER TABLE events ADD COLUMN only_for TEXT REFERENCES people (id);

-- The public page of an article. A row stays when it is closed, so that what it did is known when it is opened again.
CREATE TABLE public_pages (
    article    TEXT NOT NULL PRIMARY KEY REFERENCES articles (id),
    -- What opens it, 256 random bits as base64url; null while it is closed. In the clear: editors copy the address from
    -- here as often as they like, and it opens no more than whoever reads this database has before them anyway.
    token      TEXT CONSTRAINT public_pages_token UNIQUE,
    -- 1 when search engines may list it.
    indexed    INTEGER NOT NULL CHECK (indexed IN (0, 1)),
    -- 1 when the bytes that were brought can be downloaded there.
    original   INTEGER NOT NULL CHECK (original IN (0, 1)),
    -- 1 when people from outside may write comments.
    comments   INTEGER NOT NULL CHECK (comments IN (0, 1)),
    -- Who changed any of this last, and when.
    changed_by TEXT NOT NULL REFERENCES people (id),
    changed_at TEXT NOT NULL
) STRICT;

-- What people from outside wrote under a public page.
CREATE TABLE comments (
    id         TEXT NOT NULL PRIMARY KEY,
    article    TEXT NOT NULL REFERENCES articles (id),
    -- What who wrote it calls themselves.
    name       TEXT NOT NULL,
    -- What they wrote: plain words.
    words      TEXT NOT NULL,
    came_at    TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'spam')),
    -- What the spam check found.
    found      TEXT NOT NULL CHECK (found IN ('unchecked', 'clean', 'suspect')),
    decided_by TEXT REFERENCES people (id),
    decided_at TEXT,
    -- The address it came from and what the browser called itself, for the spam check; null where there is none, and once
    -- it needs to know no more.
    address    TEXT,
    agent      TEXT,
    -- What the check has to be told of an editor's decision: spam or clean; null when it is to be asked, or nothing.
    report     TEXT CHECK (report IN ('spam', 'clean')),
    -- When the check is asked or told; null when it need not be.
    due_at     TEXT,
    -- How often it was out of reach.
    tries      INTEGER NOT NULL DEFAULT 0,
    CHECK ((decided_by IS NULL) = (decided_at IS NULL))
) STRICT;
CREATE INDEX comments_of_article ON comments (article, state, came_at);
CREATE INDEX comments_waiting ON comments (article) WHERE state = 'waiting';
CREATE INDEX comments_due ON comments (due_at) WHERE due_at IS NOT NULL;

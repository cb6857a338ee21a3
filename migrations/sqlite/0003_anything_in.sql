-- Anything in: where a text comes from, the pictures that stand in it, what is on its way, and feeds.

-- What a reading says of where it comes from, as JSON: address, canonical, byline, outlet, language, published, picture.
ALTER TABLE revisions ADD COLUMN imprint TEXT NOT NULL DEFAULT '{}';

-- The addresses under which an article is known. The same article under two addresses has two rows.
CREATE TABLE addresses (
    group_id TEXT NOT NULL REFERENCES groups (id),
    -- The address as it is compared: without what only tracks, AMP and mobile hosts folded.
    key      TEXT NOT NULL,
    article  TEXT NOT NULL REFERENCES articles (id),
    -- The address as it was first met.
    address  TEXT NOT NULL,
    -- 1 when only the page itself calls it its own (rel=canonical): pages err, so the text has to resemble as well.
    claimed  INTEGER NOT NULL CHECK (claimed IN (0, 1)),
    PRIMARY KEY (group_id, key)
) STRICT;
CREATE INDEX addresses_of_article ON addresses (article);

-- Pictures, each kept once however many articles show it.
CREATE TABLE pictures (
    -- SHA-256 of the bytes, in hexadecimal.
    digest TEXT NOT NULL PRIMARY KEY,
    -- jpeg, png, gif, webp or avif, as the bytes say.
    form   TEXT NOT NULL CHECK (form IN ('jpeg', 'png', 'gif', 'webp', 'avif')),
    bytes  BLOB NOT NULL
) STRICT;

-- Which pictures an article shows. Who may read the article may see them.
CREATE TABLE article_pictures (
    article TEXT NOT NULL REFERENCES articles (id),
    digest  TEXT NOT NULL REFERENCES pictures (digest),
    -- Where it was in the web; empty when it came with the text.
    address TEXT NOT NULL,
    PRIMARY KEY (article, digest, address)
) STRICT;

-- Pictures that are still to be fetched.
CREATE TABLE wanted_pictures (
    -- Rises: the oldest is fetched first.
    ordinal INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles (id),
    address TEXT NOT NULL,
    -- How often it was tried in vain.
    tries   INTEGER NOT NULL DEFAULT 0,
    -- Not before this.
    due_at  TEXT NOT NULL,
    CONSTRAINT wanted_pictures_once UNIQUE (article, address)
) STRICT;

-- Things on their way into the library.
CREATE TABLE arrivals (
    id         TEXT NOT NULL PRIMARY KEY,
    -- Rises: they are taken in the order in which they came.
    ordinal    INTEGER NOT NULL CONSTRAINT arrivals_ordinal UNIQUE,
    group_id   TEXT NOT NULL REFERENCES groups (id),
    kind       TEXT NOT NULL CHECK (kind IN ('link', 'file', 'clipping')),
    -- What it is called as long as its title is not known.
    label      TEXT NOT NULL,
    -- Where it is fetched from; null when it came whole.
    address    TEXT,
    -- A file's bytes or a clipping as JSON, gzip; null for a link, and once it has arrived.
    luggage    BLOB,
    brought_by TEXT NOT NULL REFERENCES people (id),
    brought_at TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'kept', 'revised', 'known', 'failed', 'cancelled')),
    -- The article that it became, or was already.
    article    TEXT REFERENCES articles (id),
    -- Why it could not be taken in.
    why        TEXT,
    -- Not before this; null for at once.
    due_at     TEXT,
    -- How often it was put off: the other server was busy.
    tries      INTEGER NOT NULL DEFAULT 0,
    -- When a person took it off the list.
    cleared_at TEXT,
    CHECK ((article IS NOT NULL) = (state IN ('kept', 'revised', 'known'))),
    CHECK ((why IS NOT NULL) = (state = 'failed'))
) STRICT;
CREATE INDEX arrivals_waiting ON arrivals (ordinal) WHERE state = 'waiting';
CREATE INDEX arrivals_of_group ON arrivals (group_id, ordinal);

-- Feeds that a group follows.
CREATE TABLE feeds (
    id            TEXT NOT NULL PRIMARY KEY,
    group_id      TEXT NOT NULL REFERENCES groups (id),
    address       TEXT NOT NULL,
    title         TEXT NOT NULL,
    -- The site that it belongs to.
    home          TEXT,
    followed_by   TEXT NOT NULL REFERENCES people (id),
    followed_at   TEXT NOT NULL,
    unfollowed_at TEXT,
    -- What the server said of the feed's state, to be told of changes only (RFC 9110, 8.8).
    etag          TEXT,
    last_modified TEXT,
    polled_at     TEXT,
    -- Not before this.
    next_poll_at  TEXT NOT NULL,
    -- How many looks in a row have failed, and why the last one did.
    failures      INTEGER NOT NULL DEFAULT 0,
    trouble       TEXT
) STRICT;
CREATE UNIQUE INDEX feeds_once ON feeds (group_id, address) WHERE unfollowed_at IS NULL;
CREATE INDEX feeds_due ON feeds (next_poll_at) WHERE unfollowed_at IS NULL;

-- What feeds offer.
CREATE TABLE entries (
    id         TEXT NOT NULL PRIMARY KEY,
    feed       TEXT NOT NULL REFERENCES feeds (id),
    -- How the feed names it, so that it comes once.
    guid       TEXT NOT NULL,
    address    TEXT NOT NULL,
    title      TEXT NOT NULL,
    byline     TEXT,
    summary    TEXT,
    published  TEXT,
    seen_at    TEXT NOT NULL,
    -- keep or drop; null as long as it waits.
    choice     TEXT CHECK (choice IN ('keep', 'drop')),
    chosen_by  TEXT REFERENCES people (id),
    chosen_at  TEXT,
    CONSTRAINT entries_once UNIQUE (feed, guid),
    CHECK ((choice IS NULL) = (chosen_by IS NULL) AND (choice IS NULL) = (chosen_at IS NULL))
) STRICT;
CREATE INDEX entries_waiting ON entries (feed, seen_at) WHERE choice IS NULL;

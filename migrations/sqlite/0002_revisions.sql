-- Notes that survive edits: an article gets newer readings, and its highlights are carried over to each.
-- Every highlight that was not removed has either its own range in the latest reading or a placement in it.

-- Who brought the reading. Every row has it: SQLite cannot add a column that names another table and is never null.
ALTER TABLE revisions ADD COLUMN brought_by TEXT REFERENCES people (id);
UPDATE revisions SET brought_by = (SELECT articles.added_by FROM articles WHERE articles.id = revisions.article);
-- How many words it has that the reading before it has not; null for the first reading, as are all that follow.
ALTER TABLE revisions ADD COLUMN words_added INTEGER;
-- How many words of the reading before it are gone.
ALTER TABLE revisions ADD COLUMN words_removed INTEGER;
-- How many highlights, when they were carried over, were the same words at the same place.
ALTER TABLE revisions ADD COLUMN carried_exact INTEGER;
-- How many were the same words elsewhere.
ALTER TABLE revisions ADD COLUMN carried_moved INTEGER;
-- How many were edited words.
ALTER TABLE revisions ADD COLUMN carried_changed INTEGER;
-- Of how many a person has to say where they are.
ALTER TABLE revisions ADD COLUMN carried_ambiguous INTEGER;
-- How many were gone.
ALTER TABLE revisions ADD COLUMN carried_gone INTEGER;

-- How a highlight stands in a reading other than the one that its selectors speak of.
CREATE TABLE placements (
    highlight  TEXT NOT NULL REFERENCES highlights (id),
    revision   TEXT NOT NULL REFERENCES revisions (id),
    standing   TEXT NOT NULL CHECK (standing IN ('exact', 'moved', 'changed', 'ambiguous', 'gone')),
    -- Where in the canonical text of that reading; null when there is no one place.
    start_at   INTEGER,
    end_at     INTEGER CHECK (end_at > start_at),
    -- How alike its words are to those that were marked, in thousandths; null unless they were edited.
    score      INTEGER CHECK (score BETWEEN 0 AND 1000),
    -- Where it could be, the likeliest first, as JSON; null unless a person has to choose.
    candidates TEXT,
    -- The words that stand at its place; null when there is no one place.
    words      TEXT,
    placed_at  TEXT NOT NULL,
    PRIMARY KEY (highlight, revision),
    CHECK ((start_at IS NULL) = (standing IN ('ambiguous', 'gone'))),
    CHECK ((start_at IS NULL) = (end_at IS NULL) AND (start_at IS NULL) = (words IS NULL)),
    CHECK ((score IS NOT NULL) = (standing = 'changed')),
    CHECK ((candidates IS NOT NULL) = (standing = 'ambiguous'))
) STRICT;
CREATE INDEX placements_of_revision ON placements (revision);

-- The ranges that a highlight had until a person gave it another. None is ever lost.
CREATE TABLE former_ranges (
    -- Rises: the oldest comes first.
    ordinal    INTEGER PRIMARY KEY,
    highlight  TEXT NOT NULL REFERENCES highlights (id),
    -- The reading in which start_at and end_at count.
    revision   TEXT NOT NULL REFERENCES revisions (id),
    start_at   INTEGER NOT NULL,
    end_at     INTEGER NOT NULL CHECK (end_at > start_at),
    -- The words, and what stood around them: W3C TextQuoteSelector.
    exact      TEXT NOT NULL,
    prefix     TEXT NOT NULL,
    suffix     TEXT NOT NULL,
    -- Who gave the highlight another range.
    changed_by TEXT NOT NULL REFERENCES people (id),
    changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX former_ranges_of_highlight ON former_ranges (highlight);

-- The claims whose words a reading edited or took out.
CREATE TABLE touched_claims (
    -- Rises: listed in the order of the text that was before.
    ordinal   INTEGER PRIMARY KEY,
    revision  TEXT NOT NULL REFERENCES revisions (id),
    claim     TEXT NOT NULL REFERENCES claims (id),
    -- Which of its appearances.
    highlight TEXT NOT NULL REFERENCES highlights (id),
    -- What it said when its words were changed.
    statement TEXT NOT NULL,
    -- The words in the reading before.
    before    TEXT NOT NULL,
    -- What became of them; null when they are gone, or when a person has to say where they are.
    now       TEXT,
    CONSTRAINT touched_claims_once UNIQUE (revision, highlight)
) STRICT;
CREATE INDEX touched_claims_of_highlight ON touched_claims (highlight);

-- Where people had got to in articles.
CREATE TABLE bookmarks (
    person   TEXT NOT NULL REFERENCES people (id),
    article  TEXT NOT NULL REFERENCES articles (id),
    -- The reading that was shown.
    revision TEXT NOT NULL REFERENCES revisions (id),
    -- The first code point of its canonical text that was in view; its length when all of it was read.
    place    INTEGER NOT NULL CHECK (place >= 0),
    -- In parts of a hundred.
    share    INTEGER NOT NULL CHECK (share BETWEEN 0 AND 100),
    left_at  TEXT NOT NULL,
    PRIMARY KEY (person, article)
) STRICT;

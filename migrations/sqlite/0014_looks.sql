-- How people want the pages to look. Who has not chosen anything has no row.
CREATE TABLE looks (
    person  TEXT PRIMARY KEY REFERENCES people (id),
    -- The typeface of articles.
    face    TEXT NOT NULL CHECK (face IN ('book', 'plain', 'own')),
    -- How large they are set.
    size    TEXT NOT NULL CHECK (size IN ('small', 'medium', 'large', 'larger', 'largest')),
    -- How long their lines are.
    measure TEXT NOT NULL CHECK (measure IN ('narrow', 'medium', 'wide')),
    -- How far apart the lines are.
    leading TEXT NOT NULL CHECK (leading IN ('close', 'medium', 'open')),
    -- Where the lines end.
    setting TEXT NOT NULL CHECK (setting IN ('ragged', 'justified')),
    -- Ink and paper of all pages.
    light   TEXT NOT NULL CHECK (light IN ('system', 'light', 'sepia', 'dark', 'contrast'))
) STRICT;

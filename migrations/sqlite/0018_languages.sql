-- In which language people want Postil to speak to them. Who has not chosen one has no row, and is spoken to as their browser asks.
CREATE TABLE languages (
    person   TEXT PRIMARY KEY REFERENCES people (id),
    -- A tag of BCP 47.
    language TEXT NOT NULL CHECK (language IN ('en', 'lv', 'uk'))
) STRICT;

-- Browsers in which somebody has signed in before: what a stranger guesses does not keep them out.
CREATE TABLE known_browsers (
    -- SHA-256 of the token in the browser's cookie, in hexadecimal.
    token_hash TEXT NOT NULL,
    person     TEXT NOT NULL REFERENCES people (id),
    -- When they signed in there last.
    used_at    TEXT NOT NULL,
    PRIMARY KEY (token_hash, person)
) STRICT;
CREATE INDEX known_browsers_person ON known_browsers (person);

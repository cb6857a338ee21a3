-- Passkeys (Web Authentication): keys on people's devices that sign them in. Only what checks a signature is kept here.
CREATE TABLE passkeys (
    id              TEXT NOT NULL PRIMARY KEY,
    person          TEXT NOT NULL REFERENCES people (id),
    -- SHA-256 of the credential's id, in hexadecimal: by it a browser's answer finds its row.
    credential_hash TEXT NOT NULL CONSTRAINT passkeys_credential_hash UNIQUE,
    -- As JSON, in the shape of webauthn-rs: the credential's id, its public key, how often it was used as far as its device counts.
    credential      TEXT NOT NULL,
    -- What its person calls it.
    name            TEXT NOT NULL,
    added_at        TEXT NOT NULL,
    -- When it was used last; null until then.
    used_at         TEXT
) STRICT;
CREATE INDEX passkeys_of_person ON passkeys (person);

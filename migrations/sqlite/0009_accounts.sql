-- What belongs to an account beside its password.

-- Tokens with which programs act for a person. The token itself is shown once and kept nowhere.
CREATE TABLE api_tokens (
    id          TEXT NOT NULL PRIMARY KEY,
    -- SHA-256 of the token, in hexadecimal.
    token_hash  TEXT NOT NULL CONSTRAINT api_tokens_token_hash UNIQUE,
    person      TEXT NOT NULL REFERENCES people (id),
    -- What its person calls it.
    name        TEXT NOT NULL,
    -- read, or write: all that the person may, save what concerns the account.
    scope       TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    -- How it begins, by which its person knows it again.
    starts_with TEXT NOT NULL,
    made_at     TEXT NOT NULL,
    -- After this it is worth nothing; null for one that does not end by itself.
    ends_at     TEXT,
    -- When it was used last, kept at most once an hour; null until then.
    used_at     TEXT
) STRICT;
CREATE INDEX api_tokens_of_person ON api_tokens (person);

-- 1 for whoever looks after this Postil: at first who made it. It gives no right in any group.
ALTER TABLE people ADD COLUMN administrator INTEGER NOT NULL DEFAULT 0 CHECK (administrator IN (0, 1));
UPDATE people SET administrator = 1
WHERE rowid = (SELECT first.rowid FROM people AS first ORDER BY first.joined_at, first.rowid LIMIT 1);
-- Since when nobody signs in to the account; null for one in use.
ALTER TABLE people ADD COLUMN disabled_at TEXT;
-- When the person deleted the account. The row stays without a name, for what they wrote with others names it.
ALTER TABLE people ADD COLUMN left_at TEXT;

-- Links by which people choose another password. The link itself is shown or sent once and kept nowhere.
CREATE TABLE reset_links (
    -- SHA-256 of what stands at the end of its address, in hexadecimal.
    token_hash TEXT NOT NULL PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES people (id),
    -- After this it is worth nothing. Using one takes away all that there are for its person.
    ends_at    TEXT NOT NULL
) STRICT;
CREATE INDEX reset_links_of_person ON reset_links (person);

-- Where a person has shown that mail reaches them; null when they have not.
ALTER TABLE people ADD COLUMN mail TEXT;

-- Addresses that are still to be confirmed. The link itself is only in the mail.
CREATE TABLE mail_confirmations (
    -- SHA-256 of what stands at the end of the link, in hexadecimal.
    token_hash TEXT NOT NULL PRIMARY KEY,
    -- A person waits for one address at a time.
    person     TEXT NOT NULL CONSTRAINT mail_confirmations_person UNIQUE REFERENCES people (id),
    address    TEXT NOT NULL,
    -- After this the link is worth nothing.
    ends_at    TEXT NOT NULL
) STRICT;

-- Letters on their way. A letter is gone from here once the mail server has taken it.
CREATE TABLE outbox (
    -- Rises: the oldest is sent first.
    ordinal    INTEGER PRIMARY KEY,
    -- Whom it concerns: it goes with their account.
    person     TEXT NOT NULL REFERENCES people (id),
    address    TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    -- Its name in the world (RFC 5322, 3.6.4), the same at each try: so one that is sent twice can be told from two.
    message_id TEXT NOT NULL,
    written_at TEXT NOT NULL,
    -- Not before this.
    due_at     TEXT NOT NULL,
    -- How often it was tried in vain.
    tries      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at);

-- The second step of a sign-in: codes that an app makes of a secret (RFC 6238).
CREATE TABLE second_steps (
    person       TEXT NOT NULL PRIMARY KEY REFERENCES people (id),
    -- The secret, sealed with the key that lies beside the database: a copy of the database alone makes no codes.
    sealed       BLOB NOT NULL,
    -- When its person has shown that their app makes codes of it; null until then, and not asked for.
    confirmed_at TEXT,
    -- The 30 seconds, counted from 1970, of the last code that was taken: no code is taken twice.
    last_step    INTEGER
) STRICT;

-- Codes for who has lost their app. Each is gone once it is used.
CREATE TABLE recovery_codes (
    person    TEXT NOT NULL REFERENCES people (id),
    -- SHA-256 of the code, in hexadecimal.
    code_hash TEXT NOT NULL,
    PRIMARY KEY (person, code_hash)
) STRICT;

-- Sign-ins whose password was right and whose code is still to come.
CREATE TABLE pending_sign_ins (
    -- SHA-256 of the token in the browser's cookie, in hexadecimal.
    token_hash TEXT NOT NULL PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES people (id),
    -- After this the password is asked for again.
    ends_at    TEXT NOT NULL
) STRICT;
CREATE INDEX pending_sign_ins_of_person ON pending_sign_ins (person);

-- Who people are at the team's own sign-in (OpenID Connect).
CREATE TABLE identities (
    -- Who says so.
    issuer    TEXT NOT NULL,
    -- What tells a person from all others there, for ever.
    subject   TEXT NOT NULL,
    person    TEXT NOT NULL REFERENCES people (id),
    -- What they are called there, as of the day they were linked.
    called    TEXT NOT NULL,
    linked_at TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT;
CREATE INDEX identities_of_person ON identities (person);

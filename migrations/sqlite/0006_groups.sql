-- Several groups for a person, those who have left them, and links that let people in.

-- The group that a person works in, for each sign-in; none until they choose: then it is the first that they joined.
ALTER TABLE sessions ADD COLUMN group_id TEXT REFERENCES groups (id);

-- Whose private group this is; none for the groups that people made. They always stay an owner of it.
ALTER TABLE groups ADD COLUMN private_of TEXT REFERENCES people (id);
-- Until now a group was always somebody's private one, and its first owner was the one it was made for.
UPDATE groups SET private_of = (
    SELECT person FROM memberships
    WHERE memberships.group_id = groups.id AND memberships.role = 'owner' ORDER BY memberships.rowid LIMIT 1
);

-- Since when they are in it. Until now everybody was taken in when their account was made.
ALTER TABLE memberships ADD COLUMN joined_at TEXT NOT NULL DEFAULT '';
UPDATE memberships SET joined_at = (SELECT people.joined_at FROM people WHERE people.id = memberships.person);
-- When they last chose to work in it: a new sign-in begins where the latest choice was.
ALTER TABLE memberships ADD COLUMN entered_at TEXT;

-- Those who were in a group once: what they wrote stays there, with their name.
CREATE TABLE former_members (
    group_id   TEXT NOT NULL REFERENCES groups (id),
    person     TEXT NOT NULL REFERENCES people (id),
    left_at    TEXT NOT NULL,
    -- The owner who removed them; none when they left by themselves. A link that was made before does not let them in again.
    removed_by TEXT REFERENCES people (id),
    PRIMARY KEY (group_id, person)
) STRICT;

-- A link that lets people into a group.
CREATE TABLE invitations (
    id         TEXT NOT NULL PRIMARY KEY,
    group_id   TEXT NOT NULL REFERENCES groups (id),
    -- SHA-256 of the token in the link, in hexadecimal. The token itself is told once and not kept.
    token_hash TEXT NOT NULL CONSTRAINT invitations_token UNIQUE,
    -- What it makes of those who come by it. Nobody becomes an owner by a link.
    role       TEXT NOT NULL CHECK (role IN ('reader', 'annotator', 'editor')),
    -- How many may come by it.
    uses       INTEGER NOT NULL CHECK (uses > 0),
    -- The owner who made it: it lets people in only while they are one.
    made_by    TEXT NOT NULL REFERENCES people (id),
    made_at    TEXT NOT NULL,
    -- From then on it lets nobody in.
    ends_at    TEXT NOT NULL,
    -- When an owner took it back.
    revoked_at TEXT
) STRICT;
CREATE INDEX invitations_of_group ON invitations (group_id, made_at);

-- Who came by which link, or was given a higher role by it.
CREATE TABLE invitation_uses (
    invitation TEXT NOT NULL REFERENCES invitations (id),
    person     TEXT NOT NULL REFERENCES people (id),
    used_at    TEXT NOT NULL
) STRICT;
CREATE INDEX invitation_uses_of_invitation ON invitation_uses (invitation);

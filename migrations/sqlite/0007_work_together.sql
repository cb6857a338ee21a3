-- People who work on the same things: nothing is overwritten unseen, threads are settled, and what was done can be undone.

-- Who set each field of the claim since it was made, when, and with which event: an object with statement, claimant and
-- judgement (state, verdict and reason are one field), as JSON. A field that is missing is as it was made.
ALTER TABLE claims ADD COLUMN edits TEXT NOT NULL DEFAULT '{}';
-- The same for how the source stands to the claim; null when it is as it was named.
ALTER TABLE attributions ADD COLUMN edit TEXT;
-- The same for the words of the note; null when they are as they were written.
ALTER TABLE notes ADD COLUMN edit TEXT;

-- The same for who settled the thread that this note begins; null while it is open, and always of a reply.
ALTER TABLE notes ADD COLUMN resolved TEXT;
-- The people whom its words name with an @, as JSON, each once.
ALTER TABLE notes ADD COLUMN mentions TEXT NOT NULL DEFAULT '[]';

-- What people say to a note with one word.
CREATE TABLE reactions (
    -- Rises: listed in the order in which they were given.
    ordinal  INTEGER PRIMARY KEY,
    note     TEXT NOT NULL REFERENCES notes (id),
    person   TEXT NOT NULL REFERENCES people (id),
    reaction TEXT NOT NULL CHECK (reaction IN ('agree', 'thanks', 'question', 'look_at')),
    given_at TEXT NOT NULL,
    -- One of each for a person.
    CONSTRAINT reactions_once UNIQUE (note, person, reaction)
) STRICT;

-- Which kind of change it was: the word that its JSON begins with.
ALTER TABLE events ADD COLUMN kind TEXT NOT NULL DEFAULT '';
UPDATE events SET kind = (SELECT key FROM json_each(events.change));
-- The number of the event that it undoes.
ALTER TABLE events ADD COLUMN undoes INTEGER;
CREATE INDEX events_of_person ON events (group_id, by, number);
CREATE INDEX events_undoing ON events (group_id, undoes) WHERE undoes IS NOT NULL;

-- What each event is about: the history of a highlight, a note, a claim or a source is the events that name it here.
CREATE TABLE event_things (
    group_id TEXT NOT NULL REFERENCES groups (id),
    -- The id of the thing.
    thing    TEXT NOT NULL,
    -- The event's number in its group.
    number   INTEGER NOT NULL,
    PRIMARY KEY (group_id, thing, number)
) STRICT, WITHOUT ROWID;
INSERT INTO event_things (group_id, thing, number)
    SELECT group_id, COALESCE(json_extract(change, '$.' || kind || '.id'), json_extract(change, '$.' || kind)), number
    FROM events
    WHERE kind IN ('highlight_made', 'highlight_recoloured', 'highlight_moved', 'highlight_removed', 'note_written',
                   'note_edited', 'note_removed', 'claim_changed', 'claim_removed', 'source_kept', 'source_removed');
INSERT INTO event_things (group_id, thing, number)
    SELECT group_id, json_extract(change, '$.' || kind || '.claim.id'), number
    FROM events WHERE kind IN ('claim_made', 'claim_appeared');
INSERT INTO event_things (group_id, thing, number)
    SELECT group_id, json_extract(change, '$.' || kind || '.highlight.id'), number
    FROM events WHERE kind IN ('claim_made', 'claim_appeared');
INSERT INTO event_things (group_id, thing, number)
    SELECT events.group_id, json_extract(brought.value, '$.id'), events.number
    FROM events, json_each(events.change, '$.clippings_brought.highlights') AS brought
    WHERE events.kind = 'clippings_brought';
INSERT INTO event_things (group_id, thing, number)
    SELECT events.group_id, json_extract(brought.value, '$.id'), events.number
    FROM events, json_each(events.change, '$.clippings_brought.notes') AS brought
    WHERE events.kind = 'clippings_brought';

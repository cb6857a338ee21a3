-- Who sees what: notes and highlights of one person alone, and events about them.

-- Who sees a note: me (who wrote it), group, or public (the article's public page too). A reply is seen by no more
-- people than what it answers.
ALTER TABLE notes ADD COLUMN visibility TEXT NOT NULL DEFAULT 'group' CHECK (visibility IN ('me', 'group', 'public'));
-- Who sees a highlight: me (who made it) or the group.
ALTER TABLE highlights ADD COLUMN visibility TEXT NOT NULL DEFAULT 'group' CHECK (visibility IN ('me', 'group'));
-- Notes that keep a highlight which was taken away, each for its author.
CREATE INDEX notes_for_oneself ON notes (about_id, written_by) WHERE visibility = 'me' AND removed_at IS NULL;
-- Whose an event is alone; null for one that the whole group sees.
ALTER TABLE events ADD COLUMN only_for TEXT REFERENCES people (id);

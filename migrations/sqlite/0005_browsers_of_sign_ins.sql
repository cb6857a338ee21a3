-- What the browser of a sign-in called itself, in words, so that people know it in the list of where they are signed in.
ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';

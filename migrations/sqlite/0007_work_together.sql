-- People who work on the same things: nothing is overwritten unseen, threads are settled, and what was done can be undone.

-- Who set each field of the claim since it was made, when, and with which event: an object with statement, claimant and
-- judgement (state, verdict and reason are one field), as JSON. A field that is missing is as it was made.
ALTER TABLE claims ADD COLUMN edits TEXT NOT NULL DEFAULT '{}';
-- The same for how the source stands to the claim; null when it is as it was named.
ALTER TABLE attributions ADD COLUMN edit TEXT;
-- The same for the words of the note; null when they are as they were written.
ALTER TABLE notes ADD COLUMN edit TEXT;

-- The ordinals of the notices that a letter tells of, as a JSON array: its words are written when it leaves, of what its
-- person may see then. Null for a letter whose words stand in its row.
ALTER TABLE outbox ADD COLUMN notices TEXT;

-- What requests that were done called themselves (`Idempotency-Key`): a repeat is answered with the event that the first
-- one made, and makes no other.
CREATE TABLE request_keys (
    person     TEXT NOT NULL REFERENCES people (id),
    -- As the program or the browser of that person made it up.
    key        TEXT NOT NULL,
    -- SHA-256 of the method, the address and the body, in hexadecimal: another request under this key is no repeat.
    asked_hash TEXT NOT NULL,
    group_id   TEXT NOT NULL,
    -- The event that it made, in the same transaction.
    number     INTEGER NOT NULL,
    -- Some weeks later it is forgotten.
    done_at    TEXT NOT NULL,
    PRIMARY KEY (person, key),
    FOREIGN KEY (group_id, number) REFERENCES events (group_id, number)
) STRICT;
CREATE INDEX request_keys_done_at ON request_keys (done_at);
CREATE INDEX request_keys_of_event ON request_keys (group_id, number);

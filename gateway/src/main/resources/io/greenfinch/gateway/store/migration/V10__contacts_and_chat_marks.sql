-- What the devices of an account know in common (specification §23): who is in its address book, and which chats are
-- archived, pinned, muted. Times are in milliseconds since the epoch; a chat that is muted for ever has -1.
CREATE TABLE contact (
    instance BIGINT NOT NULL,
    person VARCHAR(255) NOT NULL,
    other_name VARCHAR(255),
    names_sealed BYTEA NOT NULL,
    PRIMARY KEY (instance, person)
);

CREATE INDEX contact_other_name ON contact (instance, other_name);

CREATE TABLE chat_mark (
    instance BIGINT NOT NULL,
    chat VARCHAR(255) NOT NULL,
    archived BIGINT NOT NULL,
    pinned BIGINT NOT NULL,
    muted_until BIGINT NOT NULL,
    PRIMARY KEY (instance, chat)
);

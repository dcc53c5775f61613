-- What the journals tell (green-api.md §7): messages of all chats. An id is unique in its chat and for its sender.
CREATE TABLE message (
    instance BIGINT NOT NULL,
    id VARCHAR(128) NOT NULL,
    chat VARCHAR(128) NOT NULL,
    sender VARCHAR(128) NOT NULL,
    number BIGINT NOT NULL,
    outgoing INTEGER NOT NULL,
    type VARCHAR(64) NOT NULL,
    body_sealed BYTEA NOT NULL,
    status VARCHAR(16),
    at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (instance, id, chat, sender)
);

-- Numbered in the order in which they came, so that their count is bounded by a difference of two.
CREATE UNIQUE INDEX message_number ON message (instance, number);

CREATE INDEX message_chat ON message (instance, chat, at, number);

CREATE INDEX message_direction ON message (instance, outgoing, at, number);

CREATE INDEX message_created ON message (created_at);

-- Messages that callers gave us and WhatsApp has not accepted yet, in their order (green-api.md §1.6).
CREATE TABLE send_queue (
    instance BIGINT NOT NULL,
    number BIGINT NOT NULL,
    message_id VARCHAR(128) NOT NULL,
    chat VARCHAR(128) NOT NULL,
    type VARCHAR(32) NOT NULL,
    body_sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (instance, message_id)
);

CREATE UNIQUE INDEX send_queue_number ON send_queue (instance, number);

CREATE INDEX send_queue_created ON send_queue (created_at);

-- Calls that have ended, as the journals tell them (green-api.md §7.5). A caller's device makes the id up.
CREATE TABLE phone_call (
    instance BIGINT NOT NULL,
    id VARCHAR(128) NOT NULL,
    chat VARCHAR(128) NOT NULL,
    number BIGINT NOT NULL,
    outgoing INTEGER NOT NULL,
    video INTEGER NOT NULL,
    in_group INTEGER NOT NULL,
    status VARCHAR(16) NOT NULL,
    seconds BIGINT NOT NULL,
    at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (instance, id, chat)
);

-- Numbered in the order in which they came, so that their count is bounded by a difference of two.
CREATE UNIQUE INDEX phone_call_number ON phone_call (instance, number);

CREATE INDEX phone_call_direction ON phone_call (instance, outgoing, at, number);

CREATE INDEX phone_call_created ON phone_call (created_at);

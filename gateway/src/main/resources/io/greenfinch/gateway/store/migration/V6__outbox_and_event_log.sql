-- Notifications that nobody has taken yet, in the order of their receipts (green-api.md §1.7). The event id comes from
-- the cause: the same cause can't be told of twice.
CREATE TABLE outbox (
    instance BIGINT NOT NULL,
    event_id VARCHAR(64) NOT NULL,
    receipt BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (instance, event_id)
);

CREATE UNIQUE INDEX outbox_receipt ON outbox (instance, receipt);

CREATE INDEX outbox_created ON outbox (created_at);

-- What an instance's outbox holds, in notifications and in bytes, and the last receipt given out; none is used again.
CREATE TABLE outbox_tally (
    instance BIGINT NOT NULL PRIMARY KEY,
    last_receipt BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    weight BIGINT NOT NULL,
    cleared_at BIGINT
);

-- A notification that its webhook did not take at the first attempt: at most one of an instance.
CREATE TABLE webhook_delivery (
    instance BIGINT NOT NULL PRIMARY KEY,
    receipt BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    error VARCHAR(255) NOT NULL,
    next_at BIGINT NOT NULL
);

-- What happened, for streams. Positions only ever grow, by what each entry weighs in bytes: a bound is a difference of two.
CREATE TABLE event_log (
    instance BIGINT NOT NULL,
    event_id VARCHAR(64) NOT NULL,
    position BIGINT NOT NULL,
    kind VARCHAR(32) NOT NULL,
    body_sealed BYTEA NOT NULL,
    at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (instance, event_id)
);

CREATE UNIQUE INDEX event_log_position ON event_log (instance, position);

CREATE INDEX event_log_created ON event_log (created_at);

-- The position of an instance's last entry, also when that is gone.
CREATE TABLE event_log_end (
    instance BIGINT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL
);

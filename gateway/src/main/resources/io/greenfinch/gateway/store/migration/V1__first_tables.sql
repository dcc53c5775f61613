-- Times are milliseconds since 1970. What ends in _sealed is closed under the master key.

CREATE TABLE seal_check (
    id BIGINT NOT NULL PRIMARY KEY,
    sealed BYTEA NOT NULL
);

-- The last number given out per kind of thing; numbers are never used again.
CREATE TABLE sequence (
    name VARCHAR(32) NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE instance (
    id BIGINT NOT NULL PRIMARY KEY,
    name VARCHAR(255) NOT NULL,
    token_fingerprint BYTEA NOT NULL,
    token_sealed BYTEA NOT NULL,
    settings_sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT
);

CREATE TABLE session_owner (
    instance BIGINT NOT NULL PRIMARY KEY,
    epoch BIGINT NOT NULL
);

CREATE TABLE session_state (
    instance BIGINT NOT NULL,
    kind VARCHAR(32) NOT NULL,
    name VARCHAR(255) NOT NULL,
    value BYTEA NOT NULL,
    PRIMARY KEY (instance, kind, name)
);

-- Answers kept for callers that repeat a request under the same Idempotency-Key.
CREATE TABLE kept_answer (
    instance BIGINT NOT NULL,
    method VARCHAR(64) NOT NULL,
    idempotency_key VARCHAR(255) NOT NULL,
    request_digest BYTEA NOT NULL,
    status INTEGER NOT NULL,
    reason VARCHAR(64),
    body_sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (instance, method, idempotency_key)
);

CREATE INDEX kept_answer_created ON kept_answer (created_at);

-- What getStateInstanceHistory tells: each change of an instance's state, numbered from 1 per instance.
CREATE TABLE state_history (
    instance BIGINT NOT NULL,
    number BIGINT NOT NULL,
    state VARCHAR(32) NOT NULL,
    phone_sealed BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (instance, number)
);

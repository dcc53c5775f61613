-- Who has got, and seen, a status update of ours (green-api.md §13).
CREATE TABLE status_receipt (
    instance BIGINT NOT NULL,
    id VARCHAR(128) NOT NULL,
    person VARCHAR(128) NOT NULL,
    status VARCHAR(16) NOT NULL,
    at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (instance, id, person)
);

CREATE INDEX status_receipt_created ON status_receipt (created_at);

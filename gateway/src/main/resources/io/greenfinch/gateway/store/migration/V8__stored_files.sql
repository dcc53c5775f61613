-- Files under links of ours (green-api.md §5.3, §6.4): those that callers gave us, and those that messages tell of and that
-- are fetched when somebody asks for them. The size is -1 as long as a file is not here.
CREATE TABLE stored_file (
    id VARCHAR(32) NOT NULL PRIMARY KEY,
    instance BIGINT NOT NULL,
    description_sealed BYTEA NOT NULL,
    size BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX stored_file_instance ON stored_file (instance);

CREATE INDEX stored_file_created ON stored_file (created_at);

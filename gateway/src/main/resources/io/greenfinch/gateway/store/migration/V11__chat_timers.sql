-- After how many seconds messages of a person's chat disappear, and since when that is so, in milliseconds since the epoch.
CREATE TABLE chat_timer (
    instance BIGINT NOT NULL,
    chat VARCHAR(255) NOT NULL,
    seconds BIGINT NOT NULL,
    set_at BIGINT NOT NULL,
    PRIMARY KEY (instance, chat)
);

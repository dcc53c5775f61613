-- What the phone tells of the time before it was linked (getChats, getChatHistory, getWaSettings).

-- 1 where a message was told by the phone and did not come in; such a message is numbered before all others, from the last down.
ALTER TABLE message ADD COLUMN past INTEGER NOT NULL DEFAULT 0;

-- What chats are called: what people chose for themselves, else what the phone calls them.
CREATE TABLE chat_name (
    instance BIGINT NOT NULL,
    chat VARCHAR(128) NOT NULL,
    chosen INTEGER NOT NULL,
    name_sealed BYTEA NOT NULL,
    PRIMARY KEY (instance, chat)
);

CREATE TABLE history_progress (
    instance BIGINT NOT NULL PRIMARY KEY,
    percent INTEGER NOT NULL
);

-- Accounts that were linked before have no history to come.
INSERT INTO history_progress (instance, percent)
SELECT DISTINCT instance, 100 FROM session_state WHERE kind = 'credentials';

-- Of which total the instance has been told that it is used up; -1 for none.
ALTER TABLE quota_use ADD COLUMN told_total BIGINT NOT NULL DEFAULT -1;

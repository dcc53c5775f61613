-- An answer is kept for one link of its instance: how many links there were before tells them apart.
ALTER TABLE instance ADD COLUMN link BIGINT NOT NULL DEFAULT 0;

ALTER TABLE kept_answer ADD COLUMN link BIGINT NOT NULL DEFAULT 0;

-- Answers of an instance are numbered, so that their count is bounded by a difference of two.
ALTER TABLE kept_answer ADD COLUMN number BIGINT NOT NULL DEFAULT 0;

CREATE INDEX kept_answer_number ON kept_answer (instance, number);

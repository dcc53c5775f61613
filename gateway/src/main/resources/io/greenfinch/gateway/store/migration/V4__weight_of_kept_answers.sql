-- What the answers of an instance weigh together up to and with this one, in bytes: the bound is a difference of two.
ALTER TABLE kept_answer ADD COLUMN total BIGINT NOT NULL DEFAULT 0;

CREATE INDEX kept_answer_total ON kept_answer (instance, total);

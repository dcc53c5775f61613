-- How often an instance has called a method that has a quota, per month: years times twelve and the month, from 0.
CREATE TABLE quota_use (
    instance BIGINT NOT NULL,
    method VARCHAR(64) NOT NULL,
    month BIGINT NOT NULL,
    used BIGINT NOT NULL,
    PRIMARY KEY (instance, method, month)
);

CREATE INDEX quota_use_month ON quota_use (month);

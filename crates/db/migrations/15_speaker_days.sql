-- When loudspeakers were there: how many quarters of an hour of a day, in Vietnam, each of them asked
-- something in. 96 of them are a whole day.

CREATE TABLE speaker_days (
    speaker_id  BIGINT NOT NULL REFERENCES speakers (id),
    day         TEXT NOT NULL,         -- 2026-11-26
    quarters    BIGINT NOT NULL CHECK (quarters BETWEEN 1 AND 96),
    PRIMARY KEY (speaker_id, day)
);

-- Weekly patterns: slots are made from them some days ahead.

CREATE TABLE airtime_patterns (
    id            {id},
    area_id       BIGINT NOT NULL REFERENCES areas (id),
    weekdays      BIGINT NOT NULL CHECK (weekdays BETWEEN 1 AND 127), -- a bit a day, Monday first
    start_minute  BIGINT NOT NULL CHECK (start_minute BETWEEN 0 AND 1439), -- of the day in Vietnam
    minutes       BIGINT NOT NULL CHECK (minutes BETWEEN 1 AND 240),
    priority      TEXT NOT NULL CHECK (priority IN ('ordinary', 'priority')),
    first_day     TEXT NOT NULL,       -- 2026-11-26
    last_day      TEXT,                -- the last day on which it holds
    created_by    BIGINT NOT NULL REFERENCES people (id),
    created_at    {instant} NOT NULL,
    ended_by      BIGINT REFERENCES people (id),
    ended_at      {instant}
);
CREATE INDEX airtime_patterns_area ON airtime_patterns (area_id);

ALTER TABLE slots ADD COLUMN pattern_id BIGINT REFERENCES airtime_patterns (id);
CREATE UNIQUE INDEX slots_pattern ON slots (pattern_id, starts_at);

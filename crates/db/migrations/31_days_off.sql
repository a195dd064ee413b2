-- Days on which the weekly patterns of an area rest because somebody says so, beside the public holidays.

CREATE TABLE airtime_days_off (
    area_id     BIGINT NOT NULL REFERENCES areas (id),
    day         TEXT NOT NULL,       -- 2026-11-26
    reason      TEXT NOT NULL,
    created_by  BIGINT NOT NULL REFERENCES people (id),
    created_at  {instant} NOT NULL,  -- the slots that were cancelled for it bear the same instant
    PRIMARY KEY (area_id, day)
);

-- An urgent message: a story on the short path. One person asks, another hears it and sends it to every
-- loudspeaker of the areas with one act; afterwards somebody looks back on it.

CREATE TABLE urgents (
    id            {id},
    story_id      BIGINT NOT NULL UNIQUE REFERENCES stories (id),
    minutes       BIGINT NOT NULL CHECK (minutes BETWEEN 1 AND 720), -- how long it may be said, from its first time on
    times         BIGINT NOT NULL CHECK (times BETWEEN 1 AND 12),    -- how often in this time
    portal        {bool} NOT NULL,    -- the public portal shows it too
    asked_by      BIGINT NOT NULL REFERENCES people (id),
    asked_at      {instant} NOT NULL,
    sent_by       BIGINT REFERENCES people (id),
    sent_at       {instant},
    until_at      {instant},           -- after this nobody says it any more
    release_id    BIGINT REFERENCES releases (id),
    cancelled_by  BIGINT REFERENCES people (id),
    cancelled_at  {instant},
    reviewed_by   BIGINT REFERENCES people (id),
    reviewed_at   {instant},
    remark        TEXT,                -- what is to be learned from it
    CHECK (sent_by IS NULL OR sent_by <> asked_by),
    CHECK ((sent_by IS NULL) = (sent_at IS NULL)),
    CHECK ((sent_by IS NULL) = (until_at IS NULL)),
    CHECK ((sent_by IS NULL) = (release_id IS NULL)),
    CHECK ((reviewed_by IS NULL) = (remark IS NULL))
);

CREATE TABLE urgent_areas (
    urgent_id  BIGINT NOT NULL REFERENCES urgents (id),
    area_id    BIGINT NOT NULL REFERENCES areas (id),
    PRIMARY KEY (urgent_id, area_id)
);

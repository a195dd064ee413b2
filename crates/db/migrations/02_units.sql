-- Units have a past: what a unit is called and whom it belongs to is dated.

CREATE TABLE units (
    id          {id},
    key         TEXT NOT NULL UNIQUE
);

CREATE TABLE unit_versions (
    id          {id},
    unit_id     BIGINT NOT NULL REFERENCES units (id),
    name        TEXT NOT NULL,
    short_name  TEXT NOT NULL,
    kind        TEXT NOT NULL,
    level       TEXT NOT NULL,
    parent_id   BIGINT REFERENCES units (id),
    code        TEXT,
    valid_from  DATE NOT NULL,
    valid_to    DATE,                  -- the first day on which it is no longer so
    UNIQUE (unit_id, valid_from),
    CHECK (valid_to IS NULL OR valid_to > valid_from)
);
CREATE INDEX unit_versions_parent ON unit_versions (parent_id);

-- One row per pair of old and new unit.
CREATE TABLE unit_changes (
    id         {id},
    on_date    DATE NOT NULL,
    kind       TEXT NOT NULL,          -- rename, merge, split, dissolve, move
    act        TEXT NOT NULL,          -- the legal act it rests on
    from_id    BIGINT NOT NULL REFERENCES units (id),
    to_id      BIGINT REFERENCES units (id),
    share      TEXT NOT NULL CHECK (share IN ('whole', 'part')),
    doubt      TEXT                    -- what is not certain about it
);
CREATE INDEX unit_changes_from ON unit_changes (from_id);
CREATE INDEX unit_changes_to ON unit_changes (to_id);

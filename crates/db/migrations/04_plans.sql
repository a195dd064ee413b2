CREATE TABLE plans (
    id            {id},
    state         TEXT NOT NULL CHECK (state IN ('draft', 'live', 'superseded')),
    unit_id       BIGINT NOT NULL REFERENCES units (id),
    title         TEXT NOT NULL,
    period_from   BIGINT NOT NULL,
    period_to     BIGINT NOT NULL,
    reading       TEXT NOT NULL,       -- everything that was read, as JSON
    source_text   TEXT NOT NULL,       -- the document as printed, line by line
    file_name     TEXT NOT NULL,
    file_sha256   TEXT NOT NULL REFERENCES files (sha256),
    imported_by   BIGINT NOT NULL REFERENCES people (id),
    imported_at   {instant} NOT NULL,
    confirmed_by  BIGINT REFERENCES people (id),
    confirmed_at  {instant}
);

CREATE TABLE clauses (
    id         {id},
    plan_id    BIGINT NOT NULL REFERENCES plans (id),
    parent_id  BIGINT REFERENCES clauses (id),
    position   BIGINT NOT NULL,        -- document order
    address    TEXT NOT NULL,          -- II.1.3
    eid        TEXT NOT NULL,
    marker     TEXT,
    heading    TEXT,
    text       TEXT NOT NULL,
    line       BIGINT NOT NULL,
    UNIQUE (plan_id, eid)
);

CREATE TABLE themes (
    id         {id},
    plan_id    BIGINT NOT NULL REFERENCES plans (id),
    clause_id  BIGINT NOT NULL REFERENCES clauses (id),
    position   BIGINT NOT NULL,
    label      TEXT NOT NULL
);

CREATE TABLE plan_channels (
    id         {id},
    plan_id    BIGINT NOT NULL REFERENCES plans (id),
    clause_id  BIGINT NOT NULL REFERENCES clauses (id),
    kind       TEXT NOT NULL,
    label      TEXT NOT NULL
);

CREATE TABLE duties (
    id         {id},
    plan_id    BIGINT NOT NULL REFERENCES plans (id),
    clause_id  BIGINT NOT NULL REFERENCES clauses (id),
    position   BIGINT NOT NULL,
    text       TEXT NOT NULL,
    cadence    TEXT NOT NULL,
    due        TEXT
);

-- A unit as the plan names it, and the units of the tree it stands for.
CREATE TABLE duty_units (
    id       {id},
    duty_id  BIGINT NOT NULL REFERENCES duties (id),
    name     TEXT NOT NULL,
    role     TEXT NOT NULL,
    unit_id  BIGINT REFERENCES units (id)
);
CREATE INDEX duty_units_unit ON duty_units (unit_id);

-- Who reports to whom, with which cut-off, by when.
CREATE TABLE regimes (
    id         {id},
    plan_id    BIGINT NOT NULL REFERENCES plans (id),
    clause_id  BIGINT NOT NULL REFERENCES clauses (id),
    recipient  TEXT NOT NULL,
    unit_id    BIGINT NOT NULL REFERENCES units (id),  -- who gathers the reports
    due_month  BIGINT NOT NULL,
    due_day    BIGINT NOT NULL,
    inclusive  {bool} NOT NULL,        -- whether the due day itself still counts
    cadence    TEXT NOT NULL
);

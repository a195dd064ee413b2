-- Warnings of others (Common Alerting Protocol): who may warn and by which key, what came from them word for
-- word and what became of it, and the rules by which two people let one be said without asking them again.

CREATE TABLE warning_sources (
    id           {id},
    unit_id      BIGINT NOT NULL REFERENCES units (id),  -- whose task it is
    name         TEXT NOT NULL,
    sender       TEXT NOT NULL,      -- as its warnings name themselves
    certificate  TEXT NOT NULL,      -- PEM; never changed: another key is another source
    code_list    TEXT NOT NULL,      -- which of its geocodes are codes of administrative units
    feed         TEXT,               -- asked every minute; none: it sends by itself
    made_by      BIGINT NOT NULL REFERENCES people (id),
    made_at      {instant} NOT NULL,
    asked_at     {instant},          -- when the feed was asked last
    fault        TEXT,               -- what was wrong with it then
    closed_by    BIGINT REFERENCES people (id),
    closed_at    {instant},
    CHECK ((closed_by IS NULL) = (closed_at IS NULL))
);
CREATE UNIQUE INDEX warning_sources_sender ON warning_sources (sender) WHERE closed_at IS NULL;

CREATE TABLE warning_rules (
    id             {id},
    source_id      BIGINT NOT NULL REFERENCES warning_sources (id),
    unit_id        BIGINT NOT NULL REFERENCES units (id),  -- in whose name it is said
    severity       TEXT NOT NULL CHECK (severity IN ('extreme', 'severe')),      -- this or worse
    certainty      TEXT NOT NULL CHECK (certainty IN ('observed', 'likely')),    -- this or surer
    minutes        BIGINT NOT NULL CHECK (minutes BETWEEN 1 AND 720),
    times          BIGINT NOT NULL CHECK (times BETWEEN 1 AND 12),
    portal         {bool} NOT NULL,
    source_sha256  TEXT NOT NULL,     -- of the source, as both saw it
    asked_by       BIGINT NOT NULL REFERENCES people (id),
    asked_at       {instant} NOT NULL,
    approved_by    BIGINT REFERENCES people (id),
    approved_at    {instant},
    ended_by       BIGINT REFERENCES people (id),
    ended_at       {instant},
    CHECK (approved_by IS NULL OR approved_by <> asked_by),
    CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
    CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX warning_rules_open ON warning_rules (source_id) WHERE ended_at IS NULL;

CREATE TABLE warnings (
    id           {id},
    source_id    BIGINT REFERENCES warning_sources (id),
    sha256       TEXT NOT NULL UNIQUE,   -- of the document as it came, which is kept
    sender       TEXT,                   -- as far as it could be read
    identifier   TEXT,
    sent_at      {instant},
    kind         TEXT CHECK (kind IN ('alert', 'update', 'cancel', 'exercise')),
    refers       TEXT,                   -- identifiers of those it takes back or the place of, one a line
    title        TEXT,
    until_at     {instant},              -- after this it holds no more
    received_at  {instant} NOT NULL,
    refused      TEXT,                   -- why it is not believed
    detail       TEXT,                   -- what and where
    ended_by     BIGINT REFERENCES warnings (id),  -- another took its place, or took it back
    rule_id      BIGINT REFERENCES warning_rules (id),
    held         TEXT,                   -- why a rule did not have it said
    urgent_id    BIGINT UNIQUE REFERENCES urgents (id),  -- the message that the rule wrote
    version_id   BIGINT REFERENCES story_versions (id),  -- as the rule wrote it: a changed one is for people
    written_at   {instant},
    settled_by   BIGINT REFERENCES people (id),
    settled_at   {instant},
    remark       TEXT,                   -- why nothing is said of it
    CHECK (refused IS NULL OR urgent_id IS NULL),
    CHECK (refused IS NOT NULL OR (source_id IS NOT NULL AND identifier IS NOT NULL AND sent_at IS NOT NULL)),
    CHECK ((settled_by IS NULL) = (settled_at IS NULL))
);
CREATE UNIQUE INDEX warnings_once ON warnings (source_id, identifier) WHERE refused IS NULL;

-- The messages that were asked for with a warning: each commune has its own people.
CREATE TABLE warning_urgents (
    urgent_id   BIGINT PRIMARY KEY REFERENCES urgents (id),
    warning_id  BIGINT NOT NULL REFERENCES warnings (id)
);
CREATE INDEX warning_urgents_warning ON warning_urgents (warning_id);

-- What a feed named and was fetched: it is not fetched every minute.
CREATE TABLE warning_links (
    source_id  BIGINT NOT NULL REFERENCES warning_sources (id),
    sha256     TEXT NOT NULL,         -- of the address
    PRIMARY KEY (source_id, sha256)
);

-- Promise 3: the ledger. Append-only, each entry hashed over the one before it.

CREATE TABLE ledger_head (
    id    BIGINT PRIMARY KEY CHECK (id = 1),
    seq   BIGINT NOT NULL,
    hash  TEXT NOT NULL
);
INSERT INTO ledger_head (id, seq, hash) VALUES (1, 0, '');

CREATE TABLE evidence (
    seq           BIGINT PRIMARY KEY,
    source        TEXT NOT NULL UNIQUE,  -- 'receipt:…', 'page:…': the same proof enters once
    kind          TEXT NOT NULL,
    at            {instant} NOT NULL,
    occurred_at   {instant} NOT NULL,
    plan_id       BIGINT NOT NULL REFERENCES plans (id),
    unit_id       BIGINT NOT NULL REFERENCES units (id),
    outlet_id     BIGINT NOT NULL REFERENCES outlets (id),
    delivery_id   BIGINT NOT NULL REFERENCES deliveries (id),
    channel       TEXT NOT NULL,         -- a channel kind
    counts        {bool} NOT NULL,       -- whether it proves that something was seen or heard
    first         {bool} NOT NULL,       -- the first counting proof of its delivery
    seconds       BIGINT NOT NULL,
    body          TEXT NOT NULL,         -- canonical JSON of the whole entry; the hash is over it
    previous      TEXT NOT NULL,
    hash          TEXT NOT NULL UNIQUE
);
CREATE INDEX evidence_delivery ON evidence (delivery_id);
CREATE INDEX evidence_cell ON evidence (plan_id, channel, occurred_at);

CREATE TABLE evidence_themes (
    seq       BIGINT NOT NULL REFERENCES evidence (seq),
    theme_id  BIGINT NOT NULL REFERENCES themes (id),
    PRIMARY KEY (seq, theme_id)
);
CREATE INDEX evidence_themes_theme ON evidence_themes (theme_id);

-- Kept up in the transaction that writes the evidence; can be made again from the ledger.
CREATE TABLE coverage (
    plan_id   BIGINT NOT NULL REFERENCES plans (id),
    theme_id  BIGINT NOT NULL REFERENCES themes (id),
    channel   TEXT NOT NULL,
    unit_id   BIGINT NOT NULL REFERENCES units (id),
    month     TEXT NOT NULL,             -- 2026-11, of the day in Asia/Ho_Chi_Minh
    items     BIGINT NOT NULL,           -- deliveries proven
    proofs    BIGINT NOT NULL,           -- entries of the ledger
    seconds   BIGINT NOT NULL,           -- on the air, one proof a delivery
    PRIMARY KEY (plan_id, theme_id, channel, unit_id, month)
);

CREATE TABLE reports (
    id            {id},
    regime_id     BIGINT NOT NULL REFERENCES regimes (id),
    unit_id       BIGINT NOT NULL REFERENCES units (id),
    year          BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'accepted')),
    period_from   DATE NOT NULL,
    period_to     DATE NOT NULL,         -- the last day that counts
    narrative     TEXT NOT NULL,         -- JSON: the text of each chapter
    remarks       TEXT,
    snapshot      TEXT,                  -- canonical bytes, from the day it is submitted
    sha256        TEXT,
    created_by    BIGINT NOT NULL REFERENCES people (id),
    created_at    {instant} NOT NULL,
    submitted_by  BIGINT REFERENCES people (id),
    submitted_at  {instant},
    accepted_by   BIGINT REFERENCES people (id),
    accepted_at   {instant},
    UNIQUE (regime_id, unit_id, year, version)
);

CREATE TABLE report_figures (
    report_id  BIGINT NOT NULL REFERENCES reports (id),
    code       TEXT NOT NULL,
    position   BIGINT NOT NULL,
    value      BIGINT NOT NULL,
    PRIMARY KEY (report_id, code)
);

CREATE TABLE report_evidence (
    report_id  BIGINT NOT NULL REFERENCES reports (id),
    code       TEXT NOT NULL,
    seq        BIGINT NOT NULL REFERENCES evidence (seq),
    PRIMARY KEY (report_id, code, seq)
);

--[sqlite
CREATE TRIGGER evidence_stays BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'loa: the ledger is append-only'); END;
CREATE TRIGGER evidence_kept BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'loa: the ledger is append-only'); END;
CREATE TRIGGER reports_frozen BEFORE UPDATE OF snapshot, sha256, narrative ON reports
WHEN OLD.state IN ('submitted', 'accepted')
BEGIN SELECT RAISE(ABORT, 'loa: a submitted report is frozen'); END;
--]
--[postgres
CREATE TRIGGER evidence_stays BEFORE UPDATE OR DELETE ON evidence
    FOR EACH ROW EXECUTE FUNCTION loa_refuse('the ledger is append-only');
CREATE TRIGGER reports_frozen BEFORE UPDATE OF snapshot, sha256, narrative ON reports
    FOR EACH ROW WHEN (OLD.state IN ('submitted', 'accepted'))
    EXECUTE FUNCTION loa_refuse('a submitted report is frozen');
--]

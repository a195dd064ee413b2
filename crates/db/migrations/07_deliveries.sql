-- A release can name only what was approved, and carries its hash.
CREATE TABLE releases (
    id            {id},
    story_id      BIGINT NOT NULL REFERENCES stories (id),
    version_id    BIGINT NOT NULL,
    sha256        TEXT NOT NULL,
    released_by   BIGINT NOT NULL REFERENCES people (id),
    released_at   {instant} NOT NULL,
    withdrawn_by  BIGINT REFERENCES people (id),
    withdrawn_at  {instant},
    FOREIGN KEY (version_id, sha256) REFERENCES approvals (version_id, sha256)
);
CREATE INDEX releases_story ON releases (story_id);
CREATE INDEX releases_version ON releases (version_id);

CREATE TABLE deliveries (
    id            {id},
    release_id    BIGINT NOT NULL REFERENCES releases (id),
    outlet_id     BIGINT NOT NULL REFERENCES outlets (id),
    slot_id       BIGINT REFERENCES slots (id),
    key           TEXT NOT NULL UNIQUE,
    state         TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'delivered', 'proven', 'failed', 'withdrawn')),
    planned_at    {instant} NOT NULL,
    sent_at       {instant},
    delivered_at  {instant},
    proven_at     {instant},
    failure       TEXT,
    updated_at    {instant} NOT NULL
);
CREATE INDEX deliveries_release ON deliveries (release_id);
CREATE INDEX deliveries_slot ON deliveries (slot_id);
CREATE INDEX deliveries_outlet ON deliveries (outlet_id);
CREATE INDEX deliveries_state ON deliveries (state, slot_id);

CREATE TABLE delivery_attempts (
    id           {id},
    delivery_id  BIGINT NOT NULL REFERENCES deliveries (id),
    at           {instant} NOT NULL,
    outcome      TEXT NOT NULL,
    answer       TEXT NOT NULL,
    next_at      {instant}
);
CREATE INDEX delivery_attempts_delivery ON delivery_attempts (delivery_id);

CREATE TABLE receipts (
    id           TEXT PRIMARY KEY,     -- made on the loudspeaker
    speaker_id   BIGINT NOT NULL REFERENCES speakers (id),
    delivery_id  BIGINT NOT NULL REFERENCES deliveries (id),
    started_at   {instant} NOT NULL,
    ended_at     {instant} NOT NULL,
    outcome      TEXT NOT NULL,
    lateness_ms  BIGINT NOT NULL,
    envelope     TEXT NOT NULL,
    received_at  {instant} NOT NULL
);
CREATE INDEX receipts_delivery ON receipts (delivery_id);

--[sqlite
CREATE TRIGGER releases_of_approved BEFORE INSERT ON releases
WHEN NOT EXISTS (SELECT 1 FROM approvals WHERE version_id = NEW.version_id AND sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'loa: only an approved version can be released'); END;
CREATE TRIGGER releases_fixed BEFORE UPDATE OF version_id, sha256, story_id ON releases
BEGIN SELECT RAISE(ABORT, 'loa: a release keeps what it released'); END;
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts
BEGIN SELECT RAISE(ABORT, 'loa: a receipt cannot be changed'); END;
CREATE TRIGGER receipts_kept BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'loa: a receipt cannot be taken away'); END;
--]
--[postgres
CREATE TRIGGER releases_fixed BEFORE UPDATE OF version_id, sha256, story_id ON releases
    FOR EACH ROW EXECUTE FUNCTION loa_refuse('a release keeps what it released');
CREATE TRIGGER receipts_stay BEFORE UPDATE OR DELETE ON receipts
    FOR EACH ROW EXECUTE FUNCTION loa_refuse('a receipt cannot be changed');
--]

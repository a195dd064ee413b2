-- A bulletin: what is said around the stories of a slot, and in which order they come. It goes on the
-- air like they do: one person makes it, another hears and approves it.

CREATE TABLE bulletins (
    id            {id},
    slot_id       BIGINT NOT NULL REFERENCES slots (id),
    number        BIGINT NOT NULL,     -- within its slot; the highest that was approved is on the air
    author_id     BIGINT NOT NULL REFERENCES people (id), -- who changed it last
    opening       TEXT NOT NULL,       -- may hold {gio}, {ngay}, {dia_danh}; empty: none is said
    closing       TEXT NOT NULL,
    jingle        TEXT,                -- the name of one of crates/audio; nothing: none is played
    voice         TEXT NOT NULL,
    speed         BIGINT NOT NULL,     -- percent of a newsreader's pace
    stories       TEXT NOT NULL,       -- ids of deliveries, as a JSON list in the order of the air
    state         TEXT NOT NULL CHECK (state IN ('rendering', 'ready', 'failed', 'approved')),
    detail        TEXT,                -- progress, or why it failed
    whole_sha256  TEXT REFERENCES files (sha256), -- all of it in one file, as the approver hears it
    whole_ms      BIGINT,
    frozen        TEXT,                -- canonical bytes of all that was approved
    sha256        TEXT,                -- of `frozen`
    approver_id   BIGINT REFERENCES people (id),
    approved_at   {instant},
    withdrawn_by  BIGINT REFERENCES people (id),
    withdrawn_at  {instant},
    created_at    {instant} NOT NULL,
    updated_at    {instant} NOT NULL,
    UNIQUE (slot_id, number),
    CHECK (approver_id IS NULL OR approver_id <> author_id),
    CHECK ((state = 'approved') = (approver_id IS NOT NULL)),
    CHECK (state <> 'approved' OR frozen IS NOT NULL AND sha256 IS NOT NULL AND approved_at IS NOT NULL AND whole_sha256 IS NOT NULL)
);

-- In manifests and receipts a part stands in the place of a delivery, with a minus before its id.
CREATE TABLE bulletin_parts (
    id            {id},
    bulletin_id   BIGINT NOT NULL REFERENCES bulletins (id),
    kind          TEXT NOT NULL CHECK (kind IN ('opening', 'jingle', 'closing')),
    position      BIGINT NOT NULL,     -- of a jingle: the story that it stands before, from 0
    text          TEXT NOT NULL,       -- as it was read; of a jingle its name
    said          TEXT,                -- the words of its sound, piece by piece, as JSON
    note          TEXT,                -- which voice did not answer, as JSON
    sound_sha256  TEXT NOT NULL REFERENCES files (sha256),
    bytes         BIGINT NOT NULL,
    sound_ms      BIGINT NOT NULL,
    sound_lufs    DOUBLE PRECISION NOT NULL,
    UNIQUE (bulletin_id, kind, position)
);

-- What loudspeakers signed that they played of a bulletin. It is kept and counts for nothing: an
-- opening is no information, so it is neither in the ledger nor in coverage.
CREATE TABLE bulletin_airings (
    id           TEXT PRIMARY KEY,     -- the speaker, a colon, and the id made on the speaker
    speaker_id   BIGINT NOT NULL REFERENCES speakers (id),
    part_id      BIGINT NOT NULL REFERENCES bulletin_parts (id),
    started_at   {instant} NOT NULL,
    ended_at     {instant} NOT NULL,
    outcome      TEXT NOT NULL,
    lateness_ms  BIGINT NOT NULL,
    envelope     TEXT NOT NULL,
    received_at  {instant} NOT NULL
);
CREATE INDEX bulletin_airings_part ON bulletin_airings (part_id);

--[sqlite
CREATE TRIGGER bulletins_begun BEFORE INSERT ON bulletins
WHEN NEW.state = 'approved'
BEGIN SELECT RAISE(ABORT, 'loa: a bulletin is heard before it is approved'); END;
CREATE TRIGGER bulletins_by_another BEFORE UPDATE ON bulletins
WHEN OLD.state <> 'approved' AND NEW.state = 'approved'
  AND (OLD.state <> 'ready' OR NEW.author_id <> OLD.author_id OR NEW.approver_id = OLD.author_id
    OR NEW.slot_id <> OLD.slot_id OR NEW.opening <> OLD.opening OR NEW.closing <> OLD.closing
    OR NEW.jingle IS NOT OLD.jingle OR NEW.voice <> OLD.voice OR NEW.speed <> OLD.speed
    OR NEW.stories <> OLD.stories OR NEW.whole_sha256 IS NOT OLD.whole_sha256)
BEGIN SELECT RAISE(ABORT, 'loa: a bulletin is approved as it is, by another person than its author'); END;
CREATE TRIGGER bulletins_frozen BEFORE UPDATE OF
  id, slot_id, number, author_id, opening, closing, jingle, voice, speed, stories, state, detail, whole_sha256,
  whole_ms, frozen, sha256, approver_id, approved_at, created_at, updated_at ON bulletins
WHEN OLD.state = 'approved'
BEGIN SELECT RAISE(ABORT, 'loa: an approved bulletin is frozen'); END;
CREATE TRIGGER bulletins_withdrawn_once BEFORE UPDATE OF withdrawn_by, withdrawn_at ON bulletins
WHEN OLD.withdrawn_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'loa: a bulletin that was taken back stays so'); END;
CREATE TRIGGER bulletins_kept BEFORE DELETE ON bulletins
WHEN OLD.state = 'approved'
BEGIN SELECT RAISE(ABORT, 'loa: an approved bulletin is frozen'); END;
CREATE TRIGGER bulletin_parts_frozen BEFORE UPDATE ON bulletin_parts
WHEN EXISTS (SELECT 1 FROM bulletins WHERE id IN (OLD.bulletin_id, NEW.bulletin_id) AND state = 'approved')
BEGIN SELECT RAISE(ABORT, 'loa: an approved bulletin is frozen'); END;
CREATE TRIGGER bulletin_parts_kept BEFORE DELETE ON bulletin_parts
WHEN EXISTS (SELECT 1 FROM bulletins WHERE id = OLD.bulletin_id AND state = 'approved')
BEGIN SELECT RAISE(ABORT, 'loa: an approved bulletin is frozen'); END;
CREATE TRIGGER bulletin_parts_closed BEFORE INSERT ON bulletin_parts
WHEN EXISTS (SELECT 1 FROM bulletins WHERE id = NEW.bulletin_id AND state = 'approved')
BEGIN SELECT RAISE(ABORT, 'loa: an approved bulletin is frozen'); END;
CREATE TRIGGER bulletin_airings_stay BEFORE UPDATE ON bulletin_airings
BEGIN SELECT RAISE(ABORT, 'loa: a receipt cannot be changed'); END;
CREATE TRIGGER bulletin_airings_kept BEFORE DELETE ON bulletin_airings
BEGIN SELECT RAISE(ABORT, 'loa: a receipt cannot be taken away'); END;
--]
--[postgres
CREATE FUNCTION loa_bulletin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state = 'approved' THEN
            RAISE EXCEPTION 'loa: a bulletin is heard before it is approved';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'approved' THEN
        IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'withdrawn_by' - 'withdrawn_at' <> to_jsonb(OLD) - 'withdrawn_by' - 'withdrawn_at' THEN
            RAISE EXCEPTION 'loa: an approved bulletin is frozen';
        END IF;
        IF OLD.withdrawn_at IS NOT NULL THEN
            RAISE EXCEPTION 'loa: a bulletin that was taken back stays so';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.state = 'approved'
        AND (OLD.state <> 'ready' OR NEW.author_id <> OLD.author_id OR NEW.approver_id = OLD.author_id
        OR NEW.slot_id <> OLD.slot_id OR NEW.opening <> OLD.opening OR NEW.closing <> OLD.closing
        OR NEW.jingle IS DISTINCT FROM OLD.jingle OR NEW.voice <> OLD.voice OR NEW.speed <> OLD.speed
        OR NEW.stories <> OLD.stories OR NEW.whole_sha256 IS DISTINCT FROM OLD.whole_sha256) THEN
        RAISE EXCEPTION 'loa: a bulletin is approved as it is, by another person than its author';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION loa_bulletin_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM bulletins WHERE id = OLD.bulletin_id AND state = 'approved')
    OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM bulletins WHERE id = NEW.bulletin_id AND state = 'approved') THEN
        RAISE EXCEPTION 'loa: an approved bulletin is frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bulletins_frozen BEFORE INSERT OR UPDATE OR DELETE ON bulletins
    FOR EACH ROW EXECUTE FUNCTION loa_bulletin();
CREATE TRIGGER bulletin_parts_frozen BEFORE INSERT OR UPDATE OR DELETE ON bulletin_parts
    FOR EACH ROW EXECUTE FUNCTION loa_bulletin_part();
CREATE TRIGGER bulletin_airings_stay BEFORE UPDATE OR DELETE ON bulletin_airings
    FOR EACH ROW EXECUTE FUNCTION loa_refuse('a receipt cannot be changed');
--]

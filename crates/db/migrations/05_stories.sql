CREATE TABLE stories (
    id          {id},
    unit_id     BIGINT NOT NULL REFERENCES units (id),
    clause_id   BIGINT NOT NULL REFERENCES clauses (id),
    slug        TEXT NOT NULL UNIQUE,
    state       TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'released', 'withdrawn')),
    created_by  BIGINT NOT NULL REFERENCES people (id),
    created_at  {instant} NOT NULL,
    updated_at  {instant} NOT NULL
);

CREATE TABLE story_versions (
    id            {id},
    story_id      BIGINT NOT NULL REFERENCES stories (id),
    number        BIGINT NOT NULL,
    title         TEXT NOT NULL,
    summary       TEXT NOT NULL,
    body          TEXT NOT NULL,
    author_id     BIGINT NOT NULL REFERENCES people (id),
    created_at    {instant} NOT NULL,
    updated_at    {instant} NOT NULL,
    submitted_at  {instant},
    UNIQUE (story_id, number)
);

CREATE TABLE story_themes (
    version_id  BIGINT NOT NULL REFERENCES story_versions (id),
    theme_id    BIGINT NOT NULL REFERENCES themes (id),
    PRIMARY KEY (version_id, theme_id)
);

CREATE TABLE renditions (
    id            {id},
    version_id    BIGINT NOT NULL REFERENCES story_versions (id),
    kind          TEXT NOT NULL CHECK (kind IN ('web', 'radio')),
    text          TEXT NOT NULL,
    sound_state   TEXT NOT NULL DEFAULT 'none' CHECK (sound_state IN ('none', 'rendering', 'ready', 'failed')),
    sound_detail  TEXT,                -- progress, or why it failed
    sound_sha256  TEXT REFERENCES files (sha256),
    sound_ms      BIGINT,
    sound_lufs    DOUBLE PRECISION,
    voice         TEXT,
    UNIQUE (version_id, kind)
);

CREATE TABLE reviews (
    id          {id},
    version_id  BIGINT NOT NULL REFERENCES story_versions (id),
    person_id   BIGINT NOT NULL REFERENCES people (id),
    reason      TEXT NOT NULL,         -- why it went back
    at          {instant} NOT NULL
);

-- Promise 1: what is approved was written by one person and approved by another.
CREATE TABLE approvals (
    version_id   BIGINT PRIMARY KEY REFERENCES story_versions (id),
    author_id    BIGINT NOT NULL REFERENCES people (id),
    approver_id  BIGINT NOT NULL REFERENCES people (id),
    sha256       TEXT NOT NULL,        -- of `frozen`
    frozen       TEXT NOT NULL,        -- canonical bytes of the version and its renditions
    at           {instant} NOT NULL,
    UNIQUE (version_id, sha256),
    CHECK (author_id <> approver_id)
);

--[sqlite
CREATE TRIGGER approvals_by_another BEFORE INSERT ON approvals
WHEN NEW.author_id IS NOT (SELECT author_id FROM story_versions WHERE id = NEW.version_id)
  OR NEW.approver_id = (SELECT author_id FROM story_versions WHERE id = NEW.version_id)
BEGIN SELECT RAISE(ABORT, 'loa: a story is approved by another person than its author'); END;
CREATE TRIGGER approvals_stay BEFORE UPDATE ON approvals
BEGIN SELECT RAISE(ABORT, 'loa: an approval cannot be changed'); END;
CREATE TRIGGER approvals_kept BEFORE DELETE ON approvals
BEGIN SELECT RAISE(ABORT, 'loa: an approval cannot be taken away'); END;
CREATE TRIGGER versions_frozen BEFORE UPDATE ON story_versions
WHEN EXISTS (SELECT 1 FROM approvals WHERE version_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'loa: an approved version is frozen'); END;
CREATE TRIGGER versions_kept BEFORE DELETE ON story_versions
WHEN EXISTS (SELECT 1 FROM approvals WHERE version_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'loa: an approved version is frozen'); END;
CREATE TRIGGER renditions_frozen BEFORE UPDATE ON renditions
WHEN EXISTS (SELECT 1 FROM approvals WHERE version_id = OLD.version_id)
BEGIN SELECT RAISE(ABORT, 'loa: an approved rendition is frozen'); END;
CREATE TRIGGER renditions_kept BEFORE DELETE ON renditions
WHEN EXISTS (SELECT 1 FROM approvals WHERE version_id = OLD.version_id)
BEGIN SELECT RAISE(ABORT, 'loa: an approved rendition is frozen'); END;
CREATE TRIGGER renditions_closed BEFORE INSERT ON renditions
WHEN EXISTS (SELECT 1 FROM approvals WHERE version_id = NEW.version_id)
BEGIN SELECT RAISE(ABORT, 'loa: an approved version takes no new rendition'); END;
CREATE TRIGGER themes_frozen BEFORE DELETE ON story_themes
WHEN EXISTS (SELECT 1 FROM approvals WHERE version_id = OLD.version_id)
BEGIN SELECT RAISE(ABORT, 'loa: an approved version keeps its themes'); END;
CREATE TRIGGER themes_closed BEFORE INSERT ON story_themes
WHEN EXISTS (SELECT 1 FROM approvals WHERE version_id = NEW.version_id)
BEGIN SELECT RAISE(ABORT, 'loa: an approved version keeps its themes'); END;
CREATE TRIGGER themes_fixed BEFORE UPDATE ON story_themes
WHEN EXISTS (SELECT 1 FROM approvals WHERE version_id IN (OLD.version_id, NEW.version_id))
BEGIN SELECT RAISE(ABORT, 'loa: an approved version keeps its themes'); END;
--]
--[postgres
CREATE FUNCTION loa_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'loa: %', TG_ARGV[0]; END $$;
CREATE FUNCTION loa_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE author BIGINT;
BEGIN
    SELECT author_id INTO author FROM story_versions WHERE id = NEW.version_id FOR UPDATE;
    IF author IS DISTINCT FROM NEW.author_id OR author = NEW.approver_id THEN
        RAISE EXCEPTION 'loa: a story is approved by another person than its author';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION loa_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM approvals WHERE version_id = (to_jsonb(OLD) ->> TG_ARGV[0])::BIGINT)
    OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM approvals WHERE version_id = (to_jsonb(NEW) ->> TG_ARGV[0])::BIGINT) THEN
        RAISE EXCEPTION 'loa: an approved version is frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approvals_by_another BEFORE INSERT ON approvals
    FOR EACH ROW EXECUTE FUNCTION loa_by_another();
CREATE TRIGGER approvals_stay BEFORE UPDATE OR DELETE ON approvals
    FOR EACH ROW EXECUTE FUNCTION loa_refuse('an approval cannot be changed');
CREATE TRIGGER versions_frozen BEFORE UPDATE OR DELETE ON story_versions
    FOR EACH ROW EXECUTE FUNCTION loa_frozen('id');
CREATE TRIGGER renditions_frozen BEFORE INSERT OR UPDATE OR DELETE ON renditions
    FOR EACH ROW EXECUTE FUNCTION loa_frozen('version_id');
CREATE TRIGGER themes_frozen BEFORE INSERT OR UPDATE OR DELETE ON story_themes
    FOR EACH ROW EXECUTE FUNCTION loa_frozen('version_id');
--]

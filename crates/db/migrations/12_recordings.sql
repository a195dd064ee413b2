-- People who read a script themselves, whole or a sentence of it, instead of the voice; and what is to be
-- known of a sound: who reads in it, and which voice did not answer.

CREATE TABLE recordings (
    id               {id},
    story_id         BIGINT NOT NULL REFERENCES stories (id),
    text             TEXT NOT NULL,     -- as written: heard wherever a script of the story says just this
    name             TEXT NOT NULL,     -- of the file that was sent
    media_type       TEXT NOT NULL,     -- found in the file, not believed from its name
    original_sha256  TEXT NOT NULL REFERENCES files (sha256),
    length_ms        BIGINT NOT NULL,   -- of the original
    from_ms          BIGINT NOT NULL,   -- what is heard of it: from here
    to_ms            BIGINT NOT NULL,   -- to here
    peaks            TEXT NOT NULL,     -- its waveform: one letter a stretch, from a (silent) to z (full)
    made_by          BIGINT NOT NULL REFERENCES people (id),
    made_at          {instant} NOT NULL,
    removed_at       {instant},
    CHECK (0 <= from_ms AND from_ms < to_ms AND to_ms <= length_ms)
);
CREATE UNIQUE INDEX recordings_one ON recordings (story_id, text) WHERE removed_at IS NULL;

-- Which recordings are heard in which sound.
CREATE TABLE rendition_recordings (
    rendition_id  BIGINT NOT NULL REFERENCES renditions (id),
    recording_id  BIGINT NOT NULL REFERENCES recordings (id),
    PRIMARY KEY (rendition_id, recording_id)
);

ALTER TABLE renditions ADD COLUMN sound_note TEXT; -- what is to be known of the sound, as JSON

-- Promise 1: whoever is heard in a sound does not approve it.
--[sqlite
CREATE TRIGGER approvals_not_by_reader BEFORE INSERT ON approvals
WHEN EXISTS (SELECT 1 FROM renditions
    JOIN rendition_recordings ON rendition_recordings.rendition_id = renditions.id
    JOIN recordings ON recordings.id = rendition_recordings.recording_id
    WHERE renditions.version_id = NEW.version_id AND recordings.made_by = NEW.approver_id)
BEGIN SELECT RAISE(ABORT, 'loa: a recording is approved by another person than made it'); END;
--]
--[postgres
CREATE FUNCTION loa_not_by_reader() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM renditions
        JOIN rendition_recordings ON rendition_recordings.rendition_id = renditions.id
        JOIN recordings ON recordings.id = rendition_recordings.recording_id
        WHERE renditions.version_id = NEW.version_id AND recordings.made_by = NEW.approver_id) THEN
        RAISE EXCEPTION 'loa: a recording is approved by another person than made it';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approvals_not_by_reader BEFORE INSERT ON approvals
    FOR EACH ROW EXECUTE FUNCTION loa_not_by_reader();
--]

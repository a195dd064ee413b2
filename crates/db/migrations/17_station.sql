-- What a commune's broadcaster did at a phone, with a network or without. Each act has a key that the phone made, so that
-- one that is sent twice is kept once.

CREATE TABLE station_acts (
    id           {id},
    person_id    BIGINT NOT NULL REFERENCES people (id),
    key          TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('heard', 'unheard', 'recording')),
    slot_id      BIGINT REFERENCES slots (id),    -- what was listened to, or where the recording is to be heard
    story_id     BIGINT REFERENCES stories (id),  -- what was recorded
    remark       TEXT NOT NULL,
    done_at      {instant} NOT NULL,  -- by the phone's clock, never later than it came
    received_at  {instant} NOT NULL,
    UNIQUE (person_id, key),
    CHECK ((kind = 'recording') = (story_id IS NOT NULL)),
    CHECK (kind = 'recording' OR slot_id IS NOT NULL)
);
CREATE INDEX station_acts_slot ON station_acts (slot_id);

-- Where whoever wrote a story would have it heard; whoever releases it decides.
ALTER TABLE stories ADD COLUMN wanted_slot_id BIGINT REFERENCES slots (id);

-- What a loudspeaker is told beyond what it plays: state, not events. It follows the newest version.

CREATE TABLE speaker_orders (
    speaker_id  BIGINT PRIMARY KEY REFERENCES speakers (id),
    version     BIGINT NOT NULL,
    volume      BIGINT CHECK (volume BETWEEN 0 AND 100), -- none: as it was set up
    tone        TEXT,                -- the id of the test tone that was asked for last
    tone_until  {instant},           -- after this it is not sounded any more
    changed_by  BIGINT NOT NULL REFERENCES people (id),
    changed_at  {instant} NOT NULL,
    CHECK ((tone IS NULL) = (tone_until IS NULL))
);

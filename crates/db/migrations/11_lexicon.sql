-- How the programme's own words are read, above what crates/speech knows; and how a script is
-- spoken: by which voice, how fast, with which words.

CREATE TABLE lexicon_entries (
    id             {id},
    written        TEXT NOT NULL,            -- as it stands in texts; case matters
    spoken         TEXT NOT NULL,            -- the words a reader says
    after_words    TEXT NOT NULL DEFAULT '', -- holds behind one of these: small letters, in order, a space between
    before_words   TEXT NOT NULL DEFAULT '', -- holds before one of these
    before_name    {bool} NOT NULL DEFAULT FALSE,
    before_number  {bool} NOT NULL DEFAULT FALSE,
    note           TEXT NOT NULL DEFAULT '',
    version        BIGINT NOT NULL,          -- 1 when new; who saves over an older one is told
    created_by     BIGINT NOT NULL REFERENCES people (id),
    created_at     {instant} NOT NULL,
    changed_by     BIGINT NOT NULL REFERENCES people (id),
    changed_at     {instant} NOT NULL,
    UNIQUE (written, after_words, before_words, before_name, before_number)
);

-- Goes up with every change: a process that holds the lexicon in memory asks for this number only.
CREATE TABLE lexicon_state (
    id       BIGINT PRIMARY KEY CHECK (id = 1),
    version  BIGINT NOT NULL
);
INSERT INTO lexicon_state (id, version) VALUES (1, 0);

ALTER TABLE renditions ADD COLUMN voice_wanted TEXT; -- by whom it is to be read; nothing: as configured
ALTER TABLE renditions ADD COLUMN speed BIGINT;      -- percent of a newsreader's pace; nothing: as configured
ALTER TABLE renditions ADD COLUMN said TEXT;         -- the words of its sound, piece by piece, as JSON

-- Outlets, the areas that are on the air, their slots and loudspeakers.

CREATE TABLE areas (
    id       {id},
    unit_id  BIGINT NOT NULL REFERENCES units (id),
    name     TEXT NOT NULL
);

CREATE TABLE outlets (
    id          {id},
    key         TEXT NOT NULL UNIQUE,
    unit_id     BIGINT NOT NULL REFERENCES units (id),
    kind        TEXT NOT NULL,         -- a channel kind
    name        TEXT NOT NULL,
    address     TEXT,
    area_id     BIGINT REFERENCES areas (id),
    closed_at   {instant}
);

CREATE TABLE slots (
    id            {id},
    area_id       BIGINT NOT NULL REFERENCES areas (id),
    starts_at     {instant} NOT NULL,
    ends_at       {instant} NOT NULL,
    priority      TEXT NOT NULL CHECK (priority IN ('ordinary', 'priority', 'urgent')),
    created_by    BIGINT NOT NULL REFERENCES people (id),
    created_at    {instant} NOT NULL,
    cancelled_at  {instant},
    CHECK (ends_at > starts_at)
);
CREATE INDEX slots_area ON slots (area_id, starts_at);

CREATE TABLE speakers (
    id           {id},
    area_id      BIGINT NOT NULL REFERENCES areas (id),
    name         TEXT NOT NULL,
    public_key   TEXT NOT NULL UNIQUE,
    enrolled_at  {instant} NOT NULL,
    revoked_at   {instant},
    seen_at      {instant},
    status       TEXT                  -- the last signed status, as sent
);

CREATE TABLE enrolment_codes (
    id          {id},
    area_id     BIGINT NOT NULL REFERENCES areas (id),
    code_hash   TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    created_by  BIGINT NOT NULL REFERENCES people (id),
    created_at  {instant} NOT NULL,
    expires_at  {instant} NOT NULL,
    speaker_id  BIGINT REFERENCES speakers (id)   -- who used it
);

CREATE TABLE manifests (
    id          {id},
    area_id     BIGINT NOT NULL REFERENCES areas (id),
    version     BIGINT NOT NULL,
    digest      TEXT NOT NULL,         -- of what it asks for; the same digest needs no new version
    envelope    TEXT NOT NULL,
    created_at  {instant} NOT NULL,
    UNIQUE (area_id, version)
);

-- One use of a request's number, so that a request heard on the wire cannot be sent again.
CREATE TABLE speaker_nonces (
    speaker_id  BIGINT NOT NULL REFERENCES speakers (id),
    nonce       TEXT NOT NULL,
    at          {instant} NOT NULL,
    PRIMARY KEY (speaker_id, nonce)
);
CREATE INDEX speaker_nonces_at ON speaker_nonces (at);

-- What a loudspeaker would not play, and why.
CREATE TABLE refusals (
    id           TEXT PRIMARY KEY,     -- the speaker, a colon, and the id made on the speaker
    speaker_id   BIGINT NOT NULL REFERENCES speakers (id),
    at           {instant} NOT NULL,
    what         TEXT NOT NULL,
    reason       TEXT NOT NULL,
    detail       TEXT NOT NULL,
    received_at  {instant} NOT NULL
);
CREATE INDEX refusals_speaker ON refusals (speaker_id, at);

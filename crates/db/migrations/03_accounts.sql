CREATE TABLE people (
    id             {id},
    login          TEXT NOT NULL UNIQUE,
    name           TEXT NOT NULL,
    password_hash  TEXT NOT NULL,
    language       TEXT NOT NULL DEFAULT 'vi',
    created_at     {instant} NOT NULL,
    disabled_at    {instant}
);

-- Rights come from role and unit, with the units below it.
CREATE TABLE person_roles (
    id         {id},
    person_id  BIGINT NOT NULL REFERENCES people (id),
    unit_id    BIGINT NOT NULL REFERENCES units (id),
    role       TEXT NOT NULL,
    UNIQUE (person_id, unit_id, role)
);

-- The browser holds the token; only its hash is kept here.
CREATE TABLE sessions (
    token_hash  TEXT PRIMARY KEY,
    person_id   BIGINT NOT NULL REFERENCES people (id),
    csrf        TEXT NOT NULL,
    created_at  {instant} NOT NULL,
    seen_at     {instant} NOT NULL,
    expires_at  {instant} NOT NULL
);

CREATE TABLE sign_in_failures (
    id       {id},
    login    TEXT NOT NULL,
    address  TEXT NOT NULL,
    at       {instant} NOT NULL
);
CREATE INDEX sign_in_failures_at ON sign_in_failures (at);

CREATE TABLE tokens (
    id          {id},
    person_id   BIGINT NOT NULL REFERENCES people (id),
    name        TEXT NOT NULL,
    token_hash  TEXT NOT NULL UNIQUE,
    created_at  {instant} NOT NULL,
    expires_at  {instant} NOT NULL,
    revoked_at  {instant}
);

CREATE TABLE audit (
    id          {id},
    at          {instant} NOT NULL,
    person_id   BIGINT REFERENCES people (id),
    action      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    subject_id  BIGINT NOT NULL,
    detail      TEXT NOT NULL
);
CREATE INDEX audit_subject ON audit (subject, subject_id);

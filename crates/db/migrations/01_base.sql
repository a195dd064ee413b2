-- What every slice stands on: files by hash, jobs, the server's own keys.

CREATE TABLE files (
    sha256      TEXT PRIMARY KEY,
    bytes       BIGINT NOT NULL,
    media_type  TEXT NOT NULL,
    created_at  {instant} NOT NULL
);

-- A job is enqueued in the transaction of whoever needs it, leased, tried again.
CREATE TABLE jobs (
    id            {id},
    kind          TEXT NOT NULL,
    payload       TEXT NOT NULL,
    key           TEXT UNIQUE,          -- at most one open job for the same thing
    run_at        {instant} NOT NULL,
    attempts      BIGINT NOT NULL DEFAULT 0,
    leased_until  {instant},
    last_error    TEXT,
    failed_at     {instant},            -- given up; shown to operators
    created_at    {instant} NOT NULL
);
CREATE INDEX jobs_due ON jobs (run_at);

-- Secrets are encrypted with the installation's key; the public half is not secret.
CREATE TABLE server_keys (
    id          {id},
    purpose     TEXT NOT NULL UNIQUE,
    public_key  TEXT NOT NULL,
    secret      TEXT NOT NULL,
    created_at  {instant} NOT NULL
);

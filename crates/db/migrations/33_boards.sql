-- Public screens that show notices, and what they sign that they showed.

CREATE TABLE boards (
    id           {id},
    outlet_id    BIGINT NOT NULL REFERENCES outlets (id),
    name         TEXT NOT NULL,
    created_by   BIGINT NOT NULL REFERENCES people (id),
    created_at   {instant} NOT NULL,
    code_hash    TEXT UNIQUE,           -- of the code with which the screen comes in; NULL once it did
    code_until   {instant},
    public_key   TEXT UNIQUE,           -- NULL until then
    enrolled_at  {instant},
    revoked_at   {instant},
    seen_at      {instant},             -- it asks only while it can be seen
    version      BIGINT NOT NULL DEFAULT 0, -- of what it was last handed
    digest       TEXT NOT NULL DEFAULT '',  -- of what that says
    refused_at   {instant},             -- when it last refused what it was handed
    refused      TEXT,                  -- why
    CHECK ((public_key IS NULL) = (enrolled_at IS NULL)),
    CHECK (code_hash IS NULL OR (public_key IS NULL AND code_until IS NOT NULL))
);
CREATE INDEX boards_outlet ON boards (outlet_id);

CREATE TABLE board_receipts (
    id           TEXT PRIMARY KEY,      -- board:id of the board
    board_id     BIGINT NOT NULL REFERENCES boards (id),
    delivery_id  BIGINT NOT NULL REFERENCES deliveries (id),
    started_at   {instant} NOT NULL,
    ended_at     {instant} NOT NULL,
    seconds      BIGINT NOT NULL CHECK (seconds >= 0),
    times        BIGINT NOT NULL CHECK (times >= 0),
    why_not      TEXT,                  -- names the text that says why it proves nothing
    envelope     TEXT NOT NULL,
    received_at  {instant} NOT NULL
);
CREATE INDEX board_receipts_delivery ON board_receipts (delivery_id, board_id);
CREATE INDEX board_receipts_board ON board_receipts (board_id, ended_at);
--[sqlite
CREATE TRIGGER board_receipts_stay BEFORE UPDATE ON board_receipts
BEGIN SELECT RAISE(ABORT, 'loa: a receipt cannot be changed'); END;
CREATE TRIGGER board_receipts_kept BEFORE DELETE ON board_receipts
BEGIN SELECT RAISE(ABORT, 'loa: a receipt cannot be taken away'); END;
--]
--[postgres
CREATE TRIGGER board_receipts_stay BEFORE UPDATE OR DELETE ON board_receipts
    FOR EACH ROW EXECUTE FUNCTION loa_refuse('a receipt cannot be changed');
--]

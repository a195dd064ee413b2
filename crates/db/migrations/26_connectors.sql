-- Outlets that other programs hold: how each is reached, and what of a delivery is there.

ALTER TABLE outlets ADD COLUMN connector TEXT;     -- how it is reached; without one by this program itself, or by hand
ALTER TABLE outlets ADD COLUMN settings TEXT;      -- JSON, text by text: what may be seen
ALTER TABLE outlets ADD COLUMN secrets TEXT;       -- the same for what may not, encrypted; never shown again
ALTER TABLE outlets ADD COLUMN faults BIGINT NOT NULL DEFAULT 0;  -- attempts in a row that it failed
ALTER TABLE outlets ADD COLUMN rests_until {instant};             -- nothing is tried before
ALTER TABLE outlets ADD COLUMN rests_because TEXT;

ALTER TABLE deliveries ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN next_at {instant};    -- when the next attempt is due; none: nothing is to be done
ALTER TABLE deliveries ADD COLUMN trying_since {instant}; -- handed over, and the answer is not kept yet
ALTER TABLE deliveries ADD COLUMN remote TEXT;          -- what the other side calls it
ALTER TABLE deliveries ADD COLUMN address TEXT;         -- where the public finds it there
ALTER TABLE deliveries ADD COLUMN taking_back TEXT CHECK (taking_back IN ('asked', 'done', 'failed'));
CREATE INDEX deliveries_due ON deliveries (outlet_id, next_at);

-- What calendar programs are told of a slot that changed.

ALTER TABLE slots ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;       -- grows when it moves or comes back; a cancelled one counts one more
ALTER TABLE slots ADD COLUMN revised_at {instant};                     -- when it last did
ALTER TABLE slots ADD COLUMN left_by BIGINT REFERENCES slots (id);     -- it stands only for a place that this one left

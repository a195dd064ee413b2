-- What a weekly pattern does on public holidays, and calendars that other programs read.

ALTER TABLE airtime_patterns ADD COLUMN holidays TEXT NOT NULL DEFAULT 'usual'
    CHECK (holidays IN ('usual', 'off', 'only'));

-- A secret address under which a calendar program finds an area's airtime; only its hash is kept.
CREATE TABLE calendar_links (
    id            {id},
    person_id     BIGINT NOT NULL REFERENCES people (id),
    area_id       BIGINT NOT NULL REFERENCES areas (id),
    token_hash    TEXT NOT NULL UNIQUE,
    created_at    {instant} NOT NULL,
    withdrawn_at  {instant}
);
CREATE INDEX calendar_links_person ON calendar_links (person_id, area_id);

-- What was read of a document is decided element by element, plans stand in relations to each
-- other, and a corrected document leaves in place what hangs on the plan.

ALTER TABLE plans ADD COLUMN number TEXT;             -- 173/KH-UBND; NULL when its place is blank
ALTER TABLE plans ADD COLUMN notation TEXT;           -- KH-UBND
ALTER TABLE plans ADD COLUMN version BIGINT NOT NULL DEFAULT 1;  -- goes up with every correction
ALTER TABLE plans ADD COLUMN corrected_by BIGINT REFERENCES people (id);
ALTER TABLE plans ADD COLUMN corrected_at {instant};
-- A draft that is a corrected document: of which live plan, and which version it was compared with.
ALTER TABLE plans ADD COLUMN corrects BIGINT REFERENCES plans (id);
ALTER TABLE plans ADD COLUMN corrects_version BIGINT;

-- What a corrected document no longer has stays for what was counted under it, and is not in force.
ALTER TABLE clauses ADD COLUMN ended_at {instant};
ALTER TABLE themes ADD COLUMN ended_at {instant};
ALTER TABLE plan_channels ADD COLUMN ended_at {instant};
ALTER TABLE duties ADD COLUMN ended_at {instant};
ALTER TABLE regimes ADD COLUMN ended_at {instant};

ALTER TABLE duties ADD COLUMN product TEXT;           -- what must lie on the table in the end
ALTER TABLE duties ADD COLUMN budget TEXT;            -- who pays, as a table of tasks says
ALTER TABLE duties ADD COLUMN "row" TEXT;             -- its row in a table of tasks

-- Proposed by the reader or added by a person, and decided by one.
CREATE TABLE plan_elements (
    id          {id},
    plan_id     BIGINT NOT NULL REFERENCES plans (id),
    kind        TEXT NOT NULL CHECK (kind IN ('theme', 'channel', 'duty', 'report', 'audience', 'money', 'milestone', 'relation')),
    clause      TEXT NOT NULL,         -- the eid of the clause that proves it
    proposed    TEXT,                  -- as it was proposed, JSON; NULL when a person added it
    data        TEXT NOT NULL,         -- as it stands now, JSON
    state       TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'rejected')),
    confidence  BIGINT NOT NULL,       -- of the reader, in percent
    position    BIGINT NOT NULL,       -- among those of its kind and clause
    version     BIGINT NOT NULL,       -- goes up with every change
    row_id      BIGINT,                -- the theme, channel, duty or regime that it became
    follows     BIGINT REFERENCES plan_elements (id), -- the element of the corrected plan whose place it takes
    decided_by  BIGINT REFERENCES people (id),
    decided_at  {instant},
    ended_at    {instant}              -- a corrected document took its place
);
CREATE INDEX plan_elements_plan ON plan_elements (plan_id);

CREATE TABLE plan_relations (
    id             {id},
    plan_id        BIGINT NOT NULL REFERENCES plans (id),
    clause_id      BIGINT NOT NULL REFERENCES clauses (id),
    kind           TEXT NOT NULL CHECK (kind IN ('implements', 'amends', 'supersedes', 'yearly')),
    act            TEXT NOT NULL,      -- the other document, as this one names it
    other_plan_id  BIGINT REFERENCES plans (id)
);
CREATE INDEX plan_relations_plan ON plan_relations (plan_id);
CREATE INDEX plan_relations_other ON plan_relations (other_plan_id);

-- The documents that a plan had before it was corrected.
CREATE TABLE plan_versions (
    id            {id},
    plan_id       BIGINT NOT NULL REFERENCES plans (id),
    version       BIGINT NOT NULL,
    title         TEXT NOT NULL,
    reading       TEXT NOT NULL,
    source_text   TEXT NOT NULL,
    file_name     TEXT NOT NULL,
    file_sha256   TEXT NOT NULL REFERENCES files (sha256),
    confirmed_by  BIGINT REFERENCES people (id),
    confirmed_at  {instant},
    UNIQUE (plan_id, version)
);

-- Approved stories froze the address that their clause had then.
CREATE TABLE clause_addresses (
    clause_id  BIGINT NOT NULL REFERENCES clauses (id),
    version    BIGINT NOT NULL,        -- the last version of the plan in which it had this address
    address    TEXT NOT NULL,
    PRIMARY KEY (clause_id, version)
);

-- Plans of before: a draft proposes what was read, a live plan has what was confirmed.
--[sqlite
UPDATE plans SET number = json_extract(reading, '$.number'), notation = json_extract(reading, '$.notation');
INSERT INTO plan_elements (plan_id, kind, clause, proposed, data, state, confidence, position, version)
SELECT plans.id, kinds.kind, json_extract(clause.value, '$.eid'), element.value, element.value, 'proposed', 0, element.key + 1, 1
FROM plans
JOIN (SELECT 'theme' AS kind, '$.themes' AS path UNION ALL SELECT 'channel', '$.channels'
      UNION ALL SELECT 'duty', '$.duties' UNION ALL SELECT 'report', '$.reports') AS kinds
JOIN json_each(plans.reading, kinds.path) AS element
JOIN json_tree(plans.reading, '$.clauses') AS clause
  ON clause.type = 'object' AND json_extract(clause.value, '$.id') = json_extract(element.value, '$.clause')
WHERE plans.state = 'draft'
ORDER BY plans.id, kinds.kind, element.key;

INSERT INTO plan_elements (plan_id, kind, clause, proposed, data, state, confidence, position, version, row_id, decided_by, decided_at)
SELECT plan_id, kind, eid, data, data, 'accepted', 100, position, 1, row_id, confirmed_by, confirmed_at FROM (
    SELECT themes.plan_id, 'theme' AS kind, clause_id, themes.position, themes.id AS row_id,
           json_object('label', label) AS data FROM themes
    UNION ALL
    SELECT plan_id, 'channel', clause_id, id, id, json_object('kind', kind, 'label', label) FROM plan_channels
    UNION ALL
    SELECT plan_id, 'report', clause_id, id, id, json_object('to', recipient, 'due', printf('%02d-%02d', due_month, due_day),
           'inclusive', json(CASE WHEN inclusive THEN 'true' ELSE 'false' END), 'cadence', cadence) FROM regimes
    UNION ALL
    SELECT plan_id, 'duty', clause_id, position, id, json_object('text', text, 'cadence', cadence, 'due', due,
           'units', json((SELECT json_group_array(json_object('name', name, 'role', role)) FROM
               (SELECT name, role FROM duty_units WHERE duty_id = duties.id GROUP BY name, role ORDER BY min(id))))) FROM duties
) AS live
JOIN plans ON plans.id = live.plan_id
JOIN (SELECT id AS known, eid FROM clauses) AS place ON place.known = live.clause_id;
--]
--[postgres
UPDATE plans SET number = reading::jsonb ->> 'number', notation = reading::jsonb ->> 'notation';
INSERT INTO plan_elements (plan_id, kind, clause, proposed, data, state, confidence, position, version)
SELECT plans.id, kinds.kind, clause.value ->> 'eid', element.value::text, element.value::text, 'proposed', 0, element.place, 1
FROM plans
CROSS JOIN (VALUES ('theme', 'themes'), ('channel', 'channels'), ('duty', 'duties'), ('report', 'reports')) AS kinds (kind, path)
CROSS JOIN LATERAL jsonb_array_elements(plans.reading::jsonb -> kinds.path) WITH ORDINALITY AS element (value, place)
JOIN LATERAL jsonb_path_query(plans.reading::jsonb, 'strict $.clauses.**', '{}', true) AS clause (value)
  ON clause.value ->> 'id' = element.value ->> 'clause'
WHERE plans.state = 'draft'
ORDER BY plans.id, kinds.kind, element.place;

INSERT INTO plan_elements (plan_id, kind, clause, proposed, data, state, confidence, position, version, row_id, decided_by, decided_at)
SELECT plan_id, kind, eid, data, data, 'accepted', 100, position, 1, row_id, confirmed_by, confirmed_at FROM (
    SELECT themes.plan_id, 'theme' AS kind, clause_id, themes.position, themes.id AS row_id,
           jsonb_build_object('label', label)::text AS data FROM themes
    UNION ALL
    SELECT plan_id, 'channel', clause_id, id, id, jsonb_build_object('kind', kind, 'label', label)::text FROM plan_channels
    UNION ALL
    SELECT plan_id, 'report', clause_id, id, id, jsonb_build_object('to', recipient,
           'due', to_char(due_month, 'FM00') || '-' || to_char(due_day, 'FM00'),
           'inclusive', inclusive, 'cadence', cadence)::text FROM regimes
    UNION ALL
    SELECT plan_id, 'duty', clause_id, position, id, jsonb_build_object('text', text, 'cadence', cadence, 'due', due,
           'units', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', name, 'role', role) ORDER BY first), '[]') FROM
               (SELECT name, role, min(id) AS first FROM duty_units WHERE duty_id = duties.id GROUP BY name, role) AS named))::text FROM duties
) AS live
JOIN plans ON plans.id = live.plan_id
JOIN (SELECT id AS known, eid FROM clauses) AS place ON place.known = live.clause_id;
--]

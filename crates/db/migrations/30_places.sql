-- Where a loudspeaker stands, and which one takes the place of which.

ALTER TABLE speakers ADD COLUMN latitude DOUBLE PRECISION CHECK (latitude BETWEEN -85 AND 85);
ALTER TABLE speakers ADD COLUMN longitude DOUBLE PRECISION CHECK (longitude BETWEEN -180 AND 180);
ALTER TABLE enrolment_codes ADD COLUMN replaces_id BIGINT REFERENCES speakers (id); -- it goes off the air when the new one enrols

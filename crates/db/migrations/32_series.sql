-- A weekly pattern may be a series (chuyên mục): its slots are editions with a number.

ALTER TABLE airtime_patterns ADD COLUMN series TEXT;

-- What of the network a function reaches; it was a variable before.
ALTER TABLE functions ADD COLUMN network TEXT NOT NULL DEFAULT 'open';
UPDATE functions SET network = 'none' WHERE id IN (
  SELECT function_id FROM function_variables WHERE name = 'HEARTH_NETWORK' AND value = 'none'
);
DELETE FROM function_variables WHERE name = 'HEARTH_NETWORK';

-- A secret variable's value is sealed with a key outside the project.
ALTER TABLE function_variables ADD COLUMN secret INTEGER NOT NULL DEFAULT 0;

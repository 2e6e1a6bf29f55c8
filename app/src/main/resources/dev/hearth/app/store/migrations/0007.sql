-- What a function was configured like when it was invoked, once per content, so that the invocation
-- can be made again. Values of secrets are not in it.
CREATE TABLE configurations (
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  encoding INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;

ALTER TABLE invocations ADD COLUMN configuration INTEGER REFERENCES configurations (id);

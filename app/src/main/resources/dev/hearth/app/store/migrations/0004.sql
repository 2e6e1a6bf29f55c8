ALTER TABLE functions ADD COLUMN log_format TEXT NOT NULL DEFAULT 'Text';
ALTER TABLE functions ADD COLUMN application_log_level TEXT;
ALTER TABLE functions ADD COLUMN system_log_level TEXT;
ALTER TABLE functions ADD COLUMN log_group TEXT;
ALTER TABLE functions ADD COLUMN snap_start TEXT NOT NULL DEFAULT 'None';

-- What the service API alone manages: versions, aliases, layers, policies, ... as JSON. A key that
-- belongs to a function is its name, or its name, a slash and more.
CREATE TABLE service_records (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

-- Uploaded archives and the archives of published versions, once per hash.
CREATE TABLE code_archives (
  sha256 TEXT PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;

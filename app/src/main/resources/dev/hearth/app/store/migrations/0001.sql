CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Ids are never used again: the history of a deleted function keeps its number.
CREATE TABLE functions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  runtime TEXT NOT NULL,
  handler TEXT NOT NULL,
  memory_mb INTEGER NOT NULL,
  timeout_s INTEGER NOT NULL,
  storage_mb INTEGER NOT NULL,
  architecture TEXT NOT NULL,
  linked_folder TEXT,
  revision INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE function_variables (
  function_id INTEGER NOT NULL REFERENCES functions (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (function_id, name)
) STRICT, WITHOUT ROWID;

-- Contents of source files, once per hash. encoding: 0 as it is, 1 deflated.
CREATE TABLE source_blobs (
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  encoding INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;

CREATE TABLE source_files (
  function_id INTEGER NOT NULL REFERENCES functions (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  text INTEGER NOT NULL,
  executable INTEGER NOT NULL,
  blob_id INTEGER NOT NULL REFERENCES source_blobs (id),
  PRIMARY KEY (function_id, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX source_files_by_blob ON source_files (blob_id);

CREATE TABLE source_versions (
  id INTEGER PRIMARY KEY,
  function_id INTEGER NOT NULL REFERENCES functions (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (function_id, number),
  UNIQUE (function_id, sha256)
) STRICT;

CREATE TABLE source_version_files (
  version_id INTEGER NOT NULL REFERENCES source_versions (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  executable INTEGER NOT NULL,
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  blob_id INTEGER REFERENCES source_blobs (id),
  PRIMARY KEY (version_id, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX source_version_files_by_blob ON source_version_files (blob_id);

CREATE TABLE test_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;

-- One row per process that wrote history, so that what a killed one left open can be told.
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  pid INTEGER NOT NULL,
  process_started_at INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

CREATE TABLE environments (
  id INTEGER PRIMARY KEY,
  environment_id TEXT NOT NULL UNIQUE,
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  function_name TEXT NOT NULL,
  memory_mb INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  init_ended_at INTEGER NOT NULL,
  gone_at INTEGER NOT NULL,
  gone_reason TEXT
) STRICT;

CREATE INDEX environments_by_start ON environments (started_at);
CREATE INDEX environments_alive ON environments (session_id) WHERE gone_at = 0;

-- Large events and responses, once per hash; small ones stand in the row.
CREATE TABLE bodies (
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  encoding INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;

-- The id is the time of acceptance in nanoseconds since the epoch (moved on when taken), so that
-- the table is in order of time without another index. An index on the random request id would
-- cost more than all the rest of a row: whoever looks for one knows its time nearly always.
CREATE TABLE invocations (
  id INTEGER PRIMARY KEY,
  request_id BLOB NOT NULL,
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  environment INTEGER REFERENCES environments (id),
  function_id INTEGER NOT NULL,
  function_name TEXT NOT NULL,
  source_version INTEGER NOT NULL,
  status TEXT NOT NULL,
  error_type TEXT,
  cold_start INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  init_nanos INTEGER NOT NULL,
  duration_nanos INTEGER NOT NULL,
  billed_millis INTEGER NOT NULL,
  memory_mb INTEGER NOT NULL,
  peak_memory_bytes INTEGER NOT NULL,
  cpu_nanos INTEGER NOT NULL,
  cost_pico_usd INTEGER NOT NULL,
  event_body INTEGER REFERENCES bodies (id),
  response_body INTEGER REFERENCES bodies (id),
  event BLOB,
  response BLOB,
  log BLOB,
  spans BLOB,
  memory BLOB
) STRICT;

CREATE INDEX invocations_by_environment ON invocations (environment, id);
CREATE INDEX invocations_open ON invocations (session_id) WHERE status IN ('PENDING', 'RUNNING');

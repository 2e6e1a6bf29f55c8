-- What is set about invoking a function; it follows the function's name and goes with it.
CREATE TABLE invoke_settings (
  function_name TEXT PRIMARY KEY
    REFERENCES functions (name) ON UPDATE CASCADE ON DELETE CASCADE,
  reserved_concurrency INTEGER,
  dead_letter_target TEXT,
  recursive_loop TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE provisioned_concurrency (
  function_name TEXT NOT NULL
    REFERENCES functions (name) ON UPDATE CASCADE ON DELETE CASCADE,
  qualifier TEXT NOT NULL,
  environments INTEGER NOT NULL,
  PRIMARY KEY (function_name, qualifier)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_invoke_configs (
  function_name TEXT NOT NULL
    REFERENCES functions (name) ON UPDATE CASCADE ON DELETE CASCADE,
  qualifier TEXT NOT NULL,
  retry_attempts INTEGER,
  event_age_s INTEGER,
  on_success TEXT,
  on_failure TEXT,
  modified_at INTEGER NOT NULL,
  PRIMARY KEY (function_name, qualifier)
) STRICT, WITHOUT ROWID;

-- Asynchronous invocations that have not ended. The owner is the process that tries them; those of
-- a dead process, or of none, are taken over by the next one that delivers.
CREATE TABLE queued_events (
  id INTEGER PRIMARY KEY,
  request_id TEXT NOT NULL UNIQUE,
  owner_pid INTEGER,
  owner_started_at INTEGER,
  function_name TEXT NOT NULL,
  qualifier TEXT,
  trace_id TEXT,
  accepted_at INTEGER NOT NULL,
  next_attempt_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  refusals INTEGER NOT NULL,
  problem TEXT,
  payload BLOB NOT NULL,
  response BLOB,
  response_version TEXT
) STRICT;

-- What was sent to local queues, topics, buses and buckets.
CREATE TABLE delivered_records (
  id INTEGER PRIMARY KEY,
  target_arn TEXT NOT NULL,
  kind TEXT NOT NULL,
  request_id TEXT NOT NULL,
  function_name TEXT NOT NULL,
  delivered_at INTEGER NOT NULL,
  body BLOB NOT NULL,
  problem TEXT
) STRICT;

CREATE INDEX delivered_records_by_target ON delivered_records (target_arn, id);

CREATE TABLE delivered_attributes (
  record_id INTEGER NOT NULL REFERENCES delivered_records (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (record_id, name)
) STRICT, WITHOUT ROWID;

-- Past invocations kept as tests: what was sent, what came back, and what it may cost.
CREATE TABLE pins (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  function_name TEXT NOT NULL,
  status TEXT NOT NULL,
  event BLOB NOT NULL,
  response BLOB NOT NULL,
  most_nanos INTEGER NOT NULL,
  most_memory_bytes INTEGER NOT NULL,
  most_cost_pico_usd INTEGER NOT NULL
) STRICT;

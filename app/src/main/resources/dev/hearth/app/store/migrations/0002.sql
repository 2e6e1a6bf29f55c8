-- The functions that the timeline has lanes for.
CREATE TABLE timeline_functions (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- What the timeline draws from afar. A lane is an environment's id, or a timeline function's as a
-- negative number; a tile holds the sums of 64 neighbouring stretches of time of one level.
CREATE TABLE timeline_tiles (
  lane INTEGER NOT NULL,
  level INTEGER NOT NULL,
  tile INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (lane, level, tile)
) STRICT, WITHOUT ROWID;

-- The figures of ended invocations, many to a row, so that a million of them are searched at once.
CREATE TABLE fact_segments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_count INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;

-- The words of events, responses and logs: the index alone, without the texts. Equal texts are one
-- document.
CREATE VIRTUAL TABLE texts USING fts5 (
  body, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE text_sequence (next INTEGER NOT NULL) STRICT;
INSERT INTO text_sequence VALUES (1);

-- A row here means that the tables above lack what the history holds, and are to be made anew.
CREATE TABLE index_backlog (id INTEGER PRIMARY KEY) STRICT;
INSERT INTO index_backlog SELECT 1 WHERE EXISTS (SELECT 1 FROM invocations);

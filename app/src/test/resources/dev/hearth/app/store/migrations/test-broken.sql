DROP TABLE test_events;
ALTER TABLE nothing ADD COLUMN x;

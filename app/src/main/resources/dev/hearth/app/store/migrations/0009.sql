-- What loading the handler was made of, for the few cold starts that were asked to measure it.
ALTER TABLE invocations ADD COLUMN imports BLOB;

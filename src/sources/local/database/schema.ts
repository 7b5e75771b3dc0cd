/**
 * Step n brings a store of version n to n + 1; once released, a step never changes.
 * docs/decisions/local-store.md says why it is laid out like this. Times are µs since 1970, durations µs.
 */
export const migrations: readonly string[] = [
  `
  -- What sent spans: resource attributes as JSON, by the SHA-256 of both.
  CREATE TABLE resources (
    id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE,
    service TEXT NOT NULL, attributes TEXT NOT NULL, used REAL NOT NULL
  );
  -- What traces are found by: a service, an operation of it, or the key of a row of figures.
  CREATE TABLE entries (
    id INTEGER PRIMARY KEY, sort TEXT NOT NULL, service TEXT NOT NULL, name TEXT NOT NULL,
    kind TEXT NOT NULL, layer TEXT NOT NULL, method TEXT NOT NULL, route TEXT NOT NULL,
    controller TEXT NOT NULL, callback TEXT NOT NULL,
    UNIQUE (sort, service, name, kind, layer, method, route, controller, callback)
  );
  -- Ids rise with arrival: the oldest are deleted first.
  CREATE TABLE traces (
    id INTEGER PRIMARY KEY, trace_id BLOB NOT NULL UNIQUE, received REAL NOT NULL,
    start REAL NOT NULL, finish REAL NOT NULL, spans INTEGER NOT NULL, errors INTEGER NOT NULL,
    rooted INTEGER NOT NULL, root_start REAL NOT NULL, root_service TEXT NOT NULL,
    root_operation TEXT NOT NULL, services TEXT NOT NULL
  );
  CREATE INDEX traces_by_start ON traces (start);
  -- The spans of one trace in one delivery: their ids, eight bytes each, and all else deflated.
  CREATE TABLE chunks (
    id INTEGER PRIMARY KEY, trace INTEGER NOT NULL, span_ids BLOB NOT NULL, spans BLOB NOT NULL
  );
  CREATE INDEX chunks_by_trace ON chunks (trace);
  -- Which traces have spans of an entry: their first start, the longest, the longest failed (or -1).
  CREATE TABLE trace_index (
    entry INTEGER NOT NULL, trace INTEGER NOT NULL, start REAL NOT NULL, duration REAL NOT NULL,
    error_duration REAL NOT NULL, PRIMARY KEY (entry, trace)
  ) WITHOUT ROWID;
  -- Every request once, by the minute of its start; older ones by the hour.
  CREATE TABLE figures (
    start REAL NOT NULL, minutes INTEGER NOT NULL, entry INTEGER NOT NULL, errors INTEGER NOT NULL,
    sketch BLOB NOT NULL, slowest BLOB NOT NULL, PRIMARY KEY (start, minutes, entry)
  ) WITHOUT ROWID;
  `,
  `
  -- When figures were last added to: spans may arrive long after they started.
  ALTER TABLE figures ADD COLUMN received REAL NOT NULL DEFAULT 0;
  UPDATE figures SET received = start + minutes * 6e7;
  `,
  `
  -- The last start of an entry's spans in the trace: one that began before a window may go on in it.
  ALTER TABLE trace_index ADD COLUMN last_start REAL NOT NULL DEFAULT 0;
  UPDATE trace_index SET last_start = start;
  `,
  `
  -- How much of what came in a minute could not be read, and the first place and reason.
  CREATE TABLE dropped (
    received REAL PRIMARY KEY, spans INTEGER NOT NULL, position TEXT NOT NULL, reason TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
];

export const schemaVersion = migrations.length;

/** Stores from this version on can be read before their writer has migrated them: later steps only add tables. */
export const readableVersion = 3;

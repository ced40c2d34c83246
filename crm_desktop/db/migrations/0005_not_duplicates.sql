-- Pairs of records that look alike and that somebody has said are two; "one" is the older.
CREATE TABLE not_duplicates (
  entity TEXT NOT NULL,
  one INTEGER NOT NULL,
  other INTEGER NOT NULL CHECK (one < other),
  operator INTEGER REFERENCES operators(id),
  at TEXT NOT NULL,                          -- UTC
  PRIMARY KEY (entity, one, other)
) STRICT, WITHOUT ROWID;

-- Pairs of records that look alike and that somebody has said are two; "one" is the older.
CREATE TABLE not_duplicates (
  entity TEXT NOT NULL,
  one INTEGER NOT NULL,
  other INTEGER NOT NULL CHECK (one < other),
  operator INTEGER REFERENCES operators(id),
  at TEXT NOT NULL,                          -- UTC
  PRIMARY KEY (entity, one, other)
) STRICT, WITHOUT ROWID;

-- Lists of regions are printed and exported by a right of their own now: who had it for customers keeps it.
INSERT OR IGNORE INTO permissions (role, area, verb)
 SELECT role, 'regions', verb FROM permissions WHERE area = 'customers' AND verb IN ('print', 'export');
INSERT OR IGNORE INTO operator_permissions (operator, area, verb)
 SELECT operator, 'regions', verb FROM operator_permissions WHERE area = 'customers' AND verb IN ('print', 'export');

-- Trust: a log that cannot be rewritten, rights of one operator, the list of backups, drafts of forms.
ALTER TABLE operations ADD COLUMN digest TEXT NOT NULL DEFAULT '';
ALTER TABLE operations ADD COLUMN chain TEXT NOT NULL DEFAULT '';
ALTER TABLE operations ADD COLUMN purged_in INTEGER REFERENCES operations(id);
CREATE INDEX operations_operator ON operations(operator, id);
CREATE INDEX operations_kind ON operations(kind, id);
CREATE INDEX operations_purged ON operations(purged_in) WHERE purged_in IS NOT NULL;

-- The log only grows: what is sealed in the chain can be purged by an operation of its own, never changed or deleted.
CREATE TRIGGER operations_sealed BEFORE UPDATE ON operations
WHEN OLD.chain <> '' AND (NEW.purged_in IS NULL OR NEW.chain <> OLD.chain OR NEW.digest <> OLD.digest OR NEW.at <> OLD.at)
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;
CREATE TRIGGER operations_kept BEFORE DELETE ON operations
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;
CREATE TRIGGER audit_sealed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM operations o WHERE o.id = OLD.operation AND o.purged_in IS NOT NULL)
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;

ALTER TABLE operators ADD COLUMN staff_number TEXT NOT NULL DEFAULT '';
ALTER TABLE operators ADD COLUMN position INTEGER REFERENCES dictionary_items(id);
ALTER TABLE operators ADD COLUMN birthday TEXT;
ALTER TABLE operators ADD COLUMN hired_on TEXT;

-- Rights of one operator beyond the role's.
CREATE TABLE operator_permissions (
  operator INTEGER NOT NULL REFERENCES operators(id),
  area TEXT NOT NULL,
  verb TEXT NOT NULL CHECK (verb IN ('view', 'create', 'update', 'delete', 'import', 'export', 'print')),
  PRIMARY KEY (operator, area, verb)
) STRICT, WITHOUT ROWID;

-- Every backup made of this file; what was made by itself may be thinned out again.
CREATE TABLE backups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,                          -- UTC
  computer TEXT NOT NULL DEFAULT '',
  path TEXT NOT NULL,
  occasion TEXT NOT NULL CHECK (occasion IN ('手动', '每日', '退出', '导入前', '清理前', '恢复前', '升级前')),
  size INTEGER NOT NULL,                     -- bytes
  sha256 TEXT NOT NULL,
  is_encrypted INTEGER NOT NULL DEFAULT 0 CHECK (is_encrypted IN (0, 1)),
  removed_at TEXT                            -- UTC, when it was thinned out or found gone
) STRICT;
CREATE INDEX backups_at ON backups(at);

-- What somebody was typing, until it is saved or given up; "record" is empty for a new one.
CREATE TABLE drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  operator INTEGER NOT NULL REFERENCES operators(id),
  screen TEXT NOT NULL,
  entity TEXT NOT NULL,
  record INTEGER,
  version INTEGER,
  at TEXT NOT NULL,                          -- UTC
  content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;
CREATE INDEX drafts_operator ON drafts(operator);

-- Rights that mean nothing are taken away; whoever could do a thing before still can.
DELETE FROM permissions WHERE area = 'satisfaction' AND verb NOT IN ('view', 'export', 'print');
INSERT OR IGNORE INTO permissions (role, area, verb)
  SELECT DISTINCT role, 'phones', 'view' FROM permissions WHERE area = 'customers' AND verb = 'view';
INSERT OR IGNORE INTO permissions (role, area, verb)
  SELECT role, 'recycle_bin', 'view' FROM permissions WHERE area = 'customers' AND verb = 'delete';
INSERT OR IGNORE INTO permissions (role, area, verb)
  SELECT id, 'recycle_bin', 'delete' FROM roles WHERE is_system = 1;

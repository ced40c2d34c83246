-- Letters by electronic mail, and who does not want any.
ALTER TABLE customers ADD COLUMN is_unsubscribed INTEGER NOT NULL CHECK (is_unsubscribed IN (0, 1))
  DEFAULT 0;
ALTER TABLE contacts ADD COLUMN is_unsubscribed INTEGER NOT NULL CHECK (is_unsubscribed IN (0, 1))
  DEFAULT 0;

CREATE TABLE mail_templates (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  is_html INTEGER NOT NULL DEFAULT 0 CHECK (is_html IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX mail_templates_name ON mail_templates(name);

CREATE TABLE mail_jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  created_at TEXT NOT NULL,                  -- UTC
  operator INTEGER REFERENCES operators(id),
  subject TEXT NOT NULL CHECK (subject <> ''), -- with merge fields, as the body
  body TEXT NOT NULL,
  is_html INTEGER NOT NULL DEFAULT 0 CHECK (is_html IN (0, 1)),
  problem TEXT NOT NULL DEFAULT ''           -- why sending stopped by itself
) STRICT;

CREATE TABLE mail_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  job INTEGER NOT NULL REFERENCES mail_jobs(id),
  customer INTEGER NOT NULL REFERENCES customers(id) ON DELETE CASCADE,
  contact INTEGER REFERENCES contacts(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  address TEXT NOT NULL DEFAULT '',
  address_key TEXT,                          -- without case; NULL for who gets nothing
  state TEXT NOT NULL CHECK (state IN ('待发', '发送中', '已发', '可能已发', '失败', '已跳过')),
  reason TEXT NOT NULL DEFAULT '',
  message_id TEXT NOT NULL DEFAULT '',
  window TEXT NOT NULL DEFAULT '',           -- which window of the program is or was sending it
  at TEXT                                    -- UTC: the last change of state
) STRICT;
CREATE UNIQUE INDEX mail_messages_address ON mail_messages(job, address_key) WHERE address_key IS NOT NULL;
CREATE INDEX mail_messages_job ON mail_messages(job, state);
CREATE INDEX mail_messages_customer ON mail_messages(customer);
CREATE INDEX mail_messages_contact ON mail_messages(contact) WHERE contact IS NOT NULL;
CREATE INDEX mail_messages_sent ON mail_messages(at) WHERE state IN ('已发', '可能已发');

CREATE TABLE mail_attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  job INTEGER NOT NULL REFERENCES mail_jobs(id),
  name TEXT NOT NULL CHECK (name <> ''),
  size INTEGER NOT NULL CHECK (size > 0),    -- bytes
  sha256 TEXT NOT NULL,
  content BLOB NOT NULL                      -- last, so that listing never reads its pages
) STRICT;
CREATE INDEX mail_attachments_job ON mail_attachments(job);

-- Who writes 业务往来 and takes customers out of the office writes letters; who sets the office up sets up its server.
INSERT OR IGNORE INTO permissions (role, area, verb)
  SELECT role, 'mail', 'view' FROM permissions WHERE area = 'interactions' AND verb = 'view';
INSERT OR IGNORE INTO permissions (role, area, verb)
  SELECT p.role, 'mail', 'create' FROM permissions p JOIN permissions e
    ON e.role = p.role AND e.area = 'customers' AND e.verb = 'export'
   WHERE p.area = 'interactions' AND p.verb = 'create';
INSERT OR IGNORE INTO permissions (role, area, verb)
  SELECT role, 'mail', 'update' FROM permissions WHERE area = 'settings' AND verb = 'update';

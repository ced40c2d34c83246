-- A day at the office: what is to be done, and what somebody has been reminded of.
CREATE TABLE memos (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL DEFAULT '' CHECK (subject <> ''),
  date TEXT NOT NULL,                        -- of a repeated one, its first day
  time TEXT NOT NULL DEFAULT '',
  owner INTEGER REFERENCES operators(id),
  repeat TEXT NOT NULL DEFAULT '' CHECK (repeat IN ('', '每天', '每个工作日', '每周', '每月', '每年', '农历每年')),
  repeat_until TEXT,
  reminder TEXT NOT NULL DEFAULT ''
    CHECK (reminder IN ('', '准时', '提前 10 分钟', '提前 30 分钟', '提前 1 小时', '提前 1 天')),
  customer INTEGER REFERENCES customers(id),
  contact INTEGER REFERENCES contacts(id),
  is_done INTEGER NOT NULL DEFAULT 0 CHECK (is_done IN (0, 1)),
  done_until TEXT,                           -- of a repeated one, the last day that was seen to
  content TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id),
  version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id)
) STRICT;
CREATE INDEX memos_date ON memos(date) WHERE deleted_at IS NULL;
CREATE INDEX memos_open ON memos(date) WHERE is_done = 0 AND deleted_at IS NULL;
CREATE INDEX memos_customer ON memos(customer, date) WHERE customer IS NOT NULL;
CREATE INDEX memos_contact ON memos(contact) WHERE contact IS NOT NULL;
CREATE INDEX memos_deleted ON memos(deleted_in) WHERE deleted_in IS NOT NULL;

-- What an operator has been reminded of: each occasion once, or again when it was put off.
CREATE TABLE reminders (
  operator INTEGER NOT NULL REFERENCES operators(id),
  entity TEXT NOT NULL,
  record INTEGER NOT NULL,
  day TEXT NOT NULL,                         -- local: which occasion of the record
  shown_at TEXT NOT NULL,                    -- UTC
  again_at TEXT,                             -- UTC, when it was put off until then
  PRIMARY KEY (operator, entity, record, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX contacts_birthday ON contacts(birthday, birthday_calendar)
  WHERE birthday IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contacts_anniversary ON contacts(anniversary) WHERE anniversary IS NOT NULL AND deleted_at IS NULL;

-- Who works with 业务往来 works with 工作备忘 in the same way.
INSERT OR IGNORE INTO permissions (role, area, verb)
  SELECT role, 'memos', verb FROM permissions WHERE area = 'interactions';
INSERT OR IGNORE INTO operator_permissions (operator, area, verb)
  SELECT operator, 'memos', verb FROM operator_permissions WHERE area = 'interactions';

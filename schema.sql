-- The database as it is today. Older files are brought here by crm_desktop/db/migrations.
PRAGMA application_id = 1129467213; -- 'CRMM'
PRAGMA user_version = 6;

-- Who did what ---------------------------------------------------------------------------------------------------

CREATE TABLE operations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,                          -- UTC
  operator INTEGER REFERENCES operators(id),
  computer TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL,
  sentence TEXT NOT NULL,
  digest TEXT NOT NULL DEFAULT '',           -- SHA-256 of this operation and its audit rows, in hex
  chain TEXT NOT NULL DEFAULT '',            -- SHA-256 of the chain before and this digest; empty before version 3
  purged_in INTEGER REFERENCES operations(id)  -- the operation that cleared sentence and audit rows: the chain stays
) STRICT;
CREATE INDEX operations_at ON operations(at);
CREATE INDEX operations_operator ON operations(operator, id);
CREATE INDEX operations_kind ON operations(kind, id);
CREATE INDEX operations_purged ON operations(purged_in) WHERE purged_in IS NOT NULL;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  operation INTEGER NOT NULL REFERENCES operations(id),
  entity TEXT NOT NULL,
  record INTEGER,
  kind TEXT NOT NULL CHECK (kind IN ('create', 'update', 'delete', 'restore', 'purge')),
  old TEXT CHECK (old IS NULL OR json_valid(old)),
  new TEXT CHECK (new IS NULL OR json_valid(new))
) STRICT;
CREATE INDEX audit_operation ON audit(operation);
CREATE INDEX audit_record ON audit(entity, record);

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

CREATE TABLE transitions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  record INTEGER NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  operator INTEGER NOT NULL REFERENCES operators(id),
  at TEXT NOT NULL,
  remark TEXT NOT NULL DEFAULT '',
  step TEXT NOT NULL DEFAULT ''              -- key of the workflow's step
) STRICT;
CREATE INDEX transitions_record ON transitions(entity, record);

-- People and rights ----------------------------------------------------------------------------------------------

CREATE TABLE roles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
  data_scope TEXT NOT NULL DEFAULT '全部' CHECK (data_scope IN ('本人', '本部门', '全部')),
  is_system INTEGER NOT NULL DEFAULT 0 CHECK (is_system IN (0, 1)),
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id),
  version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id)
) STRICT;
CREATE UNIQUE INDEX roles_name ON roles(name) WHERE deleted_at IS NULL;

CREATE TABLE permissions (
  role INTEGER NOT NULL REFERENCES roles(id),
  area TEXT NOT NULL,
  verb TEXT NOT NULL CHECK (verb IN ('view', 'create', 'update', 'delete', 'import', 'export', 'print')),
  PRIMARY KEY (role, area, verb)
) STRICT, WITHOUT ROWID;

CREATE TABLE operators (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
  full_name TEXT NOT NULL DEFAULT '' CHECK (full_name <> ''),
  role INTEGER NOT NULL REFERENCES roles(id),
  gender TEXT NOT NULL DEFAULT '' CHECK (gender IN ('', '男', '女', '未知')),
  department INTEGER REFERENCES dictionary_items(id),
  mobile TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id),
  version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id),
  staff_number TEXT NOT NULL DEFAULT '',     -- 工号
  position INTEGER REFERENCES dictionary_items(id),
  birthday TEXT,
  hired_on TEXT
) STRICT;
CREATE UNIQUE INDEX operators_name ON operators(name COLLATE NOCASE) WHERE deleted_at IS NULL;

-- Rights of one operator beyond the role's.
CREATE TABLE operator_permissions (
  operator INTEGER NOT NULL REFERENCES operators(id),
  area TEXT NOT NULL,
  verb TEXT NOT NULL CHECK (verb IN ('view', 'create', 'update', 'delete', 'import', 'export', 'print')),
  PRIMARY KEY (operator, area, verb)
) STRICT, WITHOUT ROWID;

-- Kept apart from operators so that no list, export or audit row can ever carry a password hash.
CREATE TABLE credentials (
  operator INTEGER PRIMARY KEY REFERENCES operators(id),
  password_hash TEXT NOT NULL,
  failed_count INTEGER NOT NULL DEFAULT 0,
  locked_until TEXT,
  must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1)),
  last_sign_in_at TEXT
) STRICT;

-- Reference data -------------------------------------------------------------------------------------------------

CREATE TABLE dictionary_items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  position INTEGER NOT NULL,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  key TEXT NOT NULL DEFAULT '',              -- of the items that code refers to: renamed freely, never switched off
  attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)),
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id),
  version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id)
) STRICT;
CREATE UNIQUE INDEX dictionary_items_name ON dictionary_items(kind, name) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX dictionary_items_key ON dictionary_items(kind, key) WHERE key <> '';
CREATE INDEX dictionary_items_kind ON dictionary_items(kind, position);

CREATE TABLE regions (
  code TEXT PRIMARY KEY,                     -- GB/T 2260, or the office's own X + serial
  parent TEXT REFERENCES regions(code),
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
  name TEXT NOT NULL CHECK (name <> ''),
  full_name TEXT NOT NULL,
  pinyin TEXT NOT NULL,                      -- toneless syllables without spaces
  initials TEXT NOT NULL,
  area_code TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  is_own INTEGER NOT NULL DEFAULT 0 CHECK (is_own IN (0, 1)),
  edited TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(edited))  -- fields the office changed: an update leaves them
) STRICT, WITHOUT ROWID;
CREATE INDEX regions_parent ON regions(parent);
CREATE INDEX regions_area_code ON regions(area_code);
CREATE INDEX regions_postcode ON regions(postcode);

CREATE TABLE company (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
  short_name TEXT NOT NULL DEFAULT '',
  region TEXT REFERENCES regions(code),
  area_code TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  fax TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  website TEXT NOT NULL DEFAULT '',
  english_name TEXT NOT NULL DEFAULT '',
  english_address TEXT NOT NULL DEFAULT '',
  bank TEXT NOT NULL DEFAULT '',
  bank_account TEXT NOT NULL DEFAULT '',
  tax_number TEXT NOT NULL DEFAULT '',
  remark TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id),
  version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id)
) STRICT;

-- Settings of the office (operator 0) and of each operator: one JSON value a key.
CREATE TABLE settings (
  operator INTEGER NOT NULL DEFAULT 0,
  key TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  PRIMARY KEY (operator, key)
) STRICT, WITHOUT ROWID;

-- The last serial given out under each prefix; it outlives the records, so a number never returns.
CREATE TABLE serials (
  prefix TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Nothing is lost ------------------------------------------------------------------------------------------------

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

-- Customers and contacts -----------------------------------------------------------------------------------------

CREATE TABLE customers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL DEFAULT '' CHECK (length(code) BETWEEN 1 AND 8),
  name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
  short_name TEXT NOT NULL DEFAULT '',
  pinyin TEXT NOT NULL DEFAULT '',
  region TEXT REFERENCES regions(code),
  area_code TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  mobile TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  level INTEGER REFERENCES dictionary_items(id),
  status INTEGER REFERENCES dictionary_items(id),
  category INTEGER REFERENCES dictionary_items(id),
  owner INTEGER REFERENCES operators(id),
  old_code TEXT NOT NULL DEFAULT '',
  country INTEGER REFERENCES dictionary_items(id),
  country_code TEXT NOT NULL DEFAULT '',
  fax TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  is_unsubscribed INTEGER NOT NULL CHECK (is_unsubscribed IN (0, 1))
    DEFAULT 0,                               -- on a line of its own, as the migration could add it
  website TEXT NOT NULL DEFAULT '',
  english_name TEXT NOT NULL DEFAULT '',
  english_address TEXT NOT NULL DEFAULT '',
  nature INTEGER REFERENCES dictionary_items(id),
  type INTEGER REFERENCES dictionary_items(id),
  industry INTEGER REFERENCES dictionary_items(id),
  credit INTEGER REFERENCES dictionary_items(id),
  legal_representative TEXT NOT NULL DEFAULT '',
  registered_capital INTEGER,                -- 分
  annual_revenue INTEGER,                    -- 分
  employee_count INTEGER CHECK (employee_count >= 0),
  scale INTEGER REFERENCES dictionary_items(id),
  business_mode INTEGER REFERENCES dictionary_items(id),
  main_business TEXT NOT NULL DEFAULT '',
  bank TEXT NOT NULL DEFAULT '',
  bank_account TEXT NOT NULL DEFAULT '',
  tax_number TEXT NOT NULL DEFAULT '',
  source INTEGER REFERENCES dictionary_items(id),
  star TEXT NOT NULL DEFAULT '' CHECK (star IN ('', '★', '★★', '★★★', '★★★★', '★★★★★')),
  remark TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id),
  version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id)
) STRICT;
CREATE UNIQUE INDEX customers_code ON customers(code COLLATE NOCASE);  -- deleted ones too: a code never returns
CREATE INDEX customers_region ON customers(region);
CREATE INDEX customers_level ON customers(level);
CREATE INDEX customers_owner ON customers(owner);
CREATE INDEX customers_deleted ON customers(deleted_in) WHERE deleted_in IS NOT NULL;

CREATE TABLE contacts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
  customer INTEGER NOT NULL REFERENCES customers(id),
  is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0, 1)),
  gender TEXT NOT NULL DEFAULT '' CHECK (gender IN ('', '男', '女', '未知')),
  honorific INTEGER REFERENCES dictionary_items(id),
  department INTEGER REFERENCES dictionary_items(id),
  position INTEGER REFERENCES dictionary_items(id),
  mobile TEXT NOT NULL DEFAULT '',
  office_phone TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  is_unsubscribed INTEGER NOT NULL CHECK (is_unsubscribed IN (0, 1))
    DEFAULT 0,                               -- on a line of its own, as the migration could add it
  home_phone TEXT NOT NULL DEFAULT '',
  fax TEXT NOT NULL DEFAULT '',
  wechat TEXT NOT NULL DEFAULT '',
  qq TEXT NOT NULL DEFAULT '',
  country INTEGER REFERENCES dictionary_items(id),
  region TEXT REFERENCES regions(code),
  area_code TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  english_name TEXT NOT NULL DEFAULT '',
  birthday TEXT,
  birthday_calendar TEXT NOT NULL DEFAULT '' CHECK (birthday_calendar IN ('', '公历', '农历')),
  anniversary TEXT,
  hobby TEXT NOT NULL DEFAULT '',
  pinyin TEXT NOT NULL DEFAULT '',
  remark TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id),
  version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id)
) STRICT;
CREATE INDEX contacts_customer ON contacts(customer);
CREATE UNIQUE INDEX contacts_primary ON contacts(customer) WHERE is_primary = 1 AND deleted_at IS NULL;
CREATE INDEX contacts_deleted ON contacts(deleted_in) WHERE deleted_in IS NOT NULL;
CREATE INDEX contacts_birthday ON contacts(birthday, birthday_calendar)
  WHERE birthday IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contacts_anniversary ON contacts(anniversary) WHERE anniversary IS NOT NULL AND deleted_at IS NULL;

-- Pairs of records that look alike and that somebody has said are two; "one" is the older.
CREATE TABLE not_duplicates (
  entity TEXT NOT NULL,
  one INTEGER NOT NULL,
  other INTEGER NOT NULL CHECK (one < other),
  operator INTEGER REFERENCES operators(id),
  at TEXT NOT NULL,                          -- UTC
  PRIMARY KEY (entity, one, other)
) STRICT, WITHOUT ROWID;

-- Dealings with customers: 往来, 反馈, 投诉, 销售 ---------------------------------------------------------------------

CREATE TABLE products (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
  code TEXT NOT NULL DEFAULT '' CHECK (code <> ''),
  category INTEGER REFERENCES dictionary_items(id),
  model TEXT NOT NULL DEFAULT '',
  unit INTEGER REFERENCES dictionary_items(id),
  price INTEGER,                             -- 分
  is_on_sale INTEGER NOT NULL DEFAULT 1 CHECK (is_on_sale IN (0, 1)),
  remark TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id),
  version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id)
) STRICT;
CREATE UNIQUE INDEX products_code ON products(code COLLATE NOCASE) WHERE deleted_at IS NULL;
CREATE INDEX products_deleted ON products(deleted_in) WHERE deleted_in IS NOT NULL;

CREATE TABLE interactions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL DEFAULT '' CHECK (subject <> ''),
  customer INTEGER NOT NULL REFERENCES customers(id),
  contact INTEGER REFERENCES contacts(id),
  date TEXT NOT NULL,
  time TEXT NOT NULL DEFAULT '',
  method INTEGER REFERENCES dictionary_items(id),
  handler INTEGER REFERENCES operators(id),
  place TEXT NOT NULL DEFAULT '',
  participants TEXT NOT NULL DEFAULT '',
  amount INTEGER,                            -- 分
  follow_up TEXT,
  is_followed_up INTEGER NOT NULL DEFAULT 0 CHECK (is_followed_up IN (0, 1)),
  content TEXT NOT NULL DEFAULT '',
  direction TEXT NOT NULL DEFAULT '' CHECK (direction IN ('', '来电', '去电', '未接')),
  phone_number TEXT NOT NULL DEFAULT '',
  call_result INTEGER REFERENCES dictionary_items(id),
  duration INTEGER,                          -- seconds
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id),
  version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id)
) STRICT;
CREATE INDEX interactions_customer ON interactions(customer, date);
CREATE INDEX interactions_date ON interactions(date) WHERE deleted_at IS NULL;
CREATE INDEX interactions_contact ON interactions(contact) WHERE contact IS NOT NULL;
CREATE INDEX interactions_follow_up ON interactions(follow_up)
  WHERE follow_up IS NOT NULL AND is_followed_up = 0 AND deleted_at IS NULL;
CREATE INDEX interactions_deleted ON interactions(deleted_in) WHERE deleted_in IS NOT NULL;

CREATE TABLE feedback (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL DEFAULT '' CHECK (number <> ''),
  date TEXT NOT NULL,
  customer INTEGER NOT NULL REFERENCES customers(id),
  contact INTEGER REFERENCES contacts(id),
  channel INTEGER REFERENCES dictionary_items(id),
  type INTEGER REFERENCES dictionary_items(id),
  status TEXT NOT NULL DEFAULT '待处理' CHECK (status IN ('待处理', '已处理', '已归档')),
  content TEXT NOT NULL DEFAULT '',
  handler INTEGER REFERENCES operators(id),
  handled_at TEXT,                           -- local
  result TEXT NOT NULL DEFAULT '',
  satisfaction INTEGER REFERENCES dictionary_items(id),
  is_unreachable INTEGER NOT NULL DEFAULT 0 CHECK (is_unreachable IN (0, 1)),
  visited_at TEXT,                           -- local
  visited_by INTEGER REFERENCES operators(id),
  visit_opinion TEXT NOT NULL DEFAULT '',
  remark TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id),
  version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id)
) STRICT;
CREATE UNIQUE INDEX feedback_number ON feedback(number COLLATE NOCASE) WHERE deleted_at IS NULL;
CREATE INDEX feedback_customer ON feedback(customer, date);
CREATE INDEX feedback_date ON feedback(date) WHERE deleted_at IS NULL;
CREATE INDEX feedback_contact ON feedback(contact) WHERE contact IS NOT NULL;
-- Whatever an analysis asks is in it, so that two million records are counted without reading one.
CREATE INDEX feedback_satisfaction ON feedback(date, satisfaction, deleted_at, type, handler, customer, handled_at)
  WHERE deleted_at IS NULL;
CREATE INDEX feedback_open ON feedback(customer) WHERE status <> '已归档' AND deleted_at IS NULL;
CREATE INDEX feedback_deleted ON feedback(deleted_in) WHERE deleted_in IS NOT NULL;

CREATE TABLE complaints (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL DEFAULT '' CHECK (number <> ''),
  date TEXT NOT NULL,
  customer INTEGER NOT NULL REFERENCES customers(id),
  contact INTEGER REFERENCES contacts(id),
  channel INTEGER REFERENCES dictionary_items(id),
  type INTEGER REFERENCES dictionary_items(id),
  complainant TEXT NOT NULL DEFAULT '',
  severity INTEGER REFERENCES dictionary_items(id),
  due_at TEXT,                               -- local
  status TEXT NOT NULL DEFAULT '待处理' CHECK (status IN ('待处理', '处理中', '待回访', '已归档')),
  content TEXT NOT NULL DEFAULT '',
  handler INTEGER REFERENCES operators(id),
  handled_at TEXT,                           -- local
  result TEXT NOT NULL DEFAULT '',
  department INTEGER REFERENCES dictionary_items(id),
  cause INTEGER REFERENCES dictionary_items(id),
  measure TEXT NOT NULL DEFAULT '',
  compensation INTEGER,                      -- 分
  satisfaction INTEGER REFERENCES dictionary_items(id),
  is_unreachable INTEGER NOT NULL DEFAULT 0 CHECK (is_unreachable IN (0, 1)),
  visited_at TEXT,                           -- local
  visited_by INTEGER REFERENCES operators(id),
  visit_opinion TEXT NOT NULL DEFAULT '',
  remark TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id),
  version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id)
) STRICT;
CREATE UNIQUE INDEX complaints_number ON complaints(number COLLATE NOCASE) WHERE deleted_at IS NULL;
CREATE INDEX complaints_customer ON complaints(customer, date);
CREATE INDEX complaints_date ON complaints(date) WHERE deleted_at IS NULL;
CREATE INDEX complaints_contact ON complaints(contact) WHERE contact IS NOT NULL;
CREATE INDEX complaints_satisfaction ON complaints(date, satisfaction, deleted_at, type, handler, customer, handled_at)
  WHERE deleted_at IS NULL;
CREATE INDEX complaints_open ON complaints(customer) WHERE status <> '已归档' AND deleted_at IS NULL;
CREATE INDEX complaints_deleted ON complaints(deleted_in) WHERE deleted_in IS NOT NULL;

CREATE TABLE sales (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL DEFAULT '' CHECK (number <> ''),
  date TEXT NOT NULL,
  customer INTEGER NOT NULL REFERENCES customers(id),
  contact INTEGER REFERENCES contacts(id),
  kind TEXT NOT NULL DEFAULT '' CHECK (kind IN ('', '销售', '退货')),
  order_number TEXT NOT NULL DEFAULT '',
  product INTEGER NOT NULL REFERENCES products(id),
  quantity INTEGER NOT NULL,                          -- thousandths
  price INTEGER,                             -- 分
  discount INTEGER,                          -- per cent
  amount INTEGER,                            -- 分
  salesperson INTEGER REFERENCES operators(id),
  remark TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  updated_at TEXT NOT NULL, updated_by INTEGER REFERENCES operators(id),
  version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id)
) STRICT;
CREATE UNIQUE INDEX sales_number ON sales(number COLLATE NOCASE) WHERE deleted_at IS NULL;
CREATE INDEX sales_customer ON sales(customer, date);
CREATE INDEX sales_date ON sales(date) WHERE deleted_at IS NULL;
CREATE INDEX sales_contact ON sales(contact) WHERE contact IS NOT NULL;
CREATE INDEX sales_product ON sales(product);
CREATE INDEX sales_deleted ON sales(deleted_in) WHERE deleted_in IS NOT NULL;

-- 工作备忘 -----------------------------------------------------------------------------------------------------------

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

CREATE TABLE attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  record INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  size INTEGER NOT NULL CHECK (size > 0),      -- bytes
  sha256 TEXT NOT NULL,
  created_at TEXT NOT NULL, created_by INTEGER REFERENCES operators(id),
  deleted_at TEXT, deleted_in INTEGER REFERENCES operations(id),
  content BLOB NOT NULL                        -- last, so that listing never reads its pages
) STRICT;
CREATE INDEX attachments_record ON attachments(entity, record);
CREATE INDEX attachments_deleted ON attachments(deleted_in) WHERE deleted_in IS NOT NULL;

-- Mail: one job is one letter to many, a message is what one of them gets. A state is committed before and after each
-- sending, so that nobody gets it twice whatever happens in between.
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

-- Derived tables for searching: dropped and rebuilt whenever their version changes (crm_desktop/db/search.py) ------

CREATE TABLE customers_search (
  id INTEGER PRIMARY KEY REFERENCES customers(id) ON DELETE CASCADE,
  name_sort TEXT NOT NULL, text TEXT NOT NULL, initials TEXT NOT NULL, name_key TEXT NOT NULL
) STRICT;
CREATE INDEX customers_search_order ON customers_search(name_sort, id, text);
CREATE INDEX customers_search_initials ON customers_search(initials);
CREATE INDEX customers_search_name_key ON customers_search(name_key);
CREATE VIRTUAL TABLE customers_bigrams USING fts5(
  bigrams, content='', columnsize=0, detail=none, tokenize='unicode61');

CREATE TABLE contacts_search (
  id INTEGER PRIMARY KEY REFERENCES contacts(id) ON DELETE CASCADE,
  name_sort TEXT NOT NULL, text TEXT NOT NULL, initials TEXT NOT NULL, name_key TEXT NOT NULL
) STRICT;
CREATE INDEX contacts_search_order ON contacts_search(name_sort, id, text);
CREATE INDEX contacts_search_initials ON contacts_search(initials);
CREATE INDEX contacts_search_name_key ON contacts_search(name_key);
CREATE VIRTUAL TABLE contacts_bigrams USING fts5(
  bigrams, content='', columnsize=0, detail=none, tokenize='unicode61');

CREATE TABLE phone_numbers (
  id INTEGER PRIMARY KEY,
  digits TEXT NOT NULL, reversed TEXT NOT NULL,
  entity TEXT NOT NULL, record INTEGER NOT NULL, field TEXT NOT NULL
) STRICT;
CREATE INDEX phone_numbers_digits ON phone_numbers(digits);
CREATE INDEX phone_numbers_reversed ON phone_numbers(reversed);
CREATE INDEX phone_numbers_record ON phone_numbers(entity, record);
CREATE VIRTUAL TABLE phone_trigrams USING fts5(digits, content='', columnsize=0, detail=none, tokenize='trigram');

-- Views: records with their computed columns -----------------------------------------------------------------------

CREATE VIEW v_operators AS
SELECT operators.*,
  (SELECT count(*) FROM customers c WHERE c.owner = operators.id AND c.deleted_at IS NULL) AS customer_count,
  (SELECT last_sign_in_at FROM credentials k WHERE k.operator = operators.id) AS last_sign_in_at
FROM operators;

CREATE VIEW v_customers AS
SELECT customers.*,
  (SELECT name FROM contacts p
    WHERE p.customer = customers.id AND p.is_primary = 1 AND p.deleted_at IS NULL) AS primary_contact,
  (SELECT mobile FROM contacts p
    WHERE p.customer = customers.id AND p.is_primary = 1 AND p.deleted_at IS NULL) AS primary_mobile,
  (SELECT date FROM interactions i
    WHERE i.customer = customers.id AND i.deleted_at IS NULL ORDER BY date DESC LIMIT 1) AS last_contact
FROM customers;

CREATE VIEW v_contacts AS
SELECT contacts.*, customers.code AS customer_code, customers.owner AS customer_owner
FROM contacts JOIN customers ON customers.id = contacts.customer;

-- Scalar subqueries, not joins: what a question does not need costs it nothing.
CREATE VIEW v_interactions AS
SELECT interactions.*,
  (SELECT code FROM customers c WHERE c.id = interactions.customer) AS customer_code,
  (SELECT owner FROM customers c WHERE c.id = interactions.customer) AS customer_owner,
  (SELECT region FROM customers c WHERE c.id = interactions.customer) AS customer_region,
  (SELECT level FROM customers c WHERE c.id = interactions.customer) AS customer_level
FROM interactions;

CREATE VIEW v_feedback AS
SELECT feedback.*,
  (SELECT code FROM customers c WHERE c.id = feedback.customer) AS customer_code,
  (SELECT owner FROM customers c WHERE c.id = feedback.customer) AS customer_owner,
  (SELECT region FROM customers c WHERE c.id = feedback.customer) AS customer_region,
  (SELECT level FROM customers c WHERE c.id = feedback.customer) AS customer_level
FROM feedback;

CREATE VIEW v_complaints AS
SELECT complaints.*,
  (SELECT code FROM customers c WHERE c.id = complaints.customer) AS customer_code,
  (SELECT owner FROM customers c WHERE c.id = complaints.customer) AS customer_owner,
  (SELECT region FROM customers c WHERE c.id = complaints.customer) AS customer_region,
  (SELECT level FROM customers c WHERE c.id = complaints.customer) AS customer_level,
  CASE WHEN status IN ('待处理', '处理中') THEN due_at END AS open_due_at
FROM complaints;

CREATE VIEW v_sales AS
SELECT sales.*,
  (SELECT code FROM customers c WHERE c.id = sales.customer) AS customer_code,
  (SELECT owner FROM customers c WHERE c.id = sales.customer) AS customer_owner,
  (SELECT region FROM customers c WHERE c.id = sales.customer) AS customer_region,
  (SELECT level FROM customers c WHERE c.id = sales.customer) AS customer_level,
  (SELECT code FROM products p WHERE p.id = sales.product) AS product_code,
  CASE kind WHEN '退货' THEN -amount ELSE amount END AS net_amount
FROM sales;

CREATE VIEW v_memos AS
SELECT memos.*,
  (SELECT code FROM customers c WHERE c.id = memos.customer) AS customer_code,
  (SELECT owner FROM customers c WHERE c.id = memos.customer) AS customer_owner,
  (SELECT region FROM customers c WHERE c.id = memos.customer) AS customer_region,
  (SELECT level FROM customers c WHERE c.id = memos.customer) AS customer_level
FROM memos;

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


-- A small office
BEGIN;
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (1, 1, 'company', 1, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (10, 9, 'customers', 4, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (11, 10, 'customers', 4, 'delete', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (12, 11, 'customers', 4, 'purge', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (13, 12, 'customers', 2, 'update', '{"source": 80}', '{"source": 81}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (14, 12, 'customers', 3, 'update', '{"source": 80}', '{"source": 81}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (15, 12, 'dictionary_items', 80, 'delete', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (16, 13, 'regions', 220105, 'update', '{"postcode": "130031"}', '{"postcode": "130099"}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (17, 14, 'regions', -1, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (18, 15, 'settings', 0, 'update', '{"lock_minutes": 15}', '{"lock_minutes": 30}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (19, 16, 'interactions', 1, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (2, 3, 'operators', 2, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (20, 17, 'complaints', 1, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (21, 18, 'complaints', 1, 'update', '{"handler": null, "status": "待处理"}', '{"handler": 2, "status": "处理中"}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (22, 19, 'complaints', 1, 'update', '{"handled_at": null, "result": "", "status": "处理中"}', '{"handled_at": "2026-11-22 09:00", "result": "换新", "status": "待回访"}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (23, 20, 'complaints', 1, 'update', '{"satisfaction": null, "visited_by": null, "visited_at": null, "status": "待回访"}', '{"satisfaction": 51, "visited_by": 1, "visited_at": "2026-11-22 09:00", "status": "已归档"}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (24, 21, 'feedback', 1, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (25, 22, 'products', 1, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (26, 23, 'sales', 1, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (27, 24, 'sales', 2, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (28, 25, 'operators', 2, 'update', '{"rights": ""}', '{"rights": "系统日志的查看"}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (29, 26, 'customers', 1, 'update', '{"remark": "老客户\n第二行"}', '{"remark": "批量"}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (3, 4, 'customers', 1, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (30, 27, 'operations', 26, 'restore', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (31, 27, 'customers', 1, 'update', '{"remark": "批量"}', '{"remark": "老客户\n第二行"}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (32, 29, 'memos', 1, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (33, 30, 'memos', 2, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (34, 32, 'contacts', 1, 'update', '{"email": ""}', '{"email": "shan@example.com"}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (35, 33, 'contacts', 2, 'update', '{"email": "", "is_unsubscribed": 0}', '{"email": "wang@example.com", "is_unsubscribed": 1}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (36, 35, 'settings', 0, 'update', '{"host": "", "sender_address": ""}', '{"host": "smtp.qq.com", "sender_address": "a@qq.com"}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (4, 4, 'contacts', 1, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (5, 4, 'contacts', 2, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (6, 5, 'customers', 1, 'update', '{"annual_revenue": null, "remark": ""}', '{"annual_revenue": 5000000000, "remark": "老客户\n第二行"}');
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (7, 6, 'customers', 2, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (8, 7, 'customers', 3, 'create', NULL, NULL);
INSERT INTO audit (id, operation, entity, record, kind, old, new) VALUES (9, 8, 'customers', 3, 'delete', NULL, NULL);
INSERT INTO backups (id, at, computer, path, occasion, size, sha256, is_encrypted, removed_at) VALUES (1, '2026-11-22T09:00:00Z', '前台', 'E:\备份\a.db', '手动', 1, '0000000000000000000000000000000000000000000000000000000000000000', 0, NULL);
INSERT INTO company (id, name, short_name, region, area_code, address, postcode, phone, fax, email, website, english_name, english_address, bank, bank_account, tax_number, remark, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (1, '长春宏达', '', '220104', '0431', '人民大街 1 号', '130012', '', '', '', '', '', '', '', '', '', '', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO complaints (id, number, date, customer, contact, channel, type, complainant, severity, due_at, status, content, handler, handled_at, result, department, cause, measure, compensation, satisfaction, is_unreachable, visited_at, visited_by, visit_opinion, remark, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (1, 'TS20261122-001', '2026-11-22', 1, 1, NULL, 142, '', 162, '2026-11-23 17:30', '已归档', '漏油
第二台', 2, '2026-11-22 09:00', '换新', NULL, NULL, '', NULL, 51, 0, '2026-11-22 09:00', 1, '', '', '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 4, NULL, NULL);
INSERT INTO contacts (id, name, customer, is_primary, gender, honorific, department, position, mobile, office_phone, email, is_unsubscribed, home_phone, fax, wechat, qq, country, region, area_code, address, postcode, english_name, birthday, birthday_calendar, anniversary, hobby, pinyin, remark, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (1, '单小明', 1, 1, '', NULL, NULL, NULL, '13904310001', '', 'shan@example.com', 0, '', '', '', '', NULL, NULL, '', '', '', '', '1980-02-29', '公历', NULL, '', 'sxm', '', '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 2, NULL, NULL);
INSERT INTO contacts (id, name, customer, is_primary, gender, honorific, department, position, mobile, office_phone, email, is_unsubscribed, home_phone, fax, wechat, qq, country, region, area_code, address, postcode, english_name, birthday, birthday_calendar, anniversary, hobby, pinyin, remark, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (2, '王𠮷', 1, 0, '', NULL, NULL, NULL, '', '', 'wang@example.com', 1, '', '', '', '', NULL, NULL, '', '', '', '', NULL, '公历', NULL, '', 'w𠮷', '', '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 2, NULL, NULL);
INSERT INTO contacts_search (id, name_sort, text, initials, name_key) VALUES (1, 'shan xiao ming	单小明', '单小明
sxm
shan@example.com', 'sxm', '单小明');
INSERT INTO contacts_search (id, name_sort, text, initials, name_key) VALUES (2, 'wang 𠮷	王𠮷', '王𠮷
w𠮷
wang@example.com', 'w𠮷', '王𠮷');
INSERT INTO credentials (operator, password_hash, failed_count, locked_until, must_change, last_sign_in_at) VALUES (1, '$argon2id$v=19$m=65536,t=3,p=4$rSwJk2T7EBIlnpH2Jkg5hw$fk1Z7B9h2mrXrc3NK/YmeMdY6RarK4XPQ5Resve4nyY', 0, NULL, 0, '2026-11-22T09:00:00Z');
INSERT INTO credentials (operator, password_hash, failed_count, locked_until, must_change, last_sign_in_at) VALUES (2, '$argon2id$v=19$m=65536,t=3,p=4$5rfLbB6SEvXmJsaKODJG7Q$IIC3qPR7pxEDJSz8s/dfqsQUNpHA5arUtS82bXEhZH0', 0, NULL, 1, NULL);
INSERT INTO customers (id, code, name, short_name, pinyin, region, area_code, phone, mobile, address, postcode, level, status, category, owner, old_code, country, country_code, fax, email, is_unsubscribed, website, english_name, english_address, nature, type, industry, credit, legal_representative, registered_capital, annual_revenue, employee_count, scale, business_mode, main_business, bank, bank_account, tax_number, source, star, remark, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (1, 'i0431001', '长春宏达机械制造有限公司', '', 'cchdjxzzyxgs', '220104', '0431', '0431-85123456', '', '', '130012', 43, NULL, NULL, 2, '', NULL, '', '', '', 0, '', '', '', NULL, NULL, NULL, NULL, '', NULL, 5000000000, NULL, NULL, NULL, '', '', '', '', NULL, '', '老客户
第二行', '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 4, NULL, NULL);
INSERT INTO customers (id, code, name, short_name, pinyin, region, area_code, phone, mobile, address, postcode, level, status, category, owner, old_code, country, country_code, fax, email, is_unsubscribed, website, english_name, english_address, nature, type, industry, credit, legal_representative, registered_capital, annual_revenue, employee_count, scale, business_mode, main_business, bank, bank_account, tax_number, source, star, remark, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (2, 'n010001', '北京''一汽''100%', '', 'bjyq100', '110105', '010', '', '', '', '100020', NULL, NULL, NULL, NULL, '', NULL, '', '', '', 0, '', '', '', NULL, NULL, NULL, NULL, '', NULL, NULL, NULL, NULL, NULL, '', '', '', '', 81, '', '', '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 2, NULL, NULL);
INSERT INTO customers (id, code, name, short_name, pinyin, region, area_code, phone, mobile, address, postcode, level, status, category, owner, old_code, country, country_code, fax, email, is_unsubscribed, website, english_name, english_address, nature, type, industry, credit, legal_representative, registered_capital, annual_revenue, employee_count, scale, business_mode, main_business, bank, bank_account, tax_number, source, star, remark, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (3, 'VIP-1', '在回收站里的', '', 'zhszld', '110105', '010', '', '', '', '100020', NULL, NULL, NULL, NULL, '', NULL, '', '', '', 0, '', '', '', NULL, NULL, NULL, NULL, '', NULL, NULL, NULL, NULL, NULL, '', '', '', '', 81, '', '', '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 3, '2026-11-22T09:00:00Z', 8);
INSERT INTO customers_search (id, name_sort, text, initials, name_key) VALUES (1, 'chang chun hong da ji xie zhi zao you xian gong si	长春宏达机械制造有限公司', '长春宏达机械制造有限公司
i0431001
cchdjxzzyxgs', 'cchdjxzzyxgs', '宏达机械制造');
INSERT INTO customers_search (id, name_sort, text, initials, name_key) VALUES (2, 'bei jing yi qi 1 0 0	北京''一汽''100%', '北京''一汽''100%
n010001
bjyq100', 'bjyq100', '一汽100');
INSERT INTO customers_search (id, name_sort, text, initials, name_key) VALUES (3, 'zai hui shou zhan li de	在回收站里的', '在回收站里的
vip-1
zhszld', 'zhszld', '在回收站里的');
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (1, 'nature', '国有企业', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (10, 'nature', '事业单位', 10, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (100, 'scale', '小型', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (101, 'scale', '微型', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (102, 'revenue_range', '50万元以下', 1, 1, '', '{"lower": 0}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (103, 'revenue_range', '50–100万元', 2, 1, '', '{"lower": 50}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (104, 'revenue_range', '100–500万元', 3, 1, '', '{"lower": 100}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (105, 'revenue_range', '500–1000万元', 4, 1, '', '{"lower": 500}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (106, 'revenue_range', '1000–5000万元', 5, 1, '', '{"lower": 1000}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (107, 'revenue_range', '5000万–1亿元', 6, 1, '', '{"lower": 5000}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (108, 'revenue_range', '1亿元以上', 7, 1, '', '{"lower": 10000}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (109, 'employee_range', '20人以下', 1, 1, '', '{"lower": 1}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (11, 'nature', '社会团体', 11, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (110, 'employee_range', '20–49人', 2, 1, '', '{"lower": 20}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (111, 'employee_range', '50–99人', 3, 1, '', '{"lower": 50}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (112, 'employee_range', '100–299人', 4, 1, '', '{"lower": 100}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (113, 'employee_range', '300–999人', 5, 1, '', '{"lower": 300}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (114, 'employee_range', '1000人以上', 6, 1, '', '{"lower": 1000}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (115, 'interaction_method', '电话', 1, 1, 'phone', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (116, 'interaction_method', '上门拜访', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (117, 'interaction_method', '来访接待', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (118, 'interaction_method', '会议', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (119, 'interaction_method', '邮件', 5, 1, 'mail', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (12, 'nature', '部队', 12, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (120, 'interaction_method', '微信/QQ', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (121, 'interaction_method', '短信', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (122, 'interaction_method', '传真', 8, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (123, 'interaction_method', '信函', 9, 1, 'letter', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (124, 'interaction_method', '快递', 10, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (125, 'interaction_method', '展会', 11, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (126, 'interaction_method', '回访', 12, 1, 'return_visit', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (127, 'interaction_method', '其他', 13, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (128, 'call_result', '已接通', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (129, 'call_result', '无人接听', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (13, 'nature', '个人', 13, 1, 'person', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (130, 'call_result', '占线', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (131, 'call_result', '关机/停机', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (132, 'call_result', '空号', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (133, 'call_result', '拒接', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (134, 'call_result', '约定再联系', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (135, 'feedback_type', '咨询', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (136, 'feedback_type', '建议', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (137, 'feedback_type', '表扬', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (138, 'feedback_type', '需求', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (139, 'feedback_type', '使用意见', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (14, 'nature', '其他', 14, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (140, 'feedback_type', '报修', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (141, 'feedback_type', '其他', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (142, 'complaint_type', '产品质量', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (143, 'complaint_type', '交货延误', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (144, 'complaint_type', '数量或规格不符', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (145, 'complaint_type', '运输损坏', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (146, 'complaint_type', '价格与费用', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (147, 'complaint_type', '发票与结算', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (148, 'complaint_type', '服务态度', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (149, 'complaint_type', '维修不及时', 8, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (15, 'type', '有限责任公司', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (150, 'complaint_type', '宣传不实', 9, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (151, 'complaint_type', '其他', 10, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (152, 'channel', '电话', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (153, 'channel', '来访', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (154, 'channel', '信函', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (155, 'channel', '邮件', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (156, 'channel', '微信', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (157, 'channel', '传真', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (158, 'channel', '上级转办', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (159, 'channel', '主管部门(12315)转办', 8, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (16, 'type', '股份有限公司', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (160, 'severity', '轻微', 1, 1, '', '{"due_hours": 40}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (161, 'severity', '一般', 2, 1, '', '{"due_hours": 24}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (162, 'severity', '严重', 3, 1, '', '{"due_hours": 8}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (163, 'severity', '重大', 4, 1, '', '{"due_hours": 4}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (164, 'product_category', '整机', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (165, 'product_category', '备件', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (166, 'product_category', '耗材', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (167, 'product_category', '维修服务', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (168, 'product_category', '技术服务', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (169, 'product_category', '其他', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (17, 'type', '国有独资公司', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (170, 'unit', '台', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (171, 'unit', '件', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (172, 'unit', '套', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (173, 'unit', '个', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (174, 'unit', '只', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (175, 'unit', '箱', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (176, 'unit', '米', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (177, 'unit', '千克', 8, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (178, 'unit', '吨', 9, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (179, 'unit', '升', 10, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (18, 'type', '一人有限责任公司', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (180, 'unit', '次', 11, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (181, 'cause', '设计', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (182, 'cause', '原料', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (183, 'cause', '生产', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (184, 'cause', '检验', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (185, 'cause', '仓储运输', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (186, 'cause', '服务', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (187, 'cause', '沟通误解', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (188, 'cause', '客户使用不当', 8, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (189, 'cause', '其他', 9, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (19, 'type', '个人独资企业', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (190, 'department', '总经理办公室', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (191, 'department', '销售部', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (192, 'department', '市场部', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (193, 'department', '采购部', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (194, 'department', '生产部', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (195, 'department', '技术部', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (196, 'department', '质检部', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (197, 'department', '财务部', 8, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (198, 'department', '人事行政部', 9, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (199, 'department', '客户服务部', 10, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (2, 'nature', '集体企业', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (20, 'type', '合伙企业', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (200, 'department', '仓储物流部', 11, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (201, 'department', '其他', 12, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (202, 'position', '董事长', 1, 1, '', '{"on_envelope": true}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (203, 'position', '总经理', 2, 1, '', '{"on_envelope": true}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (204, 'position', '副总经理', 3, 1, '', '{"on_envelope": true}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (205, 'position', '总工程师', 4, 1, '', '{"on_envelope": true}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (206, 'position', '厂长', 5, 1, '', '{"on_envelope": true}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (207, 'position', '院长', 6, 1, '', '{"on_envelope": true}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (208, 'position', '校长', 7, 1, '', '{"on_envelope": true}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (209, 'position', '主任', 8, 1, '', '{"on_envelope": true}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (21, 'type', '全民所有制企业', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (210, 'position', '处长', 9, 1, '', '{"on_envelope": true}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (211, 'position', '科长', 10, 1, '', '{"on_envelope": true}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (212, 'position', '经理', 11, 1, '', '{"on_envelope": true}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (213, 'position', '主管', 12, 1, '', '{"on_envelope": false}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (214, 'position', '会计', 13, 1, '', '{"on_envelope": false}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (215, 'position', '采购员', 14, 1, '', '{"on_envelope": false}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (216, 'position', '销售员', 15, 1, '', '{"on_envelope": false}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (217, 'position', '工程师', 16, 1, '', '{"on_envelope": true}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (218, 'position', '秘书', 17, 1, '', '{"on_envelope": false}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (219, 'position', '办事员', 18, 1, '', '{"on_envelope": false}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (22, 'type', '集体所有制企业', 8, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (220, 'position', '其他', 19, 1, '', '{"on_envelope": false}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (221, 'honorific', '先生', 1, 1, 'mr', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (222, 'honorific', '女士', 2, 1, 'ms', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (223, 'honorific', '老师', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (224, 'honorific', '教授', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (225, 'honorific', '博士', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (226, 'honorific', '同志', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (227, 'zone', '华北', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (228, 'zone', '东北', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (229, 'zone', '华东', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (23, 'type', '股份合作企业', 9, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (230, 'zone', '华中', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (231, 'zone', '华南', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (232, 'zone', '西南', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (233, 'zone', '西北', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (234, 'zone', '港澳台', 8, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (235, 'zone', '境外', 9, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (236, 'country', '中国', 1, 1, '', '{"country_code": "86"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (237, 'country', '中国香港', 2, 1, '', '{"country_code": "852"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (238, 'country', '中国澳门', 3, 1, '', '{"country_code": "853"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (239, 'country', '中国台湾', 4, 1, '', '{"country_code": "886"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (24, 'type', '农民专业合作社', 10, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (240, 'country', '日本', 5, 1, '', '{"country_code": "81"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (241, 'country', '韩国', 6, 1, '', '{"country_code": "82"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (242, 'country', '朝鲜', 7, 1, '', '{"country_code": "850"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (243, 'country', '蒙古', 8, 1, '', '{"country_code": "976"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (244, 'country', '俄罗斯', 9, 1, '', '{"country_code": "7"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (245, 'country', '越南', 10, 1, '', '{"country_code": "84"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (246, 'country', '泰国', 11, 1, '', '{"country_code": "66"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (247, 'country', '新加坡', 12, 1, '', '{"country_code": "65"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (248, 'country', '马来西亚', 13, 1, '', '{"country_code": "60"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (249, 'country', '印度尼西亚', 14, 1, '', '{"country_code": "62"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (25, 'type', '个体工商户', 11, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (250, 'country', '菲律宾', 15, 1, '', '{"country_code": "63"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (251, 'country', '印度', 16, 1, '', '{"country_code": "91"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (252, 'country', '巴基斯坦', 17, 1, '', '{"country_code": "92"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (253, 'country', '哈萨克斯坦', 18, 1, '', '{"country_code": "7"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (254, 'country', '乌兹别克斯坦', 19, 1, '', '{"country_code": "998"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (255, 'country', '阿联酋', 20, 1, '', '{"country_code": "971"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (256, 'country', '沙特阿拉伯', 21, 1, '', '{"country_code": "966"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (257, 'country', '土耳其', 22, 1, '', '{"country_code": "90"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (258, 'country', '以色列', 23, 1, '', '{"country_code": "972"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (259, 'country', '埃及', 24, 1, '', '{"country_code": "20"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (26, 'type', '分公司', 12, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (260, 'country', '南非', 25, 1, '', '{"country_code": "27"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (261, 'country', '尼日利亚', 26, 1, '', '{"country_code": "234"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (262, 'country', '英国', 27, 1, '', '{"country_code": "44"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (263, 'country', '法国', 28, 1, '', '{"country_code": "33"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (264, 'country', '德国', 29, 1, '', '{"country_code": "49"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (265, 'country', '意大利', 30, 1, '', '{"country_code": "39"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (266, 'country', '西班牙', 31, 1, '', '{"country_code": "34"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (267, 'country', '荷兰', 32, 1, '', '{"country_code": "31"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (268, 'country', '比利时', 33, 1, '', '{"country_code": "32"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (269, 'country', '瑞士', 34, 1, '', '{"country_code": "41"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (27, 'type', '办事处', 13, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (270, 'country', '瑞典', 35, 1, '', '{"country_code": "46"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (271, 'country', '波兰', 36, 1, '', '{"country_code": "48"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (272, 'country', '乌克兰', 37, 1, '', '{"country_code": "380"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (273, 'country', '美国', 38, 1, '', '{"country_code": "1"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (274, 'country', '加拿大', 39, 1, '', '{"country_code": "1"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (275, 'country', '墨西哥', 40, 1, '', '{"country_code": "52"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (276, 'country', '巴西', 41, 1, '', '{"country_code": "55"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (277, 'country', '阿根廷', 42, 1, '', '{"country_code": "54"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (278, 'country', '智利', 43, 1, '', '{"country_code": "56"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (279, 'country', '澳大利亚', 44, 1, '', '{"country_code": "61"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (28, 'type', '机关事业单位', 14, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (280, 'country', '新西兰', 45, 1, '', '{"country_code": "64"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (281, 'country', '其他', 46, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (29, 'type', '其他', 15, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (3, 'nature', '民营企业', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (30, 'category', '购买使用者', 1, 1, 'buyer', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (31, 'category', '竞争对手', 2, 1, 'competitor', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (32, 'category', '合作伙伴', 3, 1, 'partner', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (33, 'category', '供应商', 4, 1, 'supplier', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (34, 'category', '代理商', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (35, 'category', '经销商', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (36, 'category', '媒体及其他', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (37, 'credit', 'AAA', 1, 1, '', '{"score": 5, "payment_days": 60}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (38, 'credit', 'AA', 2, 1, '', '{"score": 4, "payment_days": 45}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (39, 'credit', 'A', 3, 1, '', '{"score": 3, "payment_days": 30}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (4, 'nature', '股份制企业', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (40, 'credit', 'B', 4, 1, '', '{"score": 2, "payment_days": 15}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (41, 'credit', 'C', 5, 1, '', '{"score": 1, "payment_days": 0}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (42, 'credit', '未评级', 6, 1, '', '{"payment_days": 0}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (43, 'level', '重要', 1, 1, 'important', '{"letter": "i", "days_quiet": 30, "days_without_sale": 180}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (44, 'level', '一般', 2, 1, 'general', '{"letter": "n", "days_quiet": 90, "days_without_sale": 180}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (45, 'level', '潜在', 3, 1, 'potential', '{"letter": "p", "days_quiet": 60}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (46, 'level', '战略合作伙伴', 4, 0, '', '{"letter": "i"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (47, 'level', '合作伙伴', 5, 0, '', '{"letter": "i"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (48, 'level', '大客户', 6, 0, '', '{"letter": "i"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (49, 'level', '重点开发客户', 7, 0, '', '{"letter": "p"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (5, 'nature', '港澳台资企业', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (50, 'satisfaction', '非常满意', 1, 1, '', '{"score": 5, "satisfied": true, "colour": "#2E7D32"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (51, 'satisfaction', '满意', 2, 1, '', '{"score": 4, "satisfied": true, "colour": "#8BC34A"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (52, 'satisfaction', '一般', 3, 1, '', '{"score": 3, "satisfied": false, "colour": "#FBC02D"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (53, 'satisfaction', '不满意', 4, 1, '', '{"score": 2, "satisfied": false, "colour": "#F57C00"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (54, 'satisfaction', '非常不满意', 5, 1, '', '{"score": 1, "satisfied": false, "colour": "#C62828"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (55, 'industry', '农、林、牧、渔业', 1, 1, '', '{"code": "A", "short_name": "农林牧渔"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (56, 'industry', '采矿业', 2, 1, '', '{"code": "B", "short_name": "采矿"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (57, 'industry', '制造业', 3, 1, '', '{"code": "C", "short_name": "制造"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (58, 'industry', '电力、热力、燃气及水生产和供应业', 4, 1, '', '{"code": "D", "short_name": "电力燃气水"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (59, 'industry', '建筑业', 5, 1, '', '{"code": "E", "short_name": "建筑"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (6, 'nature', '外商独资企业', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (60, 'industry', '批发和零售业', 6, 1, '', '{"code": "F", "short_name": "批发零售"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (61, 'industry', '交通运输、仓储和邮政业', 7, 1, '', '{"code": "G", "short_name": "交通仓储邮政"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (62, 'industry', '住宿和餐饮业', 8, 1, '', '{"code": "H", "short_name": "住宿餐饮"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (63, 'industry', '信息传输、软件和信息技术服务业', 9, 1, '', '{"code": "I", "short_name": "信息软件"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (64, 'industry', '金融业', 10, 1, '', '{"code": "J", "short_name": "金融"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (65, 'industry', '房地产业', 11, 1, '', '{"code": "K", "short_name": "房地产"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (66, 'industry', '租赁和商务服务业', 12, 1, '', '{"code": "L", "short_name": "租赁商务"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (67, 'industry', '科学研究和技术服务业', 13, 1, '', '{"code": "M", "short_name": "科研技术"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (68, 'industry', '水利、环境和公共设施管理业', 14, 1, '', '{"code": "N", "short_name": "水利环境"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (69, 'industry', '居民服务、修理和其他服务业', 15, 1, '', '{"code": "O", "short_name": "居民服务"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (7, 'nature', '中外合资企业', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (70, 'industry', '教育', 16, 1, '', '{"code": "P", "short_name": "教育"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (71, 'industry', '卫生和社会工作', 17, 1, '', '{"code": "Q", "short_name": "卫生社会工作"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (72, 'industry', '文化、体育和娱乐业', 18, 1, '', '{"code": "R", "short_name": "文体娱乐"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (73, 'industry', '公共管理、社会保障和社会组织', 19, 1, '', '{"code": "S", "short_name": "公共管理"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (74, 'industry', '国际组织', 20, 1, '', '{"code": "T", "short_name": "国际组织"}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (75, 'source', '电话来访', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (76, 'source', '上门来访', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (77, 'source', '老客户介绍', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (78, 'source', '业务员开发', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (79, 'source', '合作伙伴推荐', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (8, 'nature', '个体工商户', 8, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (80, 'source', '展会', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, '2026-11-22T09:00:00Z', 12);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (81, 'source', '网站', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (82, 'source', '网络推广', 8, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (83, 'source', '广告', 9, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (84, 'source', '招投标', 10, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (85, 'source', '营销活动', 11, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (86, 'source', '名录采集', 12, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (87, 'source', '其他', 13, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (88, 'status', '活跃', 1, 1, 'active', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (89, 'status', '沉寂', 2, 1, 'quiet', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (9, 'nature', '政府机关', 9, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (90, 'status', '流失', 3, 1, 'lost', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (91, 'business_mode', '生产加工', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (92, 'business_mode', '经销批发', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (93, 'business_mode', '商业零售', 3, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (94, 'business_mode', '商业服务', 4, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (95, 'business_mode', '招商代理', 5, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (96, 'business_mode', '工程施工', 6, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (97, 'business_mode', '政府或其他机构', 7, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (98, 'scale', '大型', 1, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO dictionary_items (id, kind, name, position, is_active, key, attributes, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (99, 'scale', '中型', 2, 1, '', '{}', '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO drafts (id, operator, screen, entity, record, version, at, content) VALUES (1, 1, 'form', 'customers', 1, 1, '2026-11-22T09:00:00Z', '{"values": {"remark": "没保存的"}}');
INSERT INTO feedback (id, number, date, customer, contact, channel, type, status, content, handler, handled_at, result, satisfaction, is_unreachable, visited_at, visited_by, visit_opinion, remark, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (1, 'FK20261122-001', '2026-11-22', 1, NULL, NULL, 135, '已归档', '保养周期', NULL, NULL, '', 50, 0, NULL, NULL, '', '', '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 1, NULL, NULL);
INSERT INTO interactions (id, subject, customer, contact, date, time, method, handler, place, participants, amount, follow_up, is_followed_up, content, direction, phone_number, call_result, duration, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (1, '液压泵漏油', 1, 1, '2026-11-22', '09:30', 115, NULL, '', '', NULL, NULL, 0, '', '来电', '0431-85123456', NULL, 200, '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 1, NULL, NULL);
INSERT INTO mail_attachments (id, job, name, size, sha256, content) VALUES (1, 1, 'a.txt', 1, '', X'61');
INSERT INTO mail_jobs (id, created_at, operator, subject, body, is_html, problem) VALUES (1, '2026-11-22T09:00:00Z', 1, '{简称}新春快乐', '{联系人}{称谓}：
祝好', 0, '');
INSERT INTO mail_messages (id, job, customer, contact, name, address, address_key, state, reason, message_id, window, at) VALUES (1, 1, 1, 1, '单小明（长春宏达机械制造有限公司）', 'shan@example.com', 'shan@example.com', '可能已发', '', '<1@qq.com>', 'x', '2026-11-22T09:00:00Z');
INSERT INTO mail_messages (id, job, customer, contact, name, address, address_key, state, reason, message_id, window, at) VALUES (2, 1, 1, 2, '王𠮷（长春宏达机械制造有限公司）', 'wang@example.com', NULL, '已跳过', '联系人登记了“不接收邮件”。', '', '', '2026-11-22T09:00:00Z');
INSERT INTO mail_templates (id, name, subject, body, is_html) VALUES (1, '拜年', '{简称}新春快乐', '{联系人}{称谓}：
祝好', 0);
INSERT INTO memos (id, subject, date, time, owner, repeat, repeat_until, reminder, customer, contact, is_done, done_until, content, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (1, '回电', '2026-11-22', '09:30', 1, '', NULL, '准时', 1, 1, 0, NULL, '', '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 1, NULL, NULL);
INSERT INTO memos (id, subject, date, time, owner, repeat, repeat_until, reminder, customer, contact, is_done, done_until, content, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (2, '寄贺卡', '2026-12-23', '', 1, '农历每年', NULL, '提前 1 天', NULL, NULL, 0, NULL, '', '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 1, NULL, NULL);
INSERT INTO not_duplicates (entity, one, other, operator, at) VALUES ('customers', 1, 2, 1, '2026-11-22T09:00:00Z');
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (1, '2026-11-22T09:00:00Z', NULL, '前台', 'found', '建立办公室：长春宏达', '82e73e67dc2dcd3b2b6047c8aef55628267ef8e0d1c46570477ea922defa5669', '5a4b354ff1065bdb4915f518f2a51967ee3134177d17980b289ddcd273492592', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (10, '2026-11-22T09:00:00Z', 1, '前台', 'delete', '删除客户：彻底删除的', 'b354df97fbd68877fa3327bfbf191abaf3a576c9672a256dc14b3b6fda1dbbbc', '3a985359d010a33b98c43d896d67740a52b41d0122e9b3ef35685b572e32cfa6', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (11, '2026-11-22T09:00:00Z', 1, '前台', 'purge', '彻底删除客户：彻底删除的', 'b2df3082f792e65a0921ef943c3ceeab5af38f69d2cdd9a070c12d7f8e4c71e0', '1fb2781971f72e36f711936cdd6ee1354ad346af7be25a72df3e1343d22a52b0', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (12, '2026-11-22T09:00:00Z', 1, '前台', 'merge', '客户来源：“展会”合并到“网站”', 'fa20bc26786f5dd4fa486e72a047901e9ff4c31cd22ca69f1a75b44b997c7146', '61e86ee7cea42181a1c1dc3fdfdfdf7b7994732ce9b81faa115ebf29d2278cb3', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (13, '2026-11-22T09:00:00Z', 1, '前台', 'update', '修改区域：吉林省长春市二道区', 'aa91115a501f399e325f2c5e3ea709d02eb6cf3f3cb07c0af723dfa968915662', '662435c648bb32095673a444206b267f60f08444a87b0ca16da9f1a30954a9c5', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (14, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增区域：北湖开发区', '68397d6bd5fc8d7990480ad034578aedc80b739fee8d3fed500461f8d81d1698', '8165fb48b72794ccd6435e93e5f34e61cb6f503f14985c04b5972627ea0ea566', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (15, '2026-11-22T09:00:00Z', 1, '前台', 'settings', '修改设置：锁定多少分钟', 'd0ea3cac6714dff1dd4969c4c1f488cc448576c233f6735d53e6df1c57276a48', 'e19dfd93dfcfda87348d0ca7416cb0a64641f62ed8235ed710da2958d292904a', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (16, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增业务往来：液压泵漏油', 'ccea48bee97b5df843c52f9c7c8139dd811df7335ff28212ad3109bff82efe03', '7b40b6382cd39d7cbdbf79325ebd623c528d56b5bfec2feb1e0b4a81d8fe39f8', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (17, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增客户投诉：TS20261122-001', '1f569fd2e51e6385b8193616f24e2a26d8c09aaa2b2272e7676b04197ded4444', 'ba3ec59835acf086549c75142a4acf952bc36149b157c71234c35ca27774fbf0', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (18, '2026-11-22T09:00:00Z', 1, '前台', 'step', '受理分派客户投诉：TS20261122-001', '7267e33a82835caf0615d54f98d2755fe9df9e941983531fd9b7b2200a04d18e', '3244ec88aa0ff74954848a6d24f1ca4eaa8ba44fc1eaa02748db274e3780d830', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (19, '2026-11-22T09:00:00Z', 1, '前台', 'step', '处理完成客户投诉：TS20261122-001', '3be1791c10fef83333bd7d0ae0306e59591916b4549db103c0261911afe695c9', '9adf904fac2731d80634c08cef70a1dafe23181bc3197712319cf368d82b64dd', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (2, '2026-11-22T09:00:00Z', 1, '前台', 'sign_in', '', '883a013e4642cb2f41e93ebc349fb0d3914c7166454f040225b6860ac8cfa549', 'd3b658f23d816794f69afaa4588ead15b81d14d17e86817323c3b6bc64c55cf1', 28);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (20, '2026-11-22T09:00:00Z', 1, '前台', 'step', '回访客户投诉：TS20261122-001', '62fee7dab4ead5b21b2661358208125fe3f8f8435b69b8ce30d273a64df345f0', '4a704877c0aef14f3d715b32b9575205db3f12b19f89add727a5780885888a0b', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (21, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增客户反馈：FK20261122-001', '8497ece4651cf1487731b8d1545a9681fa9a381a94637e40e3666966cec5ead8', '4456b344edc00c6e6bc7133067b09bc2deb0ce0de6d237fee30dcbc06d2efb38', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (22, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增产品：液压泵', 'c03d700ee2a621986654e8980809e3119daff2016b6fd132ed821680e330bd3b', 'fbe7ed034a0746e79ef0aac3b967625fdd4c537d00aaed1e901e2a8b992b34fb', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (23, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增销售记录：XS20261122-001', '39b147fffdac8dca7833139672a4f81f27e9a4e91698589a77fa9bd3f2bac36f', '8ab06204c96fa3b069e479c8513de54e25812af3067817713b2dabaf127523b4', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (24, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增销售记录：XS20261122-002', '3ff7f2645f03cca0f2da1665d18af63b1ff61864609e90b8aa41ba1f9020797d', 'd0a8c72d457623ed9ddf8f5bbcdd227f435f88d7c12c5b5c7b6977ea238f5930', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (25, '2026-11-22T09:00:00Z', 1, '前台', 'rights', '修改额外权限：李四，增加系统日志的查看', '9c0add6edbd296641a318fdde9a25b0ab3e22370accfccb45b9651ee8b576db2', 'ef0caefa7b64f7087b42115882586b6c709e9bca9d2da1e4d7486ec0dfec3805', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (26, '2026-11-22T09:00:00Z', 1, '前台', 'batch', '批量修改客户 1 条：备注改为批量', '4a7ec98f5601f36b82f409de2c28279455ffda4b08a88997c2f2002958ffeae9', 'a08148260b02b1dddfd26823ec5434a5e933231142f61f3535596b0005f7359d', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (27, '2026-11-22T09:00:00Z', 1, '前台', 'undo', '撤销：批量修改客户 1 条：备注改为批量', 'fa5ebff6b624ac96e9cd7652fa0c339d82ca5f892f39ec8929a72c5e00c89266', '22d816d1b266139996fa5764a29cee5744b6065d6f2fc60f9e66c83996933a2e', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (28, '2026-11-22T09:00:00Z', 1, '前台', 'cleanup', '清理系统日志', '5b22d6f20a08789fd353d3b2198b91f930baf06c14a6f260ceffd87717d8eb47', 'e735e2b4b3cd978e90c31018617a71bda9cfe33728a3a089207a698ba6de0407', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (29, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增工作备忘：回电', 'fc71135dc9b68a3a1901dcd40fbd5a0d0afd24fbd35a4c37c604a35527079666', 'c23640af5d3e866dcc786cce5fdf141d9623a646536e310b52f6387226f3152f', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (3, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增操作员：李四', '94974495146f1f937004a8d541662d192c25c5cafc82d1bbb69fc6c81b6c4a7a', 'efffec961aa57b8cf2d02baae54c378411732a97d1cc269a9adce6666355c4ad', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (30, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增工作备忘：寄贺卡', '1e888940600ddbd8e98877ec47d98a2612aeea7a9cc6186ac00986400a3e8a5d', '97f5d4d0ada0bd6b6a309170106e1abdacd7db5424d14a74e678c67ed9e6942a', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (31, '2026-11-22T09:00:00Z', 1, '前台', 'update', '标为不是重复的客户：长春宏达机械制造有限公司、北京''一汽''100%', '57b2c9b7deaebf92b0175bc4b2508de33b829fafd515d739f56aa5de55cdde26', '12379e75f263fa948e969f29a74f14bff722e58c90dc38d2a4d6bca886afe4b3', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (32, '2026-11-22T09:00:00Z', 1, '前台', 'update', '修改联系人：单小明', 'a0c2749090060c04da5408a777383e7e9b804d47ecd85ed78542649cace5a544', '8196acdabd7dbabaddf6c0af388ba47bed2ebf17fed96b00193a0737bddd9fd5', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (33, '2026-11-22T09:00:00Z', 1, '前台', 'update', '修改联系人：王𠮷', 'f34a3de62359d00f5efd4229c394a4e1c11697c8656584ca89ead95881be302e', 'ee2e420362aa16a8336aa1e59c97bf96671a891f0baab77f31f08b3a3dd98bfc', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (34, '2026-11-22T09:00:00Z', 1, '前台', 'settings', '保存邮件模板：拜年', 'd66c95d08e6f56c5766f5445485afa65bcfd7dbd07d01feb66fd04d5f79328cf', '2b0a537fe0ca85b01ef24087fd78194c4f8756732ff0bbc179c2554105e2288c', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (35, '2026-11-22T09:00:00Z', 1, '前台', 'settings', '修改邮件设置', 'dee9f715e067e60ce819bf3ff332642535e9f9b1171ba324b0cc8554a866005f', 'f2745ffd57552a1fa4d27f8a24123e5eb2cb844c76a3a08ae485cfc28700e268', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (36, '2026-11-22T09:00:00Z', 1, '前台', 'mail', '新建邮件：{简称}新春快乐，1 位收件人', '0b148ae5a98b45c690a1724ec60a53ce1203c375be990dab598e2c88933701e2', 'a8c1ffd0dc84ff3a22f2c72ba587ede5c539e86cd247a2f5f12fc93b829c8596', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (4, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增客户：长春宏达机械制造有限公司', 'f66eb167d3ef513197a3bd9202069530ef8aa26dea1eaa6a8d20131ddca6707f', 'a50b7e0df390dea6167eff9c5638684d5c536528deb8a7725a66edf12e74c696', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (5, '2026-11-22T09:00:00Z', 1, '前台', 'update', '修改客户：长春宏达机械制造有限公司', 'a86149bd6b080dbece74e6708115d6d5d8f4617f855c731b1a58374985a4846f', 'bdb2a5ef5157998f3261a8b2e2be0d2f1bc53072bde7c287f36053126f96a13c', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (6, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增客户：北京''一汽''100%', '2bcdcc679d658ada75ffb106473914226c060a10949d23b75527f3a15b66ccf7', '4ee744fd86d94fe2f9092b5c24da34b0b9340ac7cc2085c7cf914e8ff4d1862e', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (7, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增客户：在回收站里的', '54658e51f48e8576ceaa2f5e7b749c3eb7fbc301d069d70e4c3a298a690a1a3b', '0a9745c8f19ee6ce6c53c3b8047b1af9cee069e6e3ad7d958e77f3acb1fbf1bf', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (8, '2026-11-22T09:00:00Z', 1, '前台', 'delete', '删除客户：在回收站里的', 'd22edff3c635e9cdcb71592e7aa2048bfedb5afccd69cede4f548082cae67e98', 'a51e0e3963e04388bb621d2603acb5dca9168fddf0494eeef0bff67a1917f698', NULL);
INSERT INTO operations (id, at, operator, computer, kind, sentence, digest, chain, purged_in) VALUES (9, '2026-11-22T09:00:00Z', 1, '前台', 'create', '新增客户：彻底删除的', '1a53944ec6764bf80cb60325eca80408e97c10d2e0c3df8275270c19ffba1a3a', 'f36d18e299384529487fdd0be8e4a801737ed1f82b4be10d2de21a1e5d242a4c', NULL);
INSERT INTO operator_permissions (operator, area, verb) VALUES (2, 'audit', 'view');
INSERT INTO operators (id, name, full_name, role, gender, department, mobile, email, is_active, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in, staff_number, position, birthday, hired_on) VALUES (1, 'admin', 'admin', 1, '', NULL, '', '', 1, '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL, '', NULL, NULL, NULL);
INSERT INTO operators (id, name, full_name, role, gender, department, mobile, email, is_active, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in, staff_number, position, birthday, hired_on) VALUES (2, 'li', '李四', 2, '', 191, '', '', 1, '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 2, NULL, NULL, '', NULL, NULL, NULL);
INSERT INTO permissions (role, area, verb) VALUES (1, 'audit', 'export');
INSERT INTO permissions (role, area, verb) VALUES (1, 'audit', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'backups', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'backups', 'export');
INSERT INTO permissions (role, area, verb) VALUES (1, 'backups', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'backups', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'company', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'company', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'complaints', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'complaints', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'complaints', 'export');
INSERT INTO permissions (role, area, verb) VALUES (1, 'complaints', 'import');
INSERT INTO permissions (role, area, verb) VALUES (1, 'complaints', 'print');
INSERT INTO permissions (role, area, verb) VALUES (1, 'complaints', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'complaints', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'contacts', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'contacts', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'contacts', 'export');
INSERT INTO permissions (role, area, verb) VALUES (1, 'contacts', 'import');
INSERT INTO permissions (role, area, verb) VALUES (1, 'contacts', 'print');
INSERT INTO permissions (role, area, verb) VALUES (1, 'contacts', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'contacts', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'customers', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'customers', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'customers', 'export');
INSERT INTO permissions (role, area, verb) VALUES (1, 'customers', 'import');
INSERT INTO permissions (role, area, verb) VALUES (1, 'customers', 'print');
INSERT INTO permissions (role, area, verb) VALUES (1, 'customers', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'customers', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'dictionaries', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'dictionaries', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'dictionaries', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'dictionaries', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'feedback', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'feedback', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'feedback', 'export');
INSERT INTO permissions (role, area, verb) VALUES (1, 'feedback', 'import');
INSERT INTO permissions (role, area, verb) VALUES (1, 'feedback', 'print');
INSERT INTO permissions (role, area, verb) VALUES (1, 'feedback', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'feedback', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'interactions', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'interactions', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'interactions', 'export');
INSERT INTO permissions (role, area, verb) VALUES (1, 'interactions', 'import');
INSERT INTO permissions (role, area, verb) VALUES (1, 'interactions', 'print');
INSERT INTO permissions (role, area, verb) VALUES (1, 'interactions', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'interactions', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'mail', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'mail', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'mail', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'maintenance', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'maintenance', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'maintenance', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'memos', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'memos', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'memos', 'export');
INSERT INTO permissions (role, area, verb) VALUES (1, 'memos', 'import');
INSERT INTO permissions (role, area, verb) VALUES (1, 'memos', 'print');
INSERT INTO permissions (role, area, verb) VALUES (1, 'memos', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'memos', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'operators', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'operators', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'operators', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'operators', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'phones', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'products', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'products', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'products', 'export');
INSERT INTO permissions (role, area, verb) VALUES (1, 'products', 'import');
INSERT INTO permissions (role, area, verb) VALUES (1, 'products', 'print');
INSERT INTO permissions (role, area, verb) VALUES (1, 'products', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'products', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'recycle_bin', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'recycle_bin', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'regions', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'regions', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'regions', 'export');
INSERT INTO permissions (role, area, verb) VALUES (1, 'regions', 'print');
INSERT INTO permissions (role, area, verb) VALUES (1, 'regions', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'regions', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'roles', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'roles', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'roles', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'roles', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'sales', 'create');
INSERT INTO permissions (role, area, verb) VALUES (1, 'sales', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (1, 'sales', 'export');
INSERT INTO permissions (role, area, verb) VALUES (1, 'sales', 'import');
INSERT INTO permissions (role, area, verb) VALUES (1, 'sales', 'print');
INSERT INTO permissions (role, area, verb) VALUES (1, 'sales', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'sales', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'satisfaction', 'export');
INSERT INTO permissions (role, area, verb) VALUES (1, 'satisfaction', 'print');
INSERT INTO permissions (role, area, verb) VALUES (1, 'satisfaction', 'view');
INSERT INTO permissions (role, area, verb) VALUES (1, 'settings', 'update');
INSERT INTO permissions (role, area, verb) VALUES (1, 'settings', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'company', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'complaints', 'create');
INSERT INTO permissions (role, area, verb) VALUES (2, 'complaints', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (2, 'complaints', 'export');
INSERT INTO permissions (role, area, verb) VALUES (2, 'complaints', 'import');
INSERT INTO permissions (role, area, verb) VALUES (2, 'complaints', 'print');
INSERT INTO permissions (role, area, verb) VALUES (2, 'complaints', 'update');
INSERT INTO permissions (role, area, verb) VALUES (2, 'complaints', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'contacts', 'create');
INSERT INTO permissions (role, area, verb) VALUES (2, 'contacts', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (2, 'contacts', 'export');
INSERT INTO permissions (role, area, verb) VALUES (2, 'contacts', 'import');
INSERT INTO permissions (role, area, verb) VALUES (2, 'contacts', 'print');
INSERT INTO permissions (role, area, verb) VALUES (2, 'contacts', 'update');
INSERT INTO permissions (role, area, verb) VALUES (2, 'contacts', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'customers', 'create');
INSERT INTO permissions (role, area, verb) VALUES (2, 'customers', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (2, 'customers', 'export');
INSERT INTO permissions (role, area, verb) VALUES (2, 'customers', 'import');
INSERT INTO permissions (role, area, verb) VALUES (2, 'customers', 'print');
INSERT INTO permissions (role, area, verb) VALUES (2, 'customers', 'update');
INSERT INTO permissions (role, area, verb) VALUES (2, 'customers', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'dictionaries', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'feedback', 'create');
INSERT INTO permissions (role, area, verb) VALUES (2, 'feedback', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (2, 'feedback', 'export');
INSERT INTO permissions (role, area, verb) VALUES (2, 'feedback', 'import');
INSERT INTO permissions (role, area, verb) VALUES (2, 'feedback', 'print');
INSERT INTO permissions (role, area, verb) VALUES (2, 'feedback', 'update');
INSERT INTO permissions (role, area, verb) VALUES (2, 'feedback', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'interactions', 'create');
INSERT INTO permissions (role, area, verb) VALUES (2, 'interactions', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (2, 'interactions', 'export');
INSERT INTO permissions (role, area, verb) VALUES (2, 'interactions', 'import');
INSERT INTO permissions (role, area, verb) VALUES (2, 'interactions', 'print');
INSERT INTO permissions (role, area, verb) VALUES (2, 'interactions', 'update');
INSERT INTO permissions (role, area, verb) VALUES (2, 'interactions', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'mail', 'create');
INSERT INTO permissions (role, area, verb) VALUES (2, 'mail', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'memos', 'create');
INSERT INTO permissions (role, area, verb) VALUES (2, 'memos', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (2, 'memos', 'export');
INSERT INTO permissions (role, area, verb) VALUES (2, 'memos', 'import');
INSERT INTO permissions (role, area, verb) VALUES (2, 'memos', 'print');
INSERT INTO permissions (role, area, verb) VALUES (2, 'memos', 'update');
INSERT INTO permissions (role, area, verb) VALUES (2, 'memos', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'phones', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'products', 'create');
INSERT INTO permissions (role, area, verb) VALUES (2, 'products', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (2, 'products', 'export');
INSERT INTO permissions (role, area, verb) VALUES (2, 'products', 'import');
INSERT INTO permissions (role, area, verb) VALUES (2, 'products', 'print');
INSERT INTO permissions (role, area, verb) VALUES (2, 'products', 'update');
INSERT INTO permissions (role, area, verb) VALUES (2, 'products', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'recycle_bin', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'regions', 'export');
INSERT INTO permissions (role, area, verb) VALUES (2, 'regions', 'print');
INSERT INTO permissions (role, area, verb) VALUES (2, 'regions', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'sales', 'create');
INSERT INTO permissions (role, area, verb) VALUES (2, 'sales', 'delete');
INSERT INTO permissions (role, area, verb) VALUES (2, 'sales', 'export');
INSERT INTO permissions (role, area, verb) VALUES (2, 'sales', 'import');
INSERT INTO permissions (role, area, verb) VALUES (2, 'sales', 'print');
INSERT INTO permissions (role, area, verb) VALUES (2, 'sales', 'update');
INSERT INTO permissions (role, area, verb) VALUES (2, 'sales', 'view');
INSERT INTO permissions (role, area, verb) VALUES (2, 'satisfaction', 'export');
INSERT INTO permissions (role, area, verb) VALUES (2, 'satisfaction', 'print');
INSERT INTO permissions (role, area, verb) VALUES (2, 'satisfaction', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'company', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'complaints', 'create');
INSERT INTO permissions (role, area, verb) VALUES (3, 'complaints', 'export');
INSERT INTO permissions (role, area, verb) VALUES (3, 'complaints', 'import');
INSERT INTO permissions (role, area, verb) VALUES (3, 'complaints', 'print');
INSERT INTO permissions (role, area, verb) VALUES (3, 'complaints', 'update');
INSERT INTO permissions (role, area, verb) VALUES (3, 'complaints', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'contacts', 'create');
INSERT INTO permissions (role, area, verb) VALUES (3, 'contacts', 'export');
INSERT INTO permissions (role, area, verb) VALUES (3, 'contacts', 'import');
INSERT INTO permissions (role, area, verb) VALUES (3, 'contacts', 'print');
INSERT INTO permissions (role, area, verb) VALUES (3, 'contacts', 'update');
INSERT INTO permissions (role, area, verb) VALUES (3, 'contacts', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'customers', 'create');
INSERT INTO permissions (role, area, verb) VALUES (3, 'customers', 'export');
INSERT INTO permissions (role, area, verb) VALUES (3, 'customers', 'import');
INSERT INTO permissions (role, area, verb) VALUES (3, 'customers', 'print');
INSERT INTO permissions (role, area, verb) VALUES (3, 'customers', 'update');
INSERT INTO permissions (role, area, verb) VALUES (3, 'customers', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'dictionaries', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'feedback', 'create');
INSERT INTO permissions (role, area, verb) VALUES (3, 'feedback', 'export');
INSERT INTO permissions (role, area, verb) VALUES (3, 'feedback', 'import');
INSERT INTO permissions (role, area, verb) VALUES (3, 'feedback', 'print');
INSERT INTO permissions (role, area, verb) VALUES (3, 'feedback', 'update');
INSERT INTO permissions (role, area, verb) VALUES (3, 'feedback', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'interactions', 'create');
INSERT INTO permissions (role, area, verb) VALUES (3, 'interactions', 'export');
INSERT INTO permissions (role, area, verb) VALUES (3, 'interactions', 'import');
INSERT INTO permissions (role, area, verb) VALUES (3, 'interactions', 'print');
INSERT INTO permissions (role, area, verb) VALUES (3, 'interactions', 'update');
INSERT INTO permissions (role, area, verb) VALUES (3, 'interactions', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'mail', 'create');
INSERT INTO permissions (role, area, verb) VALUES (3, 'mail', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'memos', 'create');
INSERT INTO permissions (role, area, verb) VALUES (3, 'memos', 'export');
INSERT INTO permissions (role, area, verb) VALUES (3, 'memos', 'import');
INSERT INTO permissions (role, area, verb) VALUES (3, 'memos', 'print');
INSERT INTO permissions (role, area, verb) VALUES (3, 'memos', 'update');
INSERT INTO permissions (role, area, verb) VALUES (3, 'memos', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'phones', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'products', 'create');
INSERT INTO permissions (role, area, verb) VALUES (3, 'products', 'export');
INSERT INTO permissions (role, area, verb) VALUES (3, 'products', 'import');
INSERT INTO permissions (role, area, verb) VALUES (3, 'products', 'print');
INSERT INTO permissions (role, area, verb) VALUES (3, 'products', 'update');
INSERT INTO permissions (role, area, verb) VALUES (3, 'products', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'regions', 'export');
INSERT INTO permissions (role, area, verb) VALUES (3, 'regions', 'print');
INSERT INTO permissions (role, area, verb) VALUES (3, 'regions', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'sales', 'create');
INSERT INTO permissions (role, area, verb) VALUES (3, 'sales', 'export');
INSERT INTO permissions (role, area, verb) VALUES (3, 'sales', 'import');
INSERT INTO permissions (role, area, verb) VALUES (3, 'sales', 'print');
INSERT INTO permissions (role, area, verb) VALUES (3, 'sales', 'update');
INSERT INTO permissions (role, area, verb) VALUES (3, 'sales', 'view');
INSERT INTO permissions (role, area, verb) VALUES (3, 'satisfaction', 'export');
INSERT INTO permissions (role, area, verb) VALUES (3, 'satisfaction', 'print');
INSERT INTO permissions (role, area, verb) VALUES (3, 'satisfaction', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'company', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'complaints', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'contacts', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'customers', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'dictionaries', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'feedback', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'interactions', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'mail', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'memos', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'phones', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'products', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'regions', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'sales', 'view');
INSERT INTO permissions (role, area, verb) VALUES (4, 'satisfaction', 'view');
INSERT INTO phone_numbers (id, digits, reversed, entity, record, field) VALUES (1, '043185123456', '654321581340', 'customers', 1, 'phone');
INSERT INTO phone_numbers (id, digits, reversed, entity, record, field) VALUES (2, '13904310001', '10001340931', 'contacts', 1, 'mobile');
INSERT INTO products (id, name, code, category, model, unit, price, is_on_sale, remark, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (1, '液压泵', 'YB-20', NULL, '', 170, 120000, 1, '', '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 1, NULL, NULL);
INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials, area_code, postcode, is_active, is_own, edited) VALUES ('110000', NULL, 1, '北京市', '北京市', 'beijingshi', 'bjs', '010', '100000', 1, 0, '[]');
INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials, area_code, postcode, is_active, is_own, edited) VALUES ('110100', '110000', 2, '北京市', '北京市', 'beijingshi', 'bjs', '010', '100000', 1, 0, '[]');
INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials, area_code, postcode, is_active, is_own, edited) VALUES ('110105', '110100', 3, '朝阳区', '北京市朝阳区', 'chaoyangqu', 'cyq', '010', '100020', 1, 0, '[]');
INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials, area_code, postcode, is_active, is_own, edited) VALUES ('220000', NULL, 1, '吉林省', '吉林省', 'jilinsheng', 'jls', '', '', 1, 0, '[]');
INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials, area_code, postcode, is_active, is_own, edited) VALUES ('220100', '220000', 2, '长春市', '吉林省长春市', 'changchunshi', 'ccs', '0431', '130000', 1, 0, '[]');
INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials, area_code, postcode, is_active, is_own, edited) VALUES ('220104', '220100', 3, '朝阳区', '吉林省长春市朝阳区', 'chaoyangqu', 'cyq', '0431', '130012', 1, 0, '[]');
INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials, area_code, postcode, is_active, is_own, edited) VALUES ('220105', '220100', 3, '二道区', '吉林省长春市二道区', 'erdaoqu', 'edq', '0431', '130099', 1, 0, '["postcode"]');
INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials, area_code, postcode, is_active, is_own, edited) VALUES ('X00001', '220100', 3, '北湖开发区', '吉林省长春市北湖开发区', 'beihukaifaqu', 'bhkfq', '', '', 1, 1, '[]');
INSERT INTO reminders (operator, entity, record, day, shown_at, again_at) VALUES (1, 'memos', 1, '2026-11-22', '2026-11-22T01:30:00Z', '2026-11-22T01:45:00Z');
INSERT INTO roles (id, name, data_scope, is_system, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (1, '管理员', '全部', 1, '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO roles (id, name, data_scope, is_system, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (2, '业务员', '本人', 0, '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO roles (id, name, data_scope, is_system, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (3, '客服', '全部', 0, '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO roles (id, name, data_scope, is_system, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (4, '只读', '全部', 0, '2026-11-22T09:00:00Z', NULL, '2026-11-22T09:00:00Z', NULL, 1, NULL, NULL);
INSERT INTO sales (id, number, date, customer, contact, kind, order_number, product, quantity, price, discount, amount, salesperson, remark, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (1, 'XS20261122-001', '2026-11-22', 1, NULL, '销售', '', 1, 2000, 120000, 85, 204000, NULL, '', '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 1, NULL, NULL);
INSERT INTO sales (id, number, date, customer, contact, kind, order_number, product, quantity, price, discount, amount, salesperson, remark, created_at, created_by, updated_at, updated_by, version, deleted_at, deleted_in) VALUES (2, 'XS20261122-002', '2026-11-22', 1, NULL, '退货', '', 1, 2000, 120000, 85, 204000, NULL, '', '2026-11-22T09:00:00Z', 1, '2026-11-22T09:00:00Z', 1, 1, NULL, NULL);
INSERT INTO serials (prefix, last) VALUES ('=VIP-2', 0);
INSERT INTO serials (prefix, last) VALUES ('FK20261122-', 1);
INSERT INTO serials (prefix, last) VALUES ('I0431', 1);
INSERT INTO serials (prefix, last) VALUES ('N010', 1);
INSERT INTO serials (prefix, last) VALUES ('REGION:X', 1);
INSERT INTO serials (prefix, last) VALUES ('TS20261122-', 1);
INSERT INTO serials (prefix, last) VALUES ('XS20261122-', 2);
INSERT INTO settings (operator, key, value) VALUES (0, 'mail_server', '{"host": "smtp.qq.com", "port": 465, "security": "SSL", "user": "", "sender_name": "", "sender_address": "a@qq.com"}');
INSERT INTO settings (operator, key, value) VALUES (0, 'option.lock_minutes', '30');
INSERT INTO settings (operator, key, value) VALUES (0, 'recovery_failures', '{"count": 0, "until": null}');
INSERT INTO settings (operator, key, value) VALUES (0, 'recovery_hash', '"$argon2id$v=19$m=65536,t=3,p=4$dXABBLG7OWm2kbZqMQNF/w$SP5nRrMgx6+XdNcw4SRsh9SfDo+DHmxjS/B1nhSSi4g"');
INSERT INTO settings (operator, key, value) VALUES (0, 'regions_version', '"082b26f747f968e3"');
INSERT INTO settings (operator, key, value) VALUES (0, 'search_version', '3');
INSERT INTO transitions (id, entity, record, from_state, to_state, operator, at, remark, step) VALUES (1, 'complaints', 1, '待处理', '处理中', 1, '2026-11-22T09:00:00Z', '', 'assign');
INSERT INTO transitions (id, entity, record, from_state, to_state, operator, at, remark, step) VALUES (2, 'complaints', 1, '处理中', '待回访', 1, '2026-11-22T09:00:00Z', '', 'finish');
INSERT INTO transitions (id, entity, record, from_state, to_state, operator, at, remark, step) VALUES (3, 'complaints', 1, '待回访', '已归档', 1, '2026-11-22T09:00:00Z', '满意', 'visit');
INSERT INTO customers_bigrams (rowid, bigrams) VALUES (1, '00 001 01 04 043 10 100 31 310 43 431 cc ch dj gs hd i0 jx xg xz yx zy zz 公司 制造 宏达 春宏 有限 机械 械制 达机 造有 长春 限公');
INSERT INTO customers_bigrams (rowid, bigrams) VALUES (2, '00 000 001 01 010 10 100 bj jy n0 q1 yq 一汽 北京');
INSERT INTO customers_bigrams (rowid, bigrams) VALUES (3, 'hs ip ld sz vi zh zl 回收 在回 收站 站里 里的');
INSERT INTO contacts_bigrams (rowid, bigrams) VALUES (1, 'am an co ex ha le mp om pl sh sx xa xm 单小 小明');
INSERT INTO contacts_bigrams (rowid, bigrams) VALUES (2, 'am an co ex le mp ng om pl wa w𠮷 xa 王𠮷');
INSERT INTO phone_trigrams (rowid, digits) SELECT id, digits FROM phone_numbers;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence (name, seq) VALUES ('audit', 36);
INSERT INTO sqlite_sequence (name, seq) VALUES ('backups', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('complaints', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('contacts', 2);
INSERT INTO sqlite_sequence (name, seq) VALUES ('customers', 4);
INSERT INTO sqlite_sequence (name, seq) VALUES ('dictionary_items', 281);
INSERT INTO sqlite_sequence (name, seq) VALUES ('drafts', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('feedback', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('interactions', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('mail_attachments', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('mail_jobs', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('mail_messages', 2);
INSERT INTO sqlite_sequence (name, seq) VALUES ('mail_templates', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('memos', 2);
INSERT INTO sqlite_sequence (name, seq) VALUES ('operations', 36);
INSERT INTO sqlite_sequence (name, seq) VALUES ('operators', 2);
INSERT INTO sqlite_sequence (name, seq) VALUES ('products', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('roles', 4);
INSERT INTO sqlite_sequence (name, seq) VALUES ('sales', 2);
INSERT INTO sqlite_sequence (name, seq) VALUES ('transitions', 3);
COMMIT;

-- The service desk: 往来, 反馈, 投诉, 产品, 销售, attachments; each role may do with them what it may with contacts.
ALTER TABLE transitions ADD COLUMN step TEXT NOT NULL DEFAULT '';

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

INSERT INTO permissions (role, area, verb)
 SELECT p.role, new.value, p.verb FROM permissions p
 CROSS JOIN json_each('["interactions", "feedback", "complaints", "products", "sales"]') new
 WHERE p.area = 'contacts';
INSERT INTO permissions (role, area, verb)
 SELECT p.role, 'satisfaction', p.verb FROM permissions p
 WHERE p.area = 'contacts' AND p.verb IN ('view', 'export', 'print');

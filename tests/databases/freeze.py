"""Writes ``vN.sql``: a small office as today's schema keeps it, for every later program to open.

Run once when a schema is released: ``python tests/databases/freeze.py``. A file that is there is never rewritten.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from crm_desktop import system
from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, create_office, sign_in
from crm_desktop.controllers.mail import Letter
from crm_desktop.db import Database, schema, search_index
from crm_desktop.models import ENTITIES, Query

FOLDER = Path(__file__).parent
PASSWORD = "hongda2026"
REGIONS = ("110000", "110100", "110105", "220000", "220100", "220104", "220105")
NAMES = """SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
 AND name NOT LIKE '%_bigrams%' AND name NOT LIKE 'phone_trigrams%' ORDER BY name"""


def fill(database: Database) -> None:
    """A few records of every kind, with a past: changed, deleted, purged, merged; nothing tells where it was made."""
    clock = FixedClock.at("2026-11-22")
    profile = {"region": "220104", "area_code": "0431", "postcode": "130012", "address": "人民大街 1 号"}
    create_office(database, "长春宏达", "admin", PASSWORD, profile, clock)
    office = sign_in(database, "admin", PASSWORD, clock=clock)
    office.operators.add({"name": "li", "full_name": "李四", "role": "业务员", "department": "销售部"}, PASSWORD)
    customer = office.customers.create(
        {"name": "长春宏达机械制造有限公司", "level": "重要", "region": "220104", "phone": "0431-85123456", "owner": "li"},
        lines={"contacts": [{"name": "单小明", "mobile": "13904310001", "birthday": "1980-02-29"}, {"name": "王𠮷"}]},
    )
    office.customers.update(customer, {"annual_revenue": "5,000", "remark": "老客户\n第二行"}, version=1)
    for name, code in (("北京'一汽'100%", ""), ("在回收站里的", "VIP-1"), ("彻底删除的", "VIP-2")):
        made = office.customers.create({"name": name, "code": code, "region": "110105", "source": "展会"})
        if code:
            office.customers.delete([made])
    office.customers.purge([made])
    sources = {item["name"]: item["id"] for item in office.dictionaries.items("source")}
    office.dictionaries.merge(sources["展会"], sources["网站"])
    office.regions.update("220105", {"postcode": "130099"})
    office.regions.add("220100", {"name": "北湖开发区"})
    office.settings.set_option("lock_minutes", 30)
    serve(office, customer)
    trust(office, database, customer)
    remind(office, database, customer)
    office.duplicates.set_apart("customers", [customer, customer + 1])
    write(office, database)
    kept = ", ".join("?" * len(REGIONS))
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(f"DELETE FROM regions WHERE is_own = 0 AND code NOT IN ({kept})", REGIONS)
    database.execute("PRAGMA foreign_keys = ON")
    assert database.query("PRAGMA foreign_key_check") == []


def serve(office: Office, customer: int) -> None:
    """A call, a complaint with its whole course, an answered question, a sale and what came back."""
    call = {"direction": "来电", "phone_number": "0431-85123456", "duration": "3:20", "time": "9:30"}
    office.interactions.create({"customer": customer, "subject": "液压泵漏油", "contact": "单小明", **call})
    complaint = office.complaints.create(
        {"customer": customer, "contact": "单小明", "type": "产品质量", "severity": "严重", "content": "漏油\n第二台"}
    )
    course = (("assign", {"handler": "li"}), ("finish", {"result": "换新"}), ("visit", {"satisfaction": "满意"}))
    for step, values in course:
        office.complaints.advance(complaint, step, values, office.complaints.get(complaint)["version"])
    office.feedback.create({"customer": customer, "type": "咨询", "content": "保养周期", "satisfaction": "非常满意"})
    office.products.create({"name": "液压泵", "code": "YB-20", "price": "1,200", "unit": "台"})
    for kind in ("销售", "退货"):
        office.sales.create({"customer": customer, "product": "YB-20", "quantity": "2", "kind": kind, "discount": "85"})


def trust(office: Office, database: Database, customer: int) -> None:
    """A right beyond the role, a change of many records and its undoing, a draft, a backup, and a purged past."""
    li = next(row["id"] for row in office.operators.active() if row["name"] == "li")
    office.operators.set_grants(li, {("audit", "view")}, version=office.operators.get(li)["version"])
    office.batch_entry.update_many("customers", [customer], {"remark": "批量"})
    office.undo.undo(database.value("SELECT max(id) FROM operations WHERE kind = 'batch'"))
    office.drafts.save("form", "customers", customer, 1, {"values": {"remark": "没保存的"}})
    database.execute(
        "INSERT INTO backups (at, computer, path, occasion, size, sha256) VALUES (?, '前台', ?, '手动', 1, ?)",
        ("2026-11-22T09:00:00Z", "E:\\备份\\a.db", "0" * 64),
    )
    with office.context.operation("cleanup", "清理系统日志") as operation:
        database.execute("UPDATE operations SET sentence = '', purged_in = ? WHERE id = 2", (operation,))
        database.execute("DELETE FROM audit WHERE operation = 2")


def remind(office: Office, database: Database, customer: int) -> None:
    """A memo of one day, one that comes back by the moon, and that somebody was reminded of it."""
    memo = office.memos.create({"subject": "回电", "customer": customer, "contact": "单小明", "time": "9:30"})
    office.memos.create({"subject": "寄贺卡", "date": "2026-12-23", "repeat": "农历每年", "reminder": "提前 1 天"})
    database.execute(
        "INSERT INTO reminders (operator, entity, record, day, shown_at, again_at) VALUES (?, 'memos', ?, ?, ?, ?)",
        (office.operator.id, memo, "2026-11-22", "2026-11-22T01:30:00Z", "2026-11-22T01:45:00Z"),
    )


def write(office: Office, database: Database) -> None:
    """A letter of the office's own, and a job of which one message went out and one may have."""
    first, second = office.contacts.ids(Query(order="id"))
    office.contacts.update(first, {"email": "shan@example.com"}, version=office.contacts.get(first)["version"])
    office.contacts.update(
        second, {"email": "wang@example.com", "is_unsubscribed": True}, version=office.contacts.get(second)["version"]
    )
    letter = Letter("{简称}新春快乐", "{联系人}{称谓}：\n祝好")
    office.mail_templates.save("拜年", letter)
    office.mail_setup.set_server({"host": "smtp.qq.com", "port": "465", "security": "SSL", "sender_address": "a@qq.com"})
    job = office.mail.create_job(letter, "contacts", [first, second])
    database.execute("UPDATE mail_messages SET state = '可能已发', message_id = '<1@qq.com>', window = 'x' WHERE id = 1")
    database.execute("INSERT INTO mail_attachments (job, name, size, sha256, content) VALUES (?, 'a.txt', 1, '', x'61')", (job,))


def statements(database: Database) -> Iterator[str]:
    for (table,) in database.query(NAMES):
        columns = [row["name"] for row in database.query(f"PRAGMA table_info({table})")]
        values = " || ', ' || ".join(f"quote({name})" for name in columns)
        for (row,) in database.query(f"SELECT {values} FROM {table} ORDER BY 1"):
            yield f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({row});"
    for entity in ENTITIES.values():
        if entity.is_searchable:
            for row in database.query(f"SELECT id, text, initials FROM {entity.key}_search ORDER BY id"):
                words = search_index.indexed_text(row["text"], row["initials"])
                yield f"INSERT INTO {entity.key}_bigrams (rowid, bigrams) VALUES ({row['id']}, '{words}');"
    yield "INSERT INTO phone_trigrams (rowid, digits) SELECT id, digits FROM phone_numbers;"
    yield "DELETE FROM sqlite_sequence;"
    for row in database.query("SELECT name, seq FROM sqlite_sequence ORDER BY name"):
        yield f"INSERT INTO sqlite_sequence (name, seq) VALUES ('{row['name']}', {row['seq']});"


def freeze() -> None:
    target = FOLDER / f"v{schema.current_version()}.sql"
    if target.exists():
        raise SystemExit(f"{target.name} is frozen already")
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(Path(folder) / "office.db", create=True)
        system.computer_name = lambda: "前台"
        fill(database)
        lines = [schema.schema_text(), "", "-- A small office", "BEGIN;", *statements(database), "COMMIT;", ""]
        database.close_all()
    target.write_text("\n".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    freeze()

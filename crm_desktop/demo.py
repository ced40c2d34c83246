"""``python -m crm_desktop.demo FOLDER``: the sample office and its documents, without needing a window."""

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from crm_desktop.clock import Clock
from crm_desktop.console import speak_utf8
from crm_desktop.controllers import Office, sign_in
from crm_desktop.controllers.sample import build_sample
from crm_desktop.db import Database
from crm_desktop.db.passing_files import remove_database
from crm_desktop.errors import CrmError
from crm_desktop.models import Query
from crm_desktop.reports import EnvelopeOptions
from crm_desktop.reports.document import Document
from crm_desktop.reports.listing import Listing

DATABASE = "sample.db"
SIGN_IN = "登录.txt"
PROVINCE = "220000"
LISTS: dict[str, tuple[str, dict[str, Any]]] = {
    "02-客户信息列表.pdf": ("customer_list", {}),
    "03-联系人信息列表.pdf": ("contact_list", {}),
    "04-省份邮编信息.pdf": ("postcodes", {"province": PROVINCE}),
    "08-客户投诉列表.pdf": ("complaint_list", {}),
}
WORKBOOKS = {"06-客户.xlsx": "customers", "10-销售记录.xlsx": "sales"}
BACKUP, CHARTS = "07-备份.db", "12-投诉满意程度分析.xlsx"
TWO_YEARS = timedelta(days=730)
SHOWN = """SELECT id FROM customers WHERE deleted_at IS NULL AND (
  length(name) >= 30 OR instr(name, '𠮷') OR instr(name, '𬭎') OR postcode = '' OR id % 29 = 0) ORDER BY id LIMIT 16"""
"""The odd cases first of all: the long name, the rare characters, those without a postcode."""

MOST_HANDLED = """SELECT record FROM transitions WHERE entity = 'complaints' AND record IN (
 SELECT id FROM complaints WHERE status = '已归档' AND compensation > 0)
 GROUP BY record ORDER BY count(*) DESC, record DESC LIMIT 1"""
"""The complaint that was paid for and took the most steps."""


def main(folder: Path) -> int:
    """Fill the folder; the last lines printed are the files and the sign-in."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / DATABASE
    remove_database(path)
    database = Database.open(path, create=True)
    clock = Clock()
    sample = build_sample(database, clock)
    office = sign_in(database, sample.operator, sample.password, clock=clock)
    files = write_documents(office, folder)
    database.close_all()
    (folder / SIGN_IN).write_text(f"操作员：{sample.operator}\n密码：{sample.password}\n", encoding="utf-8")
    for file in (path, *files):
        print(f"{file}  {file.stat().st_size / 1024:,.0f} KB")
    print(f"登录 / sign in: 操作员 {sample.operator}  密码 {sample.password}")
    return 0


def write_documents(office: Office, folder: Path) -> list[Path]:
    """Envelopes, lists, papers, charts, workbooks and backup, in the order of their numbers."""
    today = office.clock.today()
    satisfaction = office.satisfaction.complaints(today - TWO_YEARS, today, "month")
    documents: dict[str, Document | Listing] = {
        "01-客户信封.pdf": _envelopes(office),
        "05-投诉满意程度分析.pdf": office.analyses.pdf(satisfaction),
        "09-投诉处理单.pdf": office.reports.paper("complaints", office.db.value(MOST_HANDLED), "A4"),
        "11-客户服务月报.pdf": _month_before(office, today),
        "13-地址标签.pdf": office.reports.labels(ids=_chosen(office)),
        "14-客户登记表.pdf": office.reports.blank_form("customers"),
        **{name: office.reports.run(*which) for name, which in LISTS.items()},
    }
    for name, document in documents.items():
        document.save(folder / name)
    for name, entity in WORKBOOKS.items():
        office.exchange.export(entity, Query(), folder / name)
    office.analyses.save(satisfaction, folder / CHARTS)
    _back_up(office, folder)
    return sorted(folder / name for name in (*documents, *WORKBOOKS, CHARTS, BACKUP))


def _back_up(office: Office, folder: Path) -> None:
    """A backup and its digest under the names that the other documents go by."""
    made = office.backups.create(folder).path
    digest = made.with_name(f"{made.name}.sha256")
    told = digest.read_text(encoding="utf-8").replace(made.name, BACKUP)
    (folder / f"{BACKUP}.sha256").write_text(told, encoding="utf-8", newline="\n")
    digest.unlink()
    made.replace(folder / BACKUP)


def _month_before(office: Office, today: date) -> Document:
    last = today.replace(day=1) - timedelta(days=1)
    return office.analyses.monthly(last.year, last.month)


def _chosen(office: Office) -> list[int]:
    return [row["id"] for row in office.db.query(SHOWN)]


def _envelopes(office: Office) -> Document:
    return office.reports.envelopes(ids=_chosen(office), options=EnvelopeOptions(size="DL", art=True))


if __name__ == "__main__":
    speak_utf8()
    try:
        raise SystemExit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo")))
    except CrmError as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from error

"""Every way in and out and everything that leaves the office stands in the log, with what it was and how much."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop import system
from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, sign_in, sign_out
from crm_desktop.db import Database
from crm_desktop.db.backup import copy_database
from crm_desktop.errors import AccountLocked, PermissionDenied, SignInError
from crm_desktop.models import Query

PASSWORD = "hongda2026"
PERIOD = ("2026-01-01", "2026-12-31")


@pytest.fixture
def busy(office: Office) -> Office:
    """One customer with a complaint and a contact."""
    customer = office.customers.create(
        {"name": "宏达", "phone": "0431-85123456"}, lines={"contacts": [{"name": "钱一"}]}
    )
    office.complaints.create({"customer": customer, "content": "漏油", "date": "2026-11-20"})
    return office


def newest(office: Office, count: int = 1) -> list[tuple[str, str]]:
    return [(row["kind"], row["sentence"]) for row in office.audit.operations(limit=count)]


def save_bad_rows(office: Office, path: Path) -> Any:
    book = openpyxl.Workbook()
    for row in (["客户名称", "电话"], ["", "0431-85000000"], ["新客户", "不是号码"]):
        book.active.append(row)
    book.save(path.with_name("名单.xlsx"))
    return office.exchange.save_bad_rows(office.exchange.preview("customers", path.with_name("名单.xlsx")), path)


def save_attachment(office: Office, path: Path) -> Any:
    path.write_bytes(b"%PDF")
    added = office.attachments.add("complaints", 1, path)
    office.attachments.save_to(added, path.with_name("副本.pdf"))


Work = Callable[[Office, Path], Any]
LEAVING: list[tuple[str, Work, tuple[str, str]]] = [
    ("a.xlsx", lambda office, path: office.exchange.export("customers", Query(), path), ("export", "导出客户 1 条：a.xlsx")),
    ("错误.xlsx", save_bad_rows, ("export", "导出错误行 2 行：错误.xlsx")),
    ("a.csv", lambda office, path: office.reports.run("customer_list", {}).save(path), ("export", "导出客户信息列表 1 条：a.csv")),
    ("a.pdf", lambda office, path: office.reports.run("customer_list", {}).save(path), ("print", "生成客户信息列表 1 条")),
    ("a.pdf", lambda office, path: office.reports.run("contact_list", {}).pdf(), ("print", "生成联系人信息列表 1 条")),
    ("a.xlsx", lambda office, path: office.analyses.save(office.satisfaction.complaints(*PERIOD), path), ("export", "导出投诉满意程度分析：a.xlsx")),
    ("a.png", lambda office, path: office.analyses.save_chart(office.satisfaction.complaints(*PERIOD).charts()[0], path), ("export", "导出图表“各等级占比”：a.png")),
    ("", lambda office, path: office.analyses.pdf(office.satisfaction.complaints(*PERIOD)), ("print", "生成投诉满意程度分析")),
    ("", lambda office, path: office.analyses.monthly(2026, 10), ("print", "生成客户服务月报　2026 年 10 月")),
    ("", lambda office, path: office.reports.envelopes(Query()), ("print", "生成信封 1 个")),
    ("", lambda office, path: office.reports.log_printed("客户信封", 3, "HP 1020"), ("print", "打印客户信封 3 张：HP 1020")),
    ("", lambda office, path: office.reports.log_saved("客户信封", "信封.pdf"), ("print", "存为 PDF：客户信封，信封.pdf")),
    ("合同.pdf", save_attachment, ("export", "另存附件：客户投诉 TS20261120-001，副本.pdf")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "work", "said"), LEAVING, ids=[said[1][:12] for _, _, said in LEAVING])
def test_what_leaves_the_office_is_logged(
    busy: Office, tmp_path: Path, name: str, work: Work, said: tuple[str, str]
) -> None:
    before = busy.audit.count()
    work(busy, tmp_path / name)
    assert newest(busy) == [said] and busy.audit.count() - before <= 2
    assert busy.audit.operations(limit=1)[0]["computer"] == system.computer_name()


def test_a_list_as_a_file_of_data_needs_the_right_to_export(
    busy: Office, hire: Callable[..., Office], tmp_path: Path
) -> None:
    wang = hire("wang", "客服")
    busy.db.execute("DELETE FROM permissions WHERE area = 'customers' AND verb = 'export'")
    listing = wang.reports.run("customer_list", {})
    with pytest.raises(PermissionDenied, match="导出"):
        listing.save(tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()
    listing.save(tmp_path / "a.pdf")
    wang.reports.run("postcodes", {"province": "220000"}).save(tmp_path / "b.xlsx")
    assert newest(busy)[0][1].endswith("条：b.xlsx")


# In and out


def test_coming_failing_and_leaving_are_logged(office: Office, database: Database, clock: FixedClock) -> None:
    for name, word in (("admin", "wrong"), ("我的密码123", "x")):
        with pytest.raises(SignInError):
            sign_in(database, name, word, clock=clock)
    sign_out(office)
    assert newest(office, 3) == [
        ("sign_out", "退出：admin"), ("sign_in_failed", "登录失败：没有这个操作员"), ("sign_in_failed", "登录失败：admin"),
    ]  # fmt: skip
    assert {row["computer"] for row in office.audit.operations(limit=3)} == {system.computer_name()}


def test_an_account_that_is_locked_is_a_failure_too(office: Office, database: Database, clock: FixedClock) -> None:
    for _ in range(5):
        with pytest.raises(SignInError):
            sign_in(database, "admin", "wrong", clock=clock)
    with pytest.raises(AccountLocked):
        sign_in(database, "admin", PASSWORD, clock=clock)
    assert newest(office)[0] == ("sign_in_failed", "登录失败：admin")


def test_nobody_is_held_up_who_leaves_an_office_that_was_replaced(
    office: Office, hire: Callable[..., Office], tmp_path: Path
) -> None:
    copy_database(office.db.path, tmp_path / "earlier.db")
    li = hire("li", "客服")
    office.backups.restore(tmp_path / "earlier.db")
    before = office.audit.count()
    sign_out(li)
    assert office.audit.count() == before
    sign_out(office)
    assert newest(office)[0] == ("sign_out", "退出：admin")


def test_nobody_is_held_up_by_a_file_that_is_gone(office: Office, tmp_path: Path) -> None:
    office.db.close_all()
    for path in tmp_path.glob("office.db*"):
        path.unlink()
    sign_out(office)


# Whose it is


def test_a_workbook_carries_who_and_when_and_its_rows_nothing_of_it(busy: Office, tmp_path: Path) -> None:
    busy.exchange.export("customers", Query(), tmp_path / "a.xlsx")
    busy.reports.run("customer_list", {}).save(tmp_path / "b.xlsx")
    busy.analyses.save(busy.satisfaction.complaints(*PERIOD), tmp_path / "c.xlsx")
    made = f"制表人：admin　{busy.clock.local_minute()}"
    for name in ("a", "b", "c"):
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        assert (book.properties.creator, book.properties.description) == ("admin", made)
        for sheet in book.worksheets:
            assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("长春宏达", made)
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active.max_row == 2
    assert made in [cell.value for cell in openpyxl.load_workbook(tmp_path / "c.xlsx")["图表"]["A"]]
    preview = busy.exchange.preview("customers", tmp_path / "a.xlsx", mode="skip")
    assert (preview.error_count, len(preview.rows)) == (0, 1)


def test_a_name_in_the_foot_of_a_workbook_is_no_code(busy: Office, tmp_path: Path) -> None:
    company = busy.company.profile()
    busy.company.update(company["id"], {"name": "A&P 商贸" + "很长" * 40}, company["version"])
    busy.exchange.export("customers", Query(), tmp_path / "a.xlsx")
    foot = openpyxl.load_workbook(tmp_path / "a.xlsx").active.oddFooter.left.text
    assert foot.startswith("A&&P 商贸很长") and len(foot) <= 61

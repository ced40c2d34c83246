"""导出全部数据: all of it, in files that any program reads, for whoever may see all of it."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from crm_desktop.controllers import Office
from crm_desktop.controllers.backups import everything, sheets
from crm_desktop.errors import BackupError, CrmError, PermissionDenied, ReportError

SHEETS = [
    "本单位信息", "客户信息", "联系人信息", "业务往来", "客户反馈", "客户投诉", "产品", "销售记录", "工作备忘", "操作员", "权限",
    "角色权限", "操作员另有的权限", "基础字典", "自定义区域", "处理过程", "附件", "系统日志", "修改记录",
]  # fmt: skip


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "导出"
    folder.mkdir()
    return folder


@pytest.fixture
def filled(office: Office, tmp_path: Path) -> Office:
    customer = office.customers.create(
        {"name": "=1+1", "phone": "0431-85123456", "annual_revenue": "5000", "region": "220104"},
        lines={"contacts": [{"name": "王"}]},
    )
    complaint = office.complaints.create({"customer": customer, "content": "漏油", "type": "产品质量"})
    for name in ("报告.pdf", "扫描.pdf"):
        (tmp_path / name).write_bytes(name.encode())
        office.attachments.add("complaints", complaint, tmp_path / name)
    # A name that Windows lets nobody make comes with an office that was kept elsewhere.
    office.db.execute("UPDATE attachments SET name = 'CON.pdf' WHERE name = '扫描.pdf'")
    office.regions.add("220100", {"name": "北湖开发区"})
    return office


def rows(folder: Path, name: str) -> list[list[str]]:
    with (folder / "CSV" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_everything_is_there(filled: Office, out: Path) -> None:
    files = filled.backups.export_everything(out)
    (folder,) = out.iterdir()
    assert folder.name.startswith("宏达_全部数据_20261122_")
    assert sorted(files) == sorted(path for path in folder.rglob("*") if path.is_file())
    book = load_workbook(folder / "全部数据.xlsx")
    assert book.sheetnames == SHEETS
    assert [path.stem for path in sorted(folder.glob("CSV/*.csv"))] == sorted(SHEETS)
    customers = book["客户信息"]
    named = {cell.value: column[0] for cell, column in zip(customers[1], customers.iter_cols(min_row=2), strict=True)}
    assert (named["年营业额"].value, named["电话"].value) == (5000, "0431-85123456")
    assert (named["客户名称"].value, named["客户名称"].data_type) == ("=1+1", "s")
    assert "北湖开发区" in str(list(book["自定义区域"].values))
    assert list(book["附件"].values)[1][:3] == ("客户投诉", "TS20261122-001", "报告.pdf")
    assert [list(map(str, row)) for row in rows(folder, "操作员")][1][0] == "admin"
    assert rows(folder, "客户信息")[1][0] == "'=1+1"
    note = (folder / "说明.txt").read_text(encoding="utf-8-sig")
    assert "长春宏达" in note or "宏达" in note
    assert "附件 2 个" in note


def test_attachments_lie_with_their_record_under_safe_names(filled: Office, out: Path) -> None:
    files = filled.backups.export_everything(out)
    found = [path for path in files if "附件" in path.parts]
    assert [path.parts[-3:] for path in found] == [
        ("客户投诉", "TS20261122-001 1", "报告.pdf"), ("客户投诉", "TS20261122-001 1", "_CON.pdf"),
    ]  # fmt: skip
    assert found[0].read_bytes() == "报告.pdf".encode()


def test_two_of_one_name_get_two_files(filled: Office, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everything, "safe_name", lambda name: "同名.pdf")
    files = filled.backups.export_everything(out)
    assert [path.name for path in files if "附件" in path.parts] == ["同名.pdf", "同名 (2).pdf"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [("../../a.pdf", "_.._a.pdf"), ("a/b.pdf", "a_b.pdf"), ("..", "_"), ("nul", "_nul"), ("COM1.txt", "_COM1.txt"), ("a. ", "a"),
     ("C:\\x.pdf", "C__x.pdf"), ("长春/宏达", "长春_宏达")],
)  # fmt: skip
def test_no_name_leads_elsewhere(name: str, safe: str) -> None:
    assert everything.safe_name(name) == safe


def test_no_secret_is_among_it(filled: Office, out: Path) -> None:
    secrets = [filled.db.value(sql) for sql in ("SELECT password_hash FROM credentials", "SELECT value FROM settings WHERE key = 'recovery_hash'")]
    for file in filled.backups.export_everything(out):
        if file.suffix == ".csv":
            text = file.read_text(encoding="utf-8-sig")
            assert not any(secret.strip('"') in text for secret in secrets)


def test_it_is_logged(filled: Office, out: Path) -> None:
    filled.backups.export_everything(out)
    (folder,) = out.iterdir()
    assert filled.audit.operations()[0]["kind"] == "export"
    assert filled.audit.operations()[0]["sentence"] == f"导出全部数据到 {folder}"


def test_the_log_only_for_who_may_export_it(filled: Office, out: Path) -> None:
    filled.db.execute("DELETE FROM permissions WHERE area = 'audit'")
    filled.backups.export_everything(out)
    (folder,) = out.iterdir()
    assert not {"系统日志", "修改记录"} & {path.stem for path in folder.glob("CSV/*.csv")}


def allow(office: Office, role: str, **scope: str) -> None:
    """Everything that an export asks for, for one role."""
    office.db.execute("INSERT INTO permissions SELECT id, 'backups', 'export' FROM roles WHERE name = ?", (role,))
    for area in ("operators", "roles"):
        office.db.execute("INSERT INTO permissions SELECT id, ?, 'view' FROM roles WHERE name = ?", (area, role))


def test_who_does_not_see_everything_takes_nothing_along(filled: Office, hire: Callable[..., Office], out: Path) -> None:
    salesman, agent = hire("li", "业务员"), hire("chen", "客服")
    for each in (salesman, agent):
        with pytest.raises(PermissionDenied, match="导出权限"):
            each.backups.export_everything(out)
    allow(filled, "业务员")
    with pytest.raises(PermissionDenied, match="数据范围"):
        salesman.backups.export_everything(out)
    allow(filled, "客服")
    filled.db.execute("DELETE FROM permissions WHERE area = 'phones' AND role = (SELECT id FROM roles WHERE name = '客服')")
    with pytest.raises(PermissionDenied, match="电话号码"):
        agent.backups.export_everything(out)
    assert list(out.iterdir()) == []


def test_cancelled_wherever_it_is_it_leaves_nothing(filled: Office, out: Path) -> None:
    for stop in range(0, 1000, 5):
        left = stop

        def cancelled() -> bool:
            nonlocal left
            left -= 1
            return left < 0

        try:
            filled.backups.export_everything(out, cancelled=cancelled)
            break
        except CrmError as error:
            assert "已取消" in str(error)
            assert list(out.iterdir()) == []
    assert stop > len(SHEETS)


FAILURES: dict[str, tuple[str, Exception, type[CrmError]]] = {
    "no room": ("_write_files", OSError(28, "No space left on device"), BackupError),
    "the stick is gone": ("_write_note", FileNotFoundError(2, "No such file or directory"), BackupError),
    "a workbook that cannot be saved": ("save_sheets", ReportError("磁盘空间不足"), ReportError),
}


@pytest.mark.parametrize(("place", "error", "expected"), FAILURES.values(), ids=FAILURES)
def test_what_fails_leaves_nothing(
    filled: Office, out: Path, monkeypatch: pytest.MonkeyPatch, place: str, error: Exception, expected: type[CrmError]
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(everything, place, fail)
    with pytest.raises(expected):
        filled.backups.export_everything(out)
    assert list(out.iterdir()) == []


def test_a_folder_that_is_not_there(office: Office, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="导出没有完成"):
        office.backups.export_everything(tmp_path / "没插")


def test_progress_goes_up_to_the_end(filled: Office, out: Path) -> None:
    told: list[tuple[int, int]] = []
    filled.backups.export_everything(out, lambda *each: told.append(each))
    assert [each[0] for each in told] == sorted(each[0] for each in told)
    assert told[-1][0] == told[-1][1]


def test_more_records_than_a_sheet_holds(filled: Office, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LONGEST_SHEET", 1)
    filled.customers.create({"name": "第二家"})
    filled.backups.export_everything(out)
    (folder,) = out.iterdir()
    book: Any = load_workbook(folder / "全部数据.xlsx")
    assert [name for name in book.sheetnames if name.startswith("客户信息")] == ["客户信息", "客户信息2"]
    assert {book[name].max_row for name in ("客户信息", "客户信息2")} == {2}

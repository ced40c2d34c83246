"""Something went wrong, and it is set right: a wrong file undone, a customer brought back, a cleanup taken back.

Everything through the real window by keys; whole tables are compared before and after.
"""

from pathlib import Path

import pytest
from openpyxl import Workbook

from crm_desktop.controllers import sign_in
from crm_desktop.models import ENTITIES, Query
from crm_desktop.views.import_wizard import COLUMNS, PREVIEW, RESULT

TRACES = {"version", "updated_at", "updated_by", "deleted_at", "deleted_in"}
SEARCHED = ("customers_search", "contacts_search", "phone_numbers")


def in_use(office):
    """Every record that is not in the recycle bin, without the traces of who wrote it last."""
    found = {}
    for table in (*ENTITIES, "dictionary_items", "attachments"):
        rows = [dict(row) for row in office.db.query(f"SELECT * FROM {table} WHERE deleted_at IS NULL ORDER BY id")]
        found[table] = [{name: value for name, value in row.items() if name not in TRACES} for row in rows]
    return found


def everything(office):
    """Every table of records, the recycle bin included, and what the search is made of."""
    tables = dict.fromkeys((*ENTITIES, "dictionary_items", "attachments", "transitions", *SEARCHED), "*")
    tables["phone_numbers"] = "entity, record, field, digits"  # numbered anew whenever the search tables are rebuilt
    return {
        table: [tuple(row) for row in office.db.query(f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3")]
        for table, columns in tables.items()
    }


@pytest.fixture
def wrong_file(tmp_path):
    """Somebody else's list: one name the office has, with another address, and two strangers."""
    book = Workbook()
    for row in (
        ("客户编号", "公司名称", "通讯地址", "客户来源", "联系人"),
        ("N0431001", "长春宏达机械制造有限公司", "长春市绿园区别处1号", "别处的展会", "外人"),
        ("", "别处的甲公司", "长春市绿园区别处2号", "别处的展会", "甲"),
        ("", "别处的乙公司", "长春市绿园区别处3号", "", ""),
    ):
        book.active.append(row)
    book.save(tmp_path / "别处的 名单.xlsx")
    return tmp_path / "别处的 名单.xlsx"


def test_a_wrong_file_is_imported_and_undone(window, desk, dialogs, wrong_file, press, wait_until):
    office = desk.office
    hongda = office.customers.ids(Query("宏达"))[0]
    before = in_use(office)
    wizard = window.open("import", entity="customers")
    dialogs.answers = [wrong_file]
    press(wizard.file.file.input.control, "<F7>", "<Alt-n>")
    wait_until(lambda: wizard.step == COLUMNS, 20)
    wizard.columns.mode_field.set("update")
    press(wizard.next_button, "<Return>")
    wait_until(lambda: wizard.step == PREVIEW, 20)
    for word in wizard.preview.unknown:
        word.action = "add"
    press(wizard.next_button, "<Return>")
    wait_until(lambda: wizard.step == RESULT, 20)
    assert office.customers.get(hongda)["address"] == "长春市绿园区别处1号"
    assert office.customers.search().total == 5

    dialogs.answers = [True]
    press(wizard.result.undo_button, "<Return>")
    wait_until(lambda: str(wizard.result.undo_button.cget("state")) == "disabled", 20)
    assert in_use(office) == before
    assert dialogs.errors == []


def test_a_customer_deleted_by_mistake_comes_back_whole(window, desk, dialogs, press, wait_until):
    office = desk.office
    customer = office.customers.ids(Query("宏达"))[0]
    office.interactions.create({"customer": customer, "subject": "报价", "contact": "单小明"})
    before = in_use(office)
    listing = window.open("customers")
    wait_until(lambda: listing.table.is_complete and listing.table.total == 3)
    listing.table.go_to(customer)
    dialogs.answers = [True]
    press(listing.table.tree, "<Control-Delete>")
    wait_until(lambda: listing.table.total == 2)
    bin_screen = window.open("recycle_bin")
    wait_until(lambda: bin_screen.table.total == 1 and bin_screen.table.is_complete)
    assert bin_screen.table.current_row["along"] == "联系人 1、业务往来 1"
    press(bin_screen.table.tree, "<F8>")
    wait_until(lambda: listing.table.total == 3)
    assert in_use(office) == before


def test_a_cleanup_is_taken_back_with_its_backup(window, desk, dialogs, password, press, wait_until, tmp_path):
    office = desk.office
    customer = office.customers.ids(Query("宏达"))[0]
    paper = tmp_path / "合同.pdf"
    paper.write_bytes(b"%PDF-1.4 " + bytes(100_000))
    for day in ("2022-05-05", "2026-11-01"):
        call = office.interactions.create({"customer": customer, "subject": day, "date": day, "contact": "单小明"})
        office.attachments.add("interactions", call, paper)
        office.complaints.create({"customer": customer, "date": day})
    before = everything(office)

    screen = window.open("cleanup")
    for key in ("interactions", "complaints"):
        press(screen.boxes[key], "<space>")
    press(screen.finished_box, "<space>", "<F5>")
    wait_until(lambda: screen.effect is not None)
    assert screen.effect.counts == {"业务往来": 1, "客户投诉": 1, "附件": 1}
    dialogs.answers = [True, password]
    press(screen.finished_box, "<F8>")
    wait_until(lambda: screen.result.cget("text"), 30)
    after = everything(office)
    assert {table: len(before[table]) - len(after[table]) for table in before if before[table] != after[table]} == {
        "interactions": 1, "complaints": 1, "attachments": 1,
    }  # fmt: skip
    assert all(set(after[table]) <= set(before[table]) for table in before)

    backup = Path(screen.result.cget("text").split("清理前的备份：")[1].split("\n")[0])
    office.backups.restore(backup)
    again = sign_in(office.db, "admin", password, clock=office.clock)
    assert everything(again) == before

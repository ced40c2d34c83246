"""The import wizard for every kind of record: opened from its list, with its own words, and changed on the way."""

import pytest
from openpyxl import Workbook

from crm_desktop.models import RECORDS
from crm_desktop.views.import_wizard import COLUMNS, FILE, PREVIEW, RESULT
from crm_desktop.views.modules import BY_KEY

HEADING = ["投诉时间", "公司名称", "投诉类别", "事由", "处理人", "状态", "满意度"]
ROWS = (
    ["2026-11-02 9:15", "长春宏达机械制造有限公司", "产品质量", "漏油", "", "已结案", "满意"],
    ["2026-11-03", "上海𠮷野商贸有限公司", "发错货", "发错了", "", "", ""],
    ["2026-11-04", "火星公司", "产品质量", "没有这家", "", "", ""],
)


@pytest.fixture
def sheet(tmp_path):
    book = Workbook()
    for row in (HEADING, *ROWS):
        book.active.append(row)
    book.save(tmp_path / "投诉登记.xlsx")
    return tmp_path / "投诉登记.xlsx"


@pytest.fixture
def step(wait_until):
    """Go on and wait until the next step is there."""

    def go_on(screen, press, key="<Alt-n>"):
        here = screen.step
        press(screen.focus_get() or screen.next_button, key)
        wait_until(lambda: screen.step > here)

    return go_on


@pytest.mark.parametrize("entity", RECORDS, ids=lambda entity: entity.key)
def test_a_list_leads_to_the_import_of_its_own_records(window, entity, root):
    listed = window.open(entity.key)
    listed.import_file()
    screen = window.open("import", entity=entity.key)
    assert screen.file.entity == entity.key
    assert screen.file.kind.input.text.get().startswith(entity.label)


def test_complaints_by_keys_alone(window, desk, dialogs, root, press, focus, wait_until, sheet, step):
    screen = window.open("import", entity="complaints")
    focus(screen.file.file.input.control)
    dialogs.answers = [sheet]
    press(screen.file.file.input.control, "<F7>")
    step(screen, press)
    assert screen.columns.mapping == {
        0: "date", 1: "customer", 2: "type", 3: "content", 4: "handler", 5: "status", 6: "satisfaction",
    }  # fmt: skip
    modes = [(choice.key, choice.text) for choice in screen.columns.mode_field.input.choices]
    assert modes[1] == ("update", "按单号更新已有客户投诉；只改表中填了的格，空格不清除原有内容")
    step(screen, press)
    table = screen.rows.table
    assert [column.key for column in table.columns.shown][:4] == ["id", "fate", "customer", "told"]
    assert screen.rows._shown.get() == "bad" and "没有客户“火星公司”" in str(table.tree.item(table.tree.get_children()[0], "values"))
    assert [word.value for word in screen.preview.unknown] == ["发错货"]
    screen.rows.skip_bad.control.invoke()
    step(screen, press)
    assert screen.step == RESULT
    press(screen.result.open_button, "<Return>")
    assert window.tabs.current_key == "complaints"
    found = {row["content"]: (row["status"], row["number"]) for row in desk.office.complaints.search().rows}
    assert found == {"漏油": ("已归档", "TS20261102-001"), "发错了": ("待处理", "TS20261103-001")}


def test_another_kind_may_be_chosen_in_the_first_step(window, press, type_text, focus, wait_until, sheet, step, root):
    screen = window.open("import", entity="customers")
    kind = screen.file.kind.input
    focus(kind.control)
    press(kind.control, "<F7>")
    kind.set("sales")
    screen.file.choose(sheet)
    focus(screen.file.file.input.control)
    step(screen, press)
    assert screen.step == COLUMNS
    assert screen.columns.warning.cget("text") == "还没有一列对应到“产品”。"
    press(screen.columns.inputs[0].input.control, "<Escape>")
    assert screen.step == FILE
    kind.set("complaints")
    focus(screen.file.file.input.control)
    step(screen, press)
    assert not str(screen.columns.warning.cget("text")).startswith("还没有")


def test_records_without_a_number_cannot_be_updated(window, wait_until, tmp_path, press, focus, step):
    book = Workbook()
    book.active.append(["日期", "客户", "主题"])
    book.active.append(["2026-11-02", "沈阳北方重工有限公司", "询价"])
    book.save(tmp_path / "往来.xlsx")
    screen = window.open("import", entity="interactions")
    screen.file.choose(tmp_path / "往来.xlsx")
    focus(screen.file.file.input.control)
    step(screen, press)
    assert [choice.key for choice in screen.columns.mode_field.input.choices] == ["add", "skip"]
    step(screen, press)
    assert screen.step == PREVIEW and screen.preview.added == 1


def test_the_import_is_open_to_whoever_may_import_something(desk, database_rights):
    assert BY_KEY["import"].is_allowed(desk)
    database_rights("DELETE FROM permissions WHERE verb = 'import' AND area <> 'sales'")
    assert BY_KEY["import"].is_allowed(desk)
    database_rights("DELETE FROM permissions WHERE verb = 'import'")
    assert not BY_KEY["import"].is_allowed(desk)


@pytest.fixture
def database_rights(desk):
    return desk.office.db.execute

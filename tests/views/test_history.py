"""修改记录 from every list and form that has records, by its key; for who may see the log."""

import pytest

from crm_desktop.models import COMPANY, CUSTOMERS, RECORDS
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.history import HistoryWindow


def windows(widget):
    found = [child for child in widget.winfo_children() if isinstance(child, HistoryWindow)]
    return found + [each for child in widget.winfo_children() for each in windows(child)]


def rows(window):
    return [
        tuple(row[key] for key in ("kind", "field", "old", "new"))
        for row in window.table._rows.read(window.table._rows.ids)
    ]


@pytest.fixture
def opened(root, wait_until):
    """Wait for the window and hand it over."""

    def wait():
        wait_until(lambda: windows(root) and windows(root)[0].winfo_viewable())
        return windows(root)[0]

    return wait


def test_from_a_list(window, desk, press, wait_until, opened):
    desk.office.customers.update(1, {"short_name": "宏达"}, version=1)
    screen = window.open("customers")
    wait_until(lambda: screen.table.is_complete and screen.table.total)
    screen.table.go_to(1)
    press(screen.table.tree, "<Alt-r>")
    shown = opened()
    assert shown.title() == "修改记录 - 客户 长春宏达机械制造有限公司"
    assert rows(shown) == [("修改", "简称", "", "宏达"), ("新增", "", "", "新增客户：长春宏达机械制造有限公司")]
    press(shown.table.tree, "<Escape>")
    wait_until(lambda: not windows(window.desk.root) and window.focus_get() is screen.table.tree)


def test_from_a_form_and_not_of_a_new_record(desk, press, opened, wait_until):
    form = open_form(desk, CUSTOMERS, None)
    assert str(form.moving.button("history").cget("state")) == "disabled"
    form.hide()
    form = open_form(desk, CUSTOMERS, 1)
    control = form.form["name"].input.control
    press(control, "<Alt-r>")
    shown = opened()
    assert [row[0] for row in rows(shown)] == ["新增"]
    press(shown.table.tree, "<Escape>")
    wait_until(lambda: form.focus_get() is control)
    form.hide()


def test_from_the_office_a_dictionary_and_a_region(window, desk, press, opened, wait_until):
    profile = desk.office.company.profile()
    desk.office.company.update(profile["id"], {"short_name": "宏达"}, profile["version"])
    desk.office.regions.update("110000", {"area_code": "010", "postcode": "100001"})
    item = desk.office.dictionaries.items("level")[0]
    desk.office.dictionaries.update(item["id"], {"name": "甲级"})
    company, levels, regions = (window.open(key) for key in ("company", "dictionary.level", "regions"))
    regions.go_to("110000")
    levels.table.go_to(item["id"])
    for key, told in (
        ("company", ("修改", "简称")),
        ("dictionary.level", ("修改", "名称")),
        ("regions", ("修改", "邮编")),
    ):
        screen = window.open(key)
        next(action for action in screen.actions if action.id == "history").run()
        shown = opened()
        assert rows(shown)[0][:2] == told
        shown.close()
        wait_until(lambda: not windows(desk.root))
    assert company.form.entity is COMPANY


def test_every_list_of_records_has_it(window):
    for entity in RECORDS:
        screen = window.open(entity.key)
        assert [action.key for action in screen.actions if action.id == "history"] == ["history"], entity.key
        window.tabs.close(entity.key)


def test_who_may_not_see_the_log_is_not_offered_it(root, desk, window, monkeypatch):
    may = desk.office.context.may
    monkeypatch.setattr(type(desk.office.context), "may", lambda self, area, verb: area != "audit" and may(area, verb))
    screen = window.open("contacts")
    assert "history" not in [action.id for action in screen.actions]


def test_a_step_and_an_attachment_are_told(desk, window, tmp_path, opened, wait_until):
    record = desk.office.complaints.create({"customer": 1, "content": "漏油"})
    (tmp_path / "合同.pdf").write_bytes(b"%PDF")
    desk.office.attachments.add("complaints", record, tmp_path / "合同.pdf")
    desk.office.complaints.advance(record, "assign", {"handler": "admin", "department": "技术部"}, version=1)
    screen = window.open("complaints")
    wait_until(lambda: screen.table.is_complete and screen.table.total == 1)
    screen.table.go_to(record)
    next(action for action in screen.actions if action.id == "history").run()
    shown = opened()
    assert ("修改（办理）", "状态", "待处理", "处理中") in rows(shown)
    assert any(new.endswith("，合同.pdf") for *_, new in rows(shown))


def test_a_record_that_went_meanwhile_is_said(desk, dialogs):
    HistoryWindow(desk, desk.root, "客户", "谁").show_record("nonsense", 1)
    assert not dialogs.errors  # the log of what is no entity is empty, not an error
    for window in windows(desk.root):
        window.close()

"""A clerk who lives in Excel types a list into 批量录入 by keys alone, mends what is red, saves, and takes it back."""

import pytest

from crm_desktop.models import Query
from crm_desktop.views.region_picker import RegionPicker

COPIED = "电话\t客户名称\t客户级别\n0431-85000001\t甲厂\t重要\n12\t乙厂\t一般\n0431-85000003\t甲厂\t没有的\n"


@pytest.fixture
def keys(root, press):
    """``keys("abc", "<Return>")``: to whatever has the keyboard; what has no brackets is typed letter by letter."""

    def send(*pressed):
        for each in pressed:
            single = [each] if each.startswith("<") else [f"<Key-{'minus' if key == '-' else key}>" for key in each]
            for sequence in single:
                press(root.focus_get(), sequence)

    return send


def test_typed_pasted_mended_saved_and_undone(window, desk, root, dialogs, keys, in_front, wait_until):
    office = desk.office
    before = list(office.customers.ids(Query()))
    screen = window.open("batch_entry")
    root.update()

    def settle():
        wait_until(lambda: not screen._pause.is_waiting and (screen._check_job is None or screen._check_job.is_finished), 20)

    def read(count):
        columns = [field.name for field in screen.fields]
        return [{name: text for name, text in zip(columns, row, strict=True) if text} for row in screen.sheet.rows()[:count]]

    keys("abc", "<Return>", "<Return>")  # name, and no code
    assert screen.sheet.current == (0, 2)
    keys("<F7>", "<Down>", "<Return>")  # the first level that is offered
    keys("0431-85000000", "<Tab>", "<Shift-Tab>", "<Down>", "<Home>")
    assert read(1) == [{"name": "abc", "level": "重要", "phone": "0431-85000000"}]
    assert screen.sheet.current == (1, 0)

    root.clipboard_clear()
    root.clipboard_append(COPIED)
    keys("<Control-v>")
    settle()
    places = {field.name: place for place, field in enumerate(screen.fields)}
    assert [row["name"] for row in read(4)] == ["abc", "甲厂", "乙厂", "甲厂"]
    assert set(screen._bad_cells()) == {(2, places["phone"]), (3, places["level"])}
    assert "1 行可能重复" in screen.footer.cget("text")

    keys("<Control-s>")  # nothing is saved by half
    wait_until(lambda: "没有保存" in window.status.message, 20)
    assert list(office.customers.ids(Query())) == before
    wait_until(lambda: screen.sheet.current == (2, places["phone"]), 20)
    keys("<F4>", "<BackSpace>", "<BackSpace>", "0431-85000002", "<Return>", "<Alt-e>")
    settle()
    keys("<Alt-e>")
    assert screen.sheet.current == (3, places["level"])
    keys("<BackSpace>", "<Up>", "<Return>")  # the last level that is offered
    offered = [item["name"] for item in office.dictionaries.items("level", active_only=True)]


    keys(*["<Right>"] * (places["region"] - screen.sheet.current[1]), "<F7>")  # its region, from the tree
    picker = in_front(RegionPicker)
    keys("changchun", "<Return>")
    wait_until(lambda: picker.regions.code == "220100")
    keys("<Return>")
    wait_until(lambda: root.focus_get() is screen.sheet.sheet.MT)
    assert screen.sheet.current == (3, places["region"])
    keys("<Control-c>", "<Up>", "<Up>", "<Up>", "<Control-v>")
    keys(*["<Shift-Down>"] * 2, "<Control-d>")
    settle()
    assert [row["region"] for row in read(4)] == ["吉林省长春市"] * 4

    keys("<Down>", "<Down>", "<Home>", "notwanted", "<F2>")  # a row above what is being typed, and both away again
    assert [row.get("name") for row in read(5)] == ["abc", "甲厂", None, "notwanted", "甲厂"]
    keys("<Control-Delete>", "<Control-z>", "<Control-Delete>", "<Control-z>", "<Control-z>", "<Control-z>")
    assert [row.get("name") for row in read(4)] == ["abc", "甲厂", "乙厂", "甲厂"]
    settle()
    keys("<Control-s>")
    wait_until(lambda: "已保存：新增 4、修改 0 条客户。" in window.status.message, 20)
    made = office.customers.search(Query(order="id"), ["name", "phone", "level", "region"]).rows[len(before) :]
    assert [(row["name"], row["phone"], row["level_text"], row["region"]) for row in made] == [
        ("abc", "0431-85000000", "重要", "220100"), ("甲厂", "0431-85000001", "重要", "220100"),
        ("乙厂", "0431-85000002", "一般", "220100"), ("甲厂", "0431-85000003", offered[-1], "220100"),
    ]  # fmt: skip

    log = window.open("audit")
    wait_until(lambda: log.table.is_complete and "新增 4" in str(log.table.current_row))
    dialogs.answers = [True]
    log.toolbar.button("undo").focus_force()
    root.update()
    keys("<space>")
    wait_until(lambda: list(office.customers.ids(Query())) == before, 20)
    assert dialogs.asked[-1][1] == "要撤销这次操作吗？"
    assert dialogs.errors == []

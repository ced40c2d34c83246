"""A clerk who lives in Excel types a list into 批量录入 by keys alone, mends what is red, saves, and takes it back."""

from crm_desktop.models import Query


def test_typed_pasted_mended_saved_and_undone(window, desk, root, dialogs, press, wait_until):
    office = desk.office
    before = list(office.customers.ids(Query()))
    screen = window.open("batch_entry")
    root.update()

    def settle():
        wait_until(lambda: not screen._pause.is_waiting and (screen._check_job is None or screen._check_job.is_finished), 20)

    screen.focus_set()
    for key in ("a", "b", "c"):
        press(root.focus_get(), f"<KeyPress-{key}>")
    press(root.focus_get(), "<Return>")  # the next cell
    assert screen.sheet.rows()[0][0] == "abc" and screen.sheet.current == (0, 1)

    root.clipboard_clear()
    root.clipboard_append("电话\t客户名称\t客户级别\n0431-85000001\t甲厂\t重要\n12\t乙厂\t一般\n0431-85000003\t甲厂\t没有的\n")
    screen.sheet.go_to(1, 0)
    root.update()
    press(root.focus_get(), "<Control-v>")
    settle()
    names = [row[0] for row in screen.sheet.rows()[:4]]
    assert names == ["abc", "甲厂", "乙厂", "甲厂"]
    columns = {field.name: place for place, field in enumerate(screen.fields)}
    assert set(screen._bad_cells()) == {(2, columns["phone"]), (3, columns["level"])}
    assert "1 行可能重复" in screen.footer.cget("text")

    press(screen, "<F8>")  # nothing is saved by half
    wait_until(lambda: "没有保存" in window.status.message, 20)
    assert list(office.customers.ids(Query())) == before
    for place, text in (((2, columns["phone"]), "0431-85000002"), ((3, columns["level"]), "潜在")):
        wait_until(lambda at=place: screen.sheet.current == at, 20)
        screen.sheet.set_cell(*place, text)
        settle()
        press(screen, "<F8>")
    wait_until(lambda: "已保存：新增 4、修改 0 条客户。" in window.status.message, 20)
    made = office.customers.search(Query(order="id"), ["name", "phone", "level"]).rows[len(before) :]
    assert [(row["name"], row["phone"], row["level_text"]) for row in made] == [
        ("abc", "", ""), ("甲厂", "0431-85000001", "重要"), ("乙厂", "0431-85000002", "一般"), ("甲厂", "0431-85000003", "潜在"),
    ]  # fmt: skip

    last = next(row for row in office.audit.operations() if row["kind"] == "batch_entry")
    office.undo.undo(last["id"])
    assert list(office.customers.ids(Query())) == before
    assert dialogs.errors == []

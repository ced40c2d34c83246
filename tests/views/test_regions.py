"""The tree of regions: opened level by level, searched, and changed by the office."""

import pytest

from crm_desktop.errors import InUse


@pytest.fixture
def screen(window, root):
    made = window.open("regions")
    root.update()
    return made


def rows(screen, parent=""):
    return [screen.regions.tree.item(code, "text") for code in screen.regions.tree.get_children(parent)]


def select(screen, code, root):
    screen.go_to(code)
    root.update()


def state(screen, code):
    return screen.regions.tree.set(code, "state")


def test_provinces_stand_first_and_open_by_keys(screen, root, press):
    assert rows(screen)[:3] == ["北京市", "天津市", "河北省"]
    assert root.focus_get() is screen.search.control
    press(screen.search.control, "<Down>")
    assert root.focus_get() is screen.regions.tree and screen.code == "110000"
    press(screen.regions.tree, "<Down>", "<Down>", "<Right>")
    assert "石家庄市" in rows(screen, "130000")
    assert screen.regions.tree.item("130000", "open")


def test_a_region_is_found_by_pinyin_area_code_and_postcode(screen, type_text, wait_until):
    for text, expected in (("changchun", "吉林省长春市"), ("0431", "吉林省长春市"), ("130012", "吉林省长春市朝阳区")):
        screen.search.text.set("")
        type_text(screen.search.control, text)
        wait_until(lambda expected=expected: expected in rows(screen))
    screen.search.clear()
    assert rows(screen)[0] == "北京市"


def test_codes_stand_in_their_columns(screen, root):
    select(screen, "220104", root)
    tree = screen.regions.tree
    shown = {column: tree.set("220104", column) for column in ("area_code", "postcode", "code", "pinyin", "state")}
    assert shown == {"area_code": "0431", "postcode": "130012", "code": "220104", "pinyin": "chaoyangqu", "state": ""}


def test_a_region_is_added_below_the_selected_one(screen, root, in_form, press, window):
    select(screen, "220100", root)
    titles = []

    def fill(form):
        titles.append(form.title())
        for name, value in {"name": "汽车开发区", "area_code": "0431", "postcode": "130013"}.items():
            form.fields[name].set(value)
        form.submit()

    in_form(fill)
    press(screen.regions.tree, "<F2>")
    assert titles == ["在“吉林省长春市”之下新增区域"]
    assert screen.regions.tree.item(screen.code, "text") == "汽车开发区"
    assert state(screen, screen.code) == "自建" and window.status.message == "已保存。"


def test_a_new_region_is_shown_even_after_a_search(screen, root, in_form, press, type_text, wait_until):
    type_text(screen.search.control, "0431")
    wait_until(lambda: "吉林省长春市" in rows(screen))
    press(screen.search.control, "<Return>")

    def fill(form):
        form.fields["name"].set("汽车开发区")
        form.submit()

    in_form(fill)
    press(screen.regions.tree, "<F2>")
    assert screen.search.get() == ""
    assert screen.regions.tree.item(screen.code, "text") == "汽车开发区"


@pytest.mark.parametrize(
    ("values", "where", "sentence"),
    [
        ({"name": ""}, "name", "请填写区域名称"),
        ({"name": "南关区"}, "name", "这里已有“南关区”。"),
        ({"name": "新区", "area_code": "12a"}, "area_code", ""),
        ({"name": "新区", "postcode": "1300"}, "postcode", "邮政编码应为 6 位数字"),
    ],
)
def test_bad_values_are_said_at_their_field(screen, root, in_form, press, values, where, sentence):
    select(screen, "220100", root)
    said = {}

    def fill(form):
        for name, value in values.items():
            form.fields[name].set(value)
        form.submit()
        root.after(20, lambda: look(form))

    def look(form):
        if not form.fields[where].input.error:
            root.after(20, lambda: look(form))
            return
        said.update({name: field.input.error for name, field in form.fields.items() if field.input.error})
        form.cancel()

    before = rows(screen, "220100")
    in_form(fill)
    press(screen.regions.tree, "<F2>")
    assert list(said) == [where] and said[where].startswith(sentence)
    assert rows(screen, "220100") == before


def test_enter_changes_a_region_which_is_marked(screen, desk, root, in_form, press, wait_until):
    select(screen, "220104", root)
    in_form(lambda form: (form.fields["postcode"].set("130021"), form.submit()))
    press(screen.regions.tree, "<Return>")
    wait_until(lambda: state(screen, "220104") == "已修改")
    assert desk.office.regions.get("220104")["postcode"] == "130021"
    assert screen.code == "220104"


def double_click(widget, x, y):
    for sequence in ("<Button-1>", "<ButtonRelease-1>", "<Button-1>", "<ButtonRelease-1>"):
        widget.event_generate(sequence, x=x, y=y)
        widget.update()


def test_a_double_click_edits_a_row_but_not_a_heading(screen, root, in_form):
    select(screen, "220104", root)
    tree = screen.regions.tree
    seen = []

    def look(form):
        seen.append(form.title())
        form.cancel()

    in_form(look)
    x, y, width, height = tree.bbox("220104")
    double_click(tree, x + width // 2, y + height // 2)
    assert seen == ["修改区域：吉林省长春市朝阳区"]
    in_form(look)
    double_click(tree, 50, 5)
    assert len(seen) == 1


def test_a_region_goes_out_of_use_and_comes_back(screen, root, wait_until, window):
    select(screen, "220104", root)
    screen.toolbar.button("switch").invoke()
    wait_until(lambda: state(screen, "220104") == "停用")
    assert window.status.message == "已停用“吉林省长春市朝阳区”。"
    screen.toolbar.button("switch").invoke()
    wait_until(lambda: state(screen, "220104") != "停用")


def test_a_region_of_the_standard_is_not_deleted(screen, root, press, wait_until, dialogs):
    select(screen, "220104", root)
    press(screen.regions.tree, "<Control-Delete>")
    assert dialogs.asked == [("yes_no", "要删除区域“吉林省长春市朝阳区”吗？")] and not dialogs.errors
    dialogs.answers = [True]
    press(screen.regions.tree, "<Control-Delete>")
    wait_until(lambda: dialogs.errors)
    assert isinstance(dialogs.errors[0], InUse)


def test_an_own_region_is_deleted_while_it_is_selected(screen, desk, root, press, wait_until, dialogs):
    code = desk.office.regions.add("220100", {"name": "汽车开发区"})
    wait_until(lambda: True)
    select(screen, code, root)
    dialogs.answers = [True]
    press(screen.regions.tree, "<Control-Delete>")
    wait_until(lambda: not screen.regions.tree.exists(code))
    assert screen.code == "" and screen.toolbar.button("edit").instate(["disabled"])


def test_f5_reads_again(screen, desk, press, root):
    screen._unsubscribe()
    desk.office.regions.add(None, {"name": "境外"})
    press(screen.search.control, "<F5>")
    assert rows(screen)[-1] == "境外"

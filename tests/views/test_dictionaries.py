"""Keeping a dictionary by keys and buttons: add, rename, reorder, put out of use, merge, delete."""

import pytest

from crm_desktop.errors import InUse
from crm_desktop.models.dictionaries import DICTIONARIES
from crm_desktop.views.dictionaries import DictionariesScreen, DictionaryScreen


@pytest.fixture
def show(root, window):
    def show_screen(key):
        screen = window.open(key)
        root.update()
        return screen

    return show_screen


@pytest.fixture
def nature(show):
    return show("dictionary.nature")


def names(screen):
    return [row["name"] for row in screen.desk.office.dictionaries.items(screen.kind.key)]


def item(screen, name):
    rows = screen.desk.office.dictionaries.items(screen.kind.key)
    return next(row for row in rows if row["name"] == name)


def go_to(screen, name, root):
    screen.table.go_to(item(screen, name)["id"])
    root.update()


def test_the_items_stand_in_their_order_with_their_attributes(show):
    screen = show("dictionary.credit")
    assert [row["name"] for row in screen.table._rows.between(0, 3)] == ["AAA", "AA", "A"]
    headings = [screen.table.tree.heading(column, "text") for column in screen.table.tree["columns"]]
    assert headings[:2] == ["序号", "名称"] and len(headings) == 4 + len(DICTIONARIES["credit"].attributes)


def test_f2_adds_an_item_and_goes_to_it(nature, in_form, press, type_text, wait_until):
    def fill(form):
        type_text(form.fields["name"].input.control, "民办非企业")
        press(form.fields["name"].input.control, "<F8>")

    in_form(fill)
    press(nature.table.tree, "<F2>")
    assert names(nature)[-1] == "民办非企业"
    assert nature.table.current_row["name"] == "民办非企业"


def test_a_name_that_is_taken_is_said_in_the_form(root, nature, in_form, press, wait_until):
    said = []

    def fill(form):
        form.fields["name"].set("国有企业")
        form.submit()
        root.after(20, lambda: look(form))

    def look(form):
        if not form.fields["name"].input.error:
            root.after(20, lambda: look(form))
            return
        said.append(form.fields["name"].input.error)
        form.cancel()

    before = names(nature)
    in_form(fill)
    press(nature.table.tree, "<F2>")
    assert "国有企业" in said[0] and names(nature) == before


def test_enter_and_f4_open_the_item_with_its_values(show, root, in_form, press):
    screen = show("dictionary.credit")
    seen = []

    def look(form):
        seen.append({name: field.get() for name, field in form.fields.items()})
        form.cancel()

    for key in ("<Return>", "<F4>"):
        in_form(look)
        press(screen.table.tree, key)
    assert seen[0]["name"] == "AAA" and seen[0] == seen[1]
    assert set(seen[0]) == {"name", *(attribute.key for attribute in DICTIONARIES["credit"].attributes)}


def test_attributes_are_saved(show, in_form, press):
    screen = show("dictionary.credit")
    key = DICTIONARIES["credit"].attributes[0].key

    def change(form):
        form.fields[key].set("9")
        form.submit()

    in_form(change)
    press(screen.table.tree, "<F4>")
    assert item(screen, "AAA")[key] == 9


def test_items_move_and_quick_presses_all_count(nature, root, wait_until):
    first, *rest = names(nature)
    go_to(nature, first, root)
    nature.toolbar.button("down").invoke()
    nature.toolbar.button("down").invoke()
    wait_until(lambda: names(nature)[2] == first)
    assert nature.table.current_row["name"] == first
    nature.toolbar.button("up").invoke()
    wait_until(lambda: names(nature)[1] == first)
    assert names(nature)[0] == rest[0]


def test_an_item_at_the_end_stays_there(nature, root, wait_until, window):
    last = names(nature)[-1]
    go_to(nature, last, root)
    nature.toolbar.button("down").invoke()
    wait_until(lambda: not window.desk.background.is_saving)
    assert names(nature)[-1] == last


def test_an_item_is_put_out_of_use_and_back(nature, root, wait_until, window):
    go_to(nature, "部队", root)
    nature.toolbar.button("switch").invoke()
    wait_until(lambda: not item(nature, "部队")["is_active"])
    wait_until(lambda: window.status.message == "已停用“部队”。")
    nature.toolbar.button("switch").invoke()
    wait_until(lambda: item(nature, "部队")["is_active"])


def test_a_system_item_stays_in_use_and_says_why(nature, root, wait_until, dialogs):
    go_to(nature, "个人", root)
    nature.toolbar.button("switch").invoke()
    wait_until(lambda: dialogs.errors)
    assert item(nature, "个人")["is_active"]


def test_deleting_asks_and_says_so(nature, root, press, wait_until, dialogs, window):
    go_to(nature, "部队", root)
    press(nature.table.tree, "<Control-Delete>")
    assert dialogs.asked == [("yes_no", "要删除“部队”吗？")] and "部队" in names(nature)
    dialogs.answers = [True]
    press(nature.table.tree, "<Control-Delete>")
    wait_until(lambda: "部队" not in names(nature))
    wait_until(lambda: window.status.message == "已删除“部队”。")


def use(desk, name):
    customer = desk.office.customers.search().rows[0]["id"]
    version = desk.office.customers.get(customer)["version"]
    desk.office.customers.update(customer, {"nature": name}, version)
    return customer


def test_an_item_in_use_is_not_deleted_and_says_where(nature, desk, root, press, wait_until, dialogs):
    use(desk, "部队")
    go_to(nature, "部队", root)
    dialogs.answers = [True]
    press(nature.table.tree, "<Control-Delete>")
    wait_until(lambda: dialogs.errors)
    assert isinstance(dialogs.errors[0], InUse) and "部队" in names(nature)


def test_merging_gives_the_records_to_another_item(nature, desk, root, in_form, wait_until, dialogs, window):
    customer = use(desk, "部队")

    def choose(form):
        form.fields["item"].set(item(nature, "政府机关")["id"])
        form.submit()

    go_to(nature, "部队", root)
    dialogs.answers = [True]
    in_form(choose)
    nature.toolbar.button("merge").invoke()
    wait_until(lambda: "部队" not in names(nature))
    assert desk.office.customers.get(customer)["nature_text"] == "政府机关"
    wait_until(lambda: window.status.message == "已合并，改动了 1 条记录。")


def test_merging_into_nothing_is_said(root, nature, in_form, dialogs):
    said = []

    def try_it(form):
        form.submit()
        root.after(20, lambda: look(form))

    def look(form):
        if not form.fields["item"].input.error:
            root.after(20, lambda: look(form))
            return
        said.append(form.fields["item"].input.error)
        form.cancel()

    in_form(try_it)
    nature.toolbar.button("merge").invoke()
    assert said == ["请从列表中选择一项。"] and dialogs.asked == []


def test_what_others_change_is_seen(nature, desk, wait_until):
    desk.office.dictionaries.add("nature", {"name": "外国使领馆"})
    wait_until(lambda: nature.table.total == len(names(nature)))
    assert names(nature)[-1] == "外国使领馆"


def test_a_closed_screen_hears_nothing_more(nature, desk, window, root):
    window.tabs.close("dictionary.nature")
    desk.office.dictionaries.add("nature", {"name": "外国使领馆"})
    root.update()


def test_all_kinds_are_listed_and_chosen_by_keys(show, root, press, in_form):
    screen = show("dictionaries")
    assert isinstance(screen, DictionariesScreen)
    assert [screen.kinds.set(kind, "label") for kind in screen.kinds.get_children()] == [
        kind.label for kind in DICTIONARIES.values()
    ]
    assert root.focus_get() is screen.kinds
    press(screen.kinds, "<Down>")
    second = list(DICTIONARIES)[1]
    shown = next(child for child in screen.winfo_children() if isinstance(child, DictionaryScreen))
    assert shown.kind.key == second
    seen = []
    in_form(lambda form: (seen.append(form.title()), form.cancel()))
    press(screen.kinds, "<F2>")
    assert seen == [f"新增{DICTIONARIES[second].label}"]

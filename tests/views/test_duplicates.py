"""查重与合并 by keys: found, put side by side, merged, taken back, said to be none."""

import pytest

from crm_desktop.models import Query
from crm_desktop.views.duplicates import DuplicateScreen
from crm_desktop.views.merging import KEEP, MergeWindow
from crm_desktop.views.widgets.side_by_side import CHOSEN


@pytest.fixture
def twins(desk):
    """Two pairs of customers, the first with something of their own each; two of the office's own share a telephone."""
    create = desk.office.customers.create
    made = [
        create({"name": "吉林鸿运机械制造有限公司", "phone": "0431-85000001", "remark": "老客户", "region": "220104"}),
        create(
            {"name": "吉林市鸿运机械制造有限责任公司", "phone": "0431-85000009", "remark": "欠款", "region": "220104"},
            lines={"contacts": [{"name": "王芳"}, {"name": "李雷"}]},
        ),
        create({"name": "通化春晖商贸有限公司", "region": "220502"}),
        create({"name": "春晖商贸（通化）有限公司", "region": "220502"}),
    ]
    desk.office.interactions.create({"customer": made[1], "subject": "来访"})
    return made


@pytest.fixture
def screen(window, twins, press, wait_until) -> DuplicateScreen:
    """Looked through."""
    opened = window.open("duplicates")
    press(opened.toolbar.button("find"), "<Return>")
    wait_until(lambda: opened.table.total == 3 and not opened.is_busy, 20)
    return opened


@pytest.fixture
def side_by_side(screen, press, in_front, wait_until):
    """The first pair in the window."""
    press(screen.table.tree, "<Home>", "<Return>")
    wait_until(lambda: in_front(MergeWindow))
    return in_front(MergeWindow)


def cells(window, key):
    return [str(text) for text in window.matrix.tree.item(key, "values")]


def shown_rows(screen):
    tree = screen.table.tree
    return [tree.item(item, "values") for item in tree.get_children()]


def test_groups_stand_with_their_reasons_the_likeliest_first(screen, twins):
    first, second, third = shown_rows(screen)
    assert first[1] == "吉林鸿运机械制造有限公司 ／ 吉林市鸿运机械制造有限责任公司"
    assert (first[2], second[2], third[2]) == ("名称相近", "名称相近", "电话相同")
    assert [group.ids for group in screen._groups] == [tuple(twins[:2]), tuple(twins[2:]), (1, 2)]
    assert screen.result.cget("text").startswith("查了 7 条客户，有 3 组可能重复。")


def test_arrows_choose_whose_value_is_kept(side_by_side, press, twins):
    tree = side_by_side.matrix.tree
    assert cells(side_by_side, "phone")[1].startswith(CHOSEN)
    assert not tree.exists("region")  # it is the same in both
    while tree.focus() != "phone":
        press(tree, "<Down>")
    press(tree, "<Right>")
    assert [text.startswith(CHOSEN) for text in cells(side_by_side, "phone")[1:]] == [False, True]
    assert "0431-85000009" in side_by_side.whole.cget("text")
    while tree.focus() != "remark":
        press(tree, "<Return>")
    assert [text.startswith(CHOSEN) for text in cells(side_by_side, "remark")[1:]] == [True, True]  # notes together
    press(tree, "<space>")
    assert [text.startswith(CHOSEN) for text in cells(side_by_side, "remark")[1:]] == [True, False]
    assert side_by_side.chosen["phone"] == twins[1]


def test_what_comes_along_follows_which_record_stays(side_by_side, press, twins):
    tree = side_by_side.matrix.tree
    assert "联系人 2 条、业务往来 1 条移到它名下" in side_by_side.moves.cget("text")
    assert tree.focus() == KEEP
    press(tree, "<Right>")
    assert side_by_side.keep == twins[1]
    assert side_by_side.moves.cget("text") == "合并后保留“吉林市鸿运机械制造有限责任公司”，另外的记录进入回收站。"
    assert side_by_side.chosen["phone"] == twins[1]  # what nobody chose follows
    side_by_side.only_different.invoke()
    assert tree.exists("region")


def test_merged_then_the_next_and_all_of_it_back(
    screen, side_by_side, window, desk, dialogs, press, in_front, wait_until, twins
):
    """The story by keys alone, and 撤销 from the status line."""
    tree = side_by_side.matrix.tree
    while tree.focus() != tree.get_children()[-1]:
        press(tree, "<Return>")
    press(tree, "<Return>")  # from the last line on to the button
    press(side_by_side.button, "<Return>")
    wait_until(lambda: in_front(MergeWindow) is None and screen.table.total == 2, 20)
    assert desk.office.customers.get(twins[0])["remark"] == "老客户\n欠款"
    assert desk.office.interactions.search(Query()).rows[0]["customer"] == twins[0]
    assert window.status.message == "已合并 2 条客户。"
    assert screen.group.ids == tuple(twins[2:])
    assert screen.focus_get() is screen.table.tree
    dialogs.answers = [True]
    press(window.status.link, "<space>")
    wait_until(lambda: screen.table.total == 3, 20)
    assert desk.office.customers.get(twins[1])["phone"] == "0431-85000009"
    assert desk.office.interactions.search(Query()).rows[0]["customer"] == twins[1]
    assert screen.group.ids == tuple(twins[:2])


def test_one_key_says_that_they_are_not_the_same(screen, press, wait_until, desk, twins):
    press(screen.table.tree, "<Home>", "<Alt-u>")
    wait_until(lambda: screen.table.total == 2)
    assert desk.office.duplicates.apart("customers") == [tuple(twins[:2])]
    press(screen.toolbar.button("find"), "<Return>")
    wait_until(lambda: not screen.is_busy)
    assert screen.table.total == 2
    press(screen.toolbar.button("marks"), "<Return>")
    assert screen.group.ids == tuple(twins[:2])
    press(screen.table.tree, "<Alt-u>")
    wait_until(lambda: screen.table.total == 0)
    assert desk.office.duplicates.apart("customers") == []


def test_in_the_window_too(screen, side_by_side, press, in_front, wait_until, desk, twins):
    press(side_by_side.matrix.tree, "<Alt-u>")
    wait_until(lambda: in_front(MergeWindow) is None and screen.table.total == 2)
    assert desk.office.duplicates.apart("customers") == [tuple(twins[:2])]


def test_what_somebody_has_just_changed_is_shown_and_what_was_chosen_stays(
    side_by_side, press, in_front, wait_until, desk, twins
):
    tree = side_by_side.matrix.tree
    while tree.focus() != "phone":
        press(tree, "<Down>")
    press(tree, "<Right>")
    desk.office.customers.update(twins[1], {"phone": "0431-85000077"}, version=1)
    press(tree, "<F8>")
    wait_until(lambda: side_by_side.error.cget("text"))
    assert "刚刚修改了“吉林市鸿运机械制造有限责任公司”" in side_by_side.error.cget("text")
    assert cells(side_by_side, "phone")[2] == f"{CHOSEN}0431-85000077"
    assert desk.office.customers.get(twins[1])["name"]  # still there
    press(tree, "<F8>")
    wait_until(lambda: in_front(MergeWindow) is None, 20)
    assert desk.office.customers.get(twins[0])["phone"] == "0431-85000077"


def test_a_group_that_a_colleague_has_merged_meanwhile_is_said_so(screen, desk, press, wait_until, window, twins):
    desk.office.customers.delete([twins[1]])
    press(screen.table.tree, "<Home>", "<Return>")
    wait_until(lambda: screen.table.total == 2)
    assert window.status.message == "这组记录刚刚被删除或合并了。"


def test_contacts_of_two_customers_cannot_be_merged_and_why(window, desk, twins, press, in_front, wait_until):
    for customer in twins[2:]:
        desk.office.contacts.create({"name": "单小明", "customer": customer, "mobile": "13904310001"})
    screen = window.open("duplicates")
    screen.kind.set("contacts")
    press(screen.toolbar.button("find"), "<Return>")
    wait_until(lambda: screen.table.total == 1 and not screen.is_busy, 20)
    press(screen.table.tree, "<Return>")
    wait_until(lambda: in_front(MergeWindow))
    shown = in_front(MergeWindow)
    assert "请先合并客户" in shown.error.cget("text")
    press(shown.matrix.tree, "<F8>")
    wait_until(lambda: not shown._is_saving)
    assert "请先合并客户" in shown.error.cget("text")
    shown.cancel()

"""Which rows are new, which belong to records the office has, and which to a row above them."""

import pytest

from crm_desktop.errors import ImportRefused, PermissionDenied

CODED = ["客户编号", "公司名称", "电话"]
STAFFED = ["公司名称", "地址", "联系人", "联系人手机"]


def fates(preview):
    return [row.fate for row in preview.rows]


def reasons(preview):
    return [(problem.row, problem.column, problem.reason) for problem in preview.errors]


@pytest.fixture
def hongda(office):
    """A customer the office has, with one contact."""
    return office.customers.create(
        {"code": "H1", "name": "宏达机械", "phone": "0431-85123456", "remark": "老客户"},
        lines={"contacts": [{"name": "张三", "mobile": "13904310001", "position": "经理"}]},
    )


# Adding


def test_adding_takes_a_customer_of_the_same_name_for_another_one(plan, hongda):
    [row] = plan(["公司名称"], ["宏达机械"]).rows
    assert (row.fate, row.target) == ("add", None)
    assert row.duplicates == ("可能与已有客户“宏达机械”重复",)


@pytest.mark.parametrize("code", ["H1", "h1", "Ｈ１"])
def test_a_code_that_is_taken_is_refused_in_any_case(plan, hongda, code):
    assert reasons(plan(CODED, [code, "鑫源商贸", ""])) == [
        (2, "客户编号", f"客户编号“{code.replace('Ｈ１', 'H1')}”已被使用（编号不重复使用），请换一个。")
    ]


def test_the_code_of_a_deleted_customer_stays_taken(plan, hongda, office):
    office.customers.delete([hongda])
    for mode in ("add", "update", "skip"):
        assert fates(plan(CODED, ["H1", "鑫源商贸", ""], mode=mode)) == ["bad"]


def test_a_code_twice_in_the_file_is_told_at_the_second_row(plan):
    preview = plan(CODED, ["A1", "甲公司", ""], ["A2", "乙公司", ""], ["a1", "丙公司", ""])
    assert fates(preview) == ["add", "add", "bad"]
    assert reasons(preview) == [(4, "客户编号", "客户编号“a1”与第 2 行重复。")]


def test_the_same_customer_twice_by_code_is_told(plan):
    preview = plan(CODED, ["A1", "甲公司", ""], ["A1", "甲公司", ""])
    assert reasons(preview) == [(3, "客户编号", "与第 2 行是同一个客户，请合并成一行。")]


# A customer and its contacts in several rows


def test_rows_of_one_customer_become_one_customer_with_several_contacts(bring_in, office, names):
    result = bring_in(
        STAFFED,
        ["宏达机械", "长春市南关区1号", "张三", "13904310001"],
        ["宏达机械", "长春市南关区1号", "李四", "13904310002"],
        ["鑫源商贸", "", "王五", ""],
        ["恒信物流", "", "", ""],
    )
    assert (result.added, result.contacts) == (3, 3)
    assert names() == ["宏达机械", "鑫源商贸", "恒信物流"]
    rows = office.db.query(
        "SELECT c.name AS company, p.name AS person, is_primary FROM contacts p JOIN customers c ON c.id = p.customer"
    )
    assert [tuple(row) for row in rows] == [("宏达机械", "张三", 1), ("宏达机械", "李四", 0), ("鑫源商贸", "王五", 1)]


def test_a_later_row_may_leave_the_code_out(bring_in, names):
    result = bring_in(["客户编号", "公司名称", "联系人"], ["A1", "甲公司", "张三"], ["", "甲公司", "李四"])
    assert (result.added, result.contacts) == (1, 2)


def test_what_a_later_row_says_differently_of_the_customer_is_noted(plan):
    rows = plan(
        ["公司名称", "电话", "地址", "联系人"],
        ["宏达机械", "0431-85123456", "", "张三"],
        ["宏达机械", "0431-85999999", "人民大街1号", "李四"],
    ).rows
    assert rows[1].notes == ("客户资料以第 2 行为准，这一行的电话、地址不导入",)
    assert (rows[1].same_as, rows[1].fate) == (2, "add")


def test_a_contact_without_a_name_is_refused(plan):
    preview = plan(STAFFED, ["宏达机械", "", "", "13904310001"])
    assert reasons(preview) == [(2, "联系人", "填了联系人的电话等内容，却没有联系人姓名。")]


def test_a_contact_of_a_bad_customer_is_bad_as_well(plan, office, names):
    preview = plan(
        ["公司名称", "电话", "联系人"], ["宏达机械", "12", "张三"], ["宏达机械", "", "李四"], ["鑫源商贸", "", "王五"]
    )
    assert fates(preview) == ["bad", "bad", "add"]
    assert reasons(preview)[1] == (3, "公司名称", "第 2 行的客户不能导入，所以这一行的联系人也不能导入。")
    office.exchange.run(preview, skip_bad=True)
    assert names() == ["鑫源商贸"]


def test_the_very_same_row_once_more_is_left_out(plan):
    preview = plan(STAFFED, ["宏达机械", "", "张三", "13904310001"], ["宏达机械", "", "张三", "13904310001"])
    assert fates(preview) == ["add", "skip"]
    assert preview.rows[1].notes == ("联系人与第 2 行相同",)


def test_two_people_of_one_name_are_both_taken_and_noted(plan):
    preview = plan(STAFFED, ["宏达机械", "", "张三", "13904310001"], ["宏达机械", "", "张三", "13904310009"])
    assert fates(preview) == ["add", "add"]
    assert preview.rows[1].duplicates == ("与第 2 行的联系人同名",)


# Updating


def test_updating_changes_only_the_mapped_columns_and_an_empty_cell_erases_nothing(bring_in, hongda, office):
    result = bring_in(["公司名称", "电话", "备注", "联系人"], ["宏达机械", "0431-88888888", "", ""], mode="update")
    assert (result.added, result.updated) == (0, 1)
    record = office.customers.get(hongda)
    assert (record["phone"], record["remark"], record["code"]) == ("0431-88888888", "老客户", "H1")


@pytest.mark.parametrize("name", ["宏达机械", "宏达机械 ", "宏达机械(新)"])
def test_the_code_finds_the_record_whatever_the_name(plan, hongda, name):
    [row] = plan(CODED, ["h1", name, "0431-88888888"], mode="update").rows
    assert (row.fate, row.target) == ("update", hongda)
    assert row.record["phone"] == "0431-88888888"


def test_names_are_compared_without_case_and_width(plan, office):
    record = office.customers.create({"name": "ABC（长春）公司"})
    [row] = plan(["公司名称", "电话"], ["Ａbc(长春)公司", "0431-88888888"], mode="update").rows
    assert row.target == record


def test_what_changes_nothing_is_skipped(plan, hongda):
    [row] = plan(CODED, ["H1", "宏达机械", "0431-85123456"], mode="update").rows
    assert (row.fate, row.notes) == ("skip", ("内容相同，不用更新",))


def test_who_is_not_there_yet_is_added(plan, hongda):
    assert fates(plan(CODED, ["H1", "宏达机械", "81111111"], ["H2", "鑫源商贸", ""], mode="update")) == [
        "update",
        "add",
    ]


def test_a_name_that_several_have_is_told(plan, hongda, office):
    office.customers.create({"name": "宏达机械"})
    preview = plan(["公司名称", "电话"], ["宏达机械", "81111111"], mode="update")
    assert reasons(preview) == [(2, "公司名称", "有 2 个客户都叫“宏达机械”，请另加一列客户编号。")]


def test_a_name_with_another_code_than_ours_is_told(plan, hongda):
    preview = plan(CODED, ["H9", "宏达机械", ""], mode="update")
    assert ("已有同名客户，编号是“H1”" in reasons(preview)[0][2]) and fates(preview) == ["bad"]


def test_two_rows_for_one_record_are_told(plan, hongda):
    preview = plan(["公司名称", "电话"], ["宏达机械", "81111111"], ["宏达机械", "82222222"], mode="update")
    assert reasons(preview) == [(3, "公司名称", "与第 2 行是同一个客户，请合并成一行。")]


def test_a_contact_is_updated_by_its_name_and_a_new_one_added(bring_in, hongda, office):
    result = bring_in(
        ["公司名称", "联系人", "联系人手机", "联系人职务"],
        ["宏达机械", "张三", "13904319999", ""],
        ["宏达机械", "李四", "13904310002", ""],
        mode="update",
    )
    assert (result.added, result.updated, result.contacts) == (0, 0, 2)
    rows = office.db.query("SELECT name, mobile, is_primary, position IS NOT NULL FROM contacts ORDER BY id")
    assert [tuple(row) for row in rows] == [("张三", "13904319999", 1, 1), ("李四", "13904310002", 0, 0)]


def test_a_new_contact_of_a_customer_that_stays_as_it_is_is_added(bring_in, hongda, office):
    preview_rows = ["公司名称", "电话", "联系人", "联系人手机"], ["宏达机械", "0431-85123456", "张三", "13904310001"]
    result = bring_in(*preview_rows, ["宏达机械", "", "李四", ""], mode="update")
    assert (result.updated, result.skipped, result.contacts) == (0, 1, 1)
    assert [row["name"] for row in office.db.query("SELECT name FROM contacts ORDER BY id")] == ["张三", "李四"]


def test_a_contact_to_be_updated_in_a_later_row_is_called_so(plan, hongda, office):
    office.contacts.create({"name": "李四", "customer": hongda})
    rows = plan(STAFFED, ["宏达机械", "", "张三", ""], ["宏达机械", "", "李四", "13904310002"], mode="update").rows
    assert [(row.fate, row.same_as) for row in rows] == [("skip", None), ("update", 2)]


def test_a_region_is_not_proposed_for_a_record_that_is_there(plan, hongda):
    [row] = plan(["公司名称", "地址"], ["宏达机械", "长春市南关区1号"], mode="update").rows
    assert row.record == {"address": "长春市南关区1号"}


# Skipping


def test_skipping_leaves_those_alone_that_are_there_with_all_their_rows(bring_in, hongda, office, names):
    result = bring_in(
        STAFFED,
        ["宏达机械", "", "李四", ""],
        ["宏达机械", "", "赵六", ""],
        ["鑫源商贸", "", "王五", ""],
        mode="skip",
    )
    assert (result.added, result.skipped, result.contacts) == (1, 2, 1)
    assert [row["name"] for row in office.db.query("SELECT name FROM contacts")] == ["张三", "王五"]


def test_what_is_skipped_need_not_be_right(plan, hongda):
    assert fates(plan(["公司名称", "电话"], ["宏达机械", "12"], mode="skip")) == ["skip"]


def test_skipping_takes_a_name_once(plan):
    preview = plan(["公司名称"], ["宏达机械"], ["宏达机械"], mode="skip")
    assert fates(preview) == ["add", "skip"]


# Contacts by themselves


@pytest.mark.parametrize("heading", ["客户名称", "客户编号"])
def test_contacts_find_their_customer_by_name_or_code(bring_in, hongda, office, heading):
    result = bring_in(
        ["姓名", heading, "手机"],
        ["李四", {"客户名称": "宏达机械", "客户编号": "h1"}[heading], "13904310002"],
        entity="contacts",
    )
    assert result.added == 1
    assert [row["customer"] for row in office.db.query("SELECT customer FROM contacts")] == [hongda, hongda]


def test_contacts_without_a_customer_are_told(plan, hongda, office):
    office.customers.create({"name": "宏达机械"})
    preview = plan(
        ["姓名", "客户名称", "客户编号"],
        ["甲", "火星公司", ""],
        ["乙", "", ""],
        ["丙", "宏达机械", ""],
        ["丁", "宏达机械", "X9"],
        entity="contacts",
    )
    assert [reason for _, _, reason in reasons(preview)] == [
        "没有客户“火星公司”，请先导入客户。",
        "请填写客户。",
        "有 2 个客户都叫“宏达机械”，请另加一列客户编号。",
        "没有编号为“X9”的客户。",
    ]


@pytest.mark.parametrize(("mode", "fate"), [("add", "add"), ("update", "update"), ("skip", "skip")])
def test_a_contact_is_known_by_customer_and_name(plan, hongda, mode, fate):
    [row] = plan(["姓名", "客户", "手机"], ["张三", "宏达机械", "13904319999"], entity="contacts", mode=mode).rows
    assert row.fate == fate


def test_contacts_need_a_column_for_their_customer(plan):
    with pytest.raises(ImportRefused, match="没有一列对应到“客户”"):
        plan(["姓名", "手机"], ["张三", "13904310001"], entity="contacts")


# Rights


def test_who_sees_only_their_own_customers_neither_matches_nor_learns_of_others(plan, hongda, hire):
    seller = hire("li", "业务员")
    [by_name] = plan(["公司名称", "电话"], ["宏达机械", "0431-85123456"], mode="update", by=seller).rows
    assert (by_name.fate, by_name.target, by_name.duplicates) == ("add", None, ())
    assert by_name.record["owner"] == seller.operator.id
    by_code = plan(CODED, ["H1", "鑫源商贸", ""], mode="update", by=seller)
    assert fates(by_code) == ["bad"] and "宏达" not in reasons(by_code)[0][2]
    preview = plan(
        ["姓名", "客户", "手机"], ["王五", "宏达机械", ""], ["赵六", "火星公司", ""], entity="contacts", by=seller
    )
    assert [reason for _, _, reason in reasons(preview)] == [
        "没有客户“宏达机械”，请先导入客户。",
        "没有客户“火星公司”，请先导入客户。",
    ]


def test_who_sees_only_their_own_customers_cannot_give_them_away(plan, hire):
    seller = hire("li", "业务员")
    preview = plan(["公司名称", "业务员"], ["甲公司", "管理员"], ["乙公司", "没有的人"], by=seller)
    assert preview.unknown == [] and fates(preview) == ["bad", "bad"]


@pytest.mark.parametrize(
    ("missing", "options"),
    [
        (("customers", "import"), {}),
        (("customers", "create"), {}),
        (("contacts", "create"), {}),
        (("customers", "update"), {"mode": "update"}),
        (("contacts", "update"), {"mode": "update"}),
    ],
)
def test_each_right_that_an_import_needs_is_asked_for(plan, office, missing, options):
    rows = [["公司名称", "联系人"], ["甲公司", "张三"]]
    preview = plan(*rows, **options)
    office.db.execute("DELETE FROM permissions WHERE area = ? AND verb = ?", missing)
    with pytest.raises(PermissionDenied):
        plan(*rows, **options)
    with pytest.raises(PermissionDenied):
        office.exchange.run(preview)


def test_adding_needs_no_right_to_change(plan, office):
    office.db.execute("DELETE FROM permissions WHERE verb = 'update'")
    assert fates(plan(["公司名称", "联系人"], ["甲公司", "张三"])) == ["add"]


def test_who_may_not_add_to_dictionaries_may_map_or_leave_blank(plan, office):
    office.db.execute("DELETE FROM permissions WHERE area = 'dictionaries' AND verb = 'create'")
    [word] = plan(["公司名称", "行业"], ["甲公司", "未来学"]).unknown
    assert (word.can_add, word.action) == (False, "blank")

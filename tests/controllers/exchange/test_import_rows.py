"""What a preview says about each row: values, bad cells with their row numbers, hints, and what is left out."""

import pytest

from crm_desktop.errors import ImportRefused

HEADING = ["公司名称", "电话"]


def problems(preview):
    return [(problem.row, problem.column, problem.reason) for problem in preview.errors]


def test_a_preview_writes_nothing(plan, names, office, log):
    before = log()
    preview = plan(HEADING, ["宏达机械", "0431-85123456"])
    assert [(row.number, row.fate, row.values["name"]) for row in preview.rows] == [(2, "add", "宏达机械")]
    assert names() == [] and log() == before


def test_rows_keep_the_sheets_own_numbers(plan):
    preview = plan(["客户一览表"], [], HEADING, ["宏达机械", "123"], [], ["", "0431-85123456"], ["合计", 2])
    assert [row.number for row in preview.rows] == [4, 6]
    assert [(row, column) for row, column, _ in problems(preview)] == [(4, "电话"), (6, "公司名称")]
    assert preview.left_out == [(7, "合计行")]


@pytest.mark.parametrize(
    ("column", "typed", "part"),
    [
        ("公司名称", "", "请填写客户名称"),
        ("公司名称", "长" * 101, "最多 100 个字"),
        ("客户编号", "ABC123456", "最多 8 位"),
        ("客户编号", "客001", "不能有汉字"),
        ("联系电话", "12-34", "电话"),
        ("手机号", "1390431000", "手机"),
        ("邮政编码", "13001X", "邮政编码"),
        ("邮箱", "a@b", "电子邮箱"),
        ("联系人生日", "2024-02-30", "没有 30 日"),
        ("注册资金", "很多", "应为数字"),
        ("员工人数", "-3", "之间"),
        ("区域", "火星市", "没有“火星市”这个区域"),
        ("区域", "朝阳区", "有多个区域"),
    ],
)
def test_a_bad_cell_is_told_with_row_column_and_reason(plan, column, typed, part):
    heading = dict.fromkeys(["公司名称", "联系人"]) | {column: None}
    good = {name: {"公司名称": "甲公司", "联系人": "张三"}.get(name, "") for name in heading}
    preview = plan(list(heading), list(good.values()), list({**good, "公司名称": "乙公司", column: typed}.values()))
    assert [row.fate for row in preview.rows] == ["add", "bad"]
    [(row, told, reason)] = problems(preview)
    assert (row, told) == (3, column) and part in reason


def test_all_bad_cells_of_a_row_are_told_at_once(plan):
    preview = plan(["公司名称", "电话", "邮编"], ["", "1", "2"])
    assert [column for _, column, _ in problems(preview)] == ["公司名称", "电话", "邮编"]
    assert preview.error_count == 3 and preview.count("bad") == 1


def test_the_first_thousand_errors_are_listed_and_all_counted(plan):
    preview = plan(HEADING, *(["", "0431-85123456"] for _ in range(1005)))
    assert len(preview.errors) == 1000 and preview.error_count == 1005


def test_a_long_number_that_excel_has_cut_is_refused(plan):
    preview = plan(["公司名称", "银行账号"], ["宏达机械", 6222021234567890123], ["鑫源商贸", "6222021234567890123"])
    assert [row.fate for row in preview.rows] == ["bad", "add"]
    assert "15 位以后已经丢失" in problems(preview)[0][2]


def test_without_a_column_of_names_nothing_is_previewed(plan):
    with pytest.raises(ImportRefused, match="没有一列对应到“客户名称”"):
        plan(["电话", "邮编"], ["0431-85123456", "130012"])


def test_two_columns_on_one_field_are_refused(plan):
    with pytest.raises(ImportRefused, match="“甲”和“乙”两列都对应到“客户名称”"):
        plan(["甲", "乙"], ["1", "2"], mapping={"甲": "name", "乙": "name"})


def test_a_sheet_of_headings_only_is_refused(plan):
    with pytest.raises(ImportRefused, match="只有标题"):
        plan(HEADING)


def test_columns_that_go_nowhere_are_listed(plan):
    preview = plan(["序号", "公司名称", "血型"], [1, "宏达机械", "A"])
    assert preview.ignored == ["序号（序号不导入）", "血型（没有对应的字段）"]


# Regions


@pytest.mark.parametrize(
    ("heading", "cells", "code"),
    [
        (["区域"], ["长春市朝阳区"], "220104"),
        (["区域"], ["220104"], "220104"),
        (["省", "市", "区县"], ["吉林省", "长春市", "朝阳区"], "220104"),
        (["省份", "城市"], ["吉林", "长春"], "220100"),
    ],
)
def test_a_region_is_found_by_code_name_or_parts(bring_in, office, heading, cells, code):
    bring_in(["公司名称", *heading], ["宏达机械", *cells])
    [row] = office.customers.search(columns=["region", "area_code", "postcode"]).rows
    assert (row["region"], row["area_code"]) == (code, "0431") and row["postcode"]


def test_without_a_region_column_the_address_proposes_one(plan):
    [row] = plan(["公司名称", "地址"], ["宏达机械", "长春市南关区人民大街1号"]).rows
    assert row.values["region"] == "吉林省长春市南关区" and row.record["region"] == "220102"
    assert row.notes == ("区域由地址推断：吉林省长春市南关区",)


def test_an_empty_region_cell_is_proposed_as_well_and_a_filled_one_stands(plan):
    rows = plan(
        ["公司名称", "区域", "地址"], ["甲公司", "", "长春市南关区1号"], ["乙公司", "吉林市", "长春市南关区1号"]
    ).rows
    assert [row.record["region"] for row in rows] == ["220102", "220200"]
    assert [bool(row.notes) for row in rows] == [True, False]


def test_parts_of_the_region_complete_an_address_that_lacks_them(plan):
    [row] = plan(["公司名称", "省", "市", "地址"], ["甲公司", "吉林省", "长春市", "人民大街1号"]).rows
    assert row.record["address"] == "吉林省长春市人民大街1号"


def test_an_empty_postcode_cell_means_none_while_a_missing_column_takes_the_regions(plan):
    [with_column] = plan(["公司名称", "区域", "邮编"], ["甲公司", "长春市朝阳区", ""]).rows
    [without] = plan(["公司名称", "区域"], ["甲公司", "长春市朝阳区"]).rows
    assert ("postcode" in with_column.record, without.record["postcode"]) == (False, "130012")


# Possible duplicates


def test_a_similar_name_or_the_same_number_is_noted_but_no_obstacle(plan, office):
    office.customers.create({"name": "长春市宏达机械制造有限公司", "phone": "0431-85123456"})
    rows = plan(
        HEADING,
        ["宏达机械制造（长春）有限责任公司", ""],
        ["鑫源商贸", "85123456"],
        ["恒信物流", "0431-81111111"],
    ).rows
    assert [row.fate for row in rows] == ["add", "add", "add"]
    assert rows[0].duplicates == ("可能与已有客户“长春市宏达机械制造有限公司”重复",)
    assert rows[1].duplicates == ("电话 85123456 与已有客户“长春市宏达机械制造有限公司”相同",)
    assert rows[2].duplicates == ()


def test_a_contacts_number_leads_to_its_customer(plan, office):
    office.customers.create({"name": "宏达机械"}, lines={"contacts": [{"name": "张三", "mobile": "13904310001"}]})
    [row] = plan(["公司名称", "手机"], ["鑫源商贸", "139 0431 0001"]).rows
    assert row.duplicates == ("电话 139 0431 0001 与已有客户“宏达机械”相同",)


@pytest.mark.parametrize(("known", "is_same"), [("0431-85123456", True), ("85123456", True), ("0432-85123456", False)])
def test_a_number_with_its_area_code_is_the_same_without_but_not_with_another(plan, office, known, is_same):
    office.customers.create({"name": "宏达机械", "phone": known})
    [row] = plan(HEADING, ["鑫源商贸", "0431-85123456"]).rows
    assert bool(row.duplicates) == is_same


def test_deleted_records_are_nobodys_duplicates(plan, office):
    customer = office.customers.create({"name": "宏达机械"}, lines={"contacts": [{"name": "张三", "mobile": "13904310001"}]})
    office.contacts.delete([row["id"] for row in office.db.query("SELECT id FROM contacts")])
    office.customers.delete([office.customers.create({"name": "鑫源商贸", "phone": "0431-85123456"})])
    rows = plan(["公司名称", "手机", "电话"], ["恒信物流", "13904310001", ""], ["鑫源商贸", "", "0431-85123456"]).rows
    assert customer and [row.duplicates for row in rows] == [(), ()]


def test_rows_of_one_file_are_compared_with_each_other(plan):
    rows = plan(
        HEADING,
        ["长春宏达机械制造有限公司", "0431-85123456"],
        ["宏达机械制造公司", ""],
        ["鑫源商贸", "85123456"],
        ["长春宏达机械制造有限公司", ""],
    ).rows
    assert [row.duplicates for row in rows] == [
        (),
        ("名称与第 2 行相近",),
        (),
        ("与第 2 行名称相同",),
    ]


# Unknown words


def test_each_unknown_word_is_listed_once_with_its_count(plan):
    preview = plan(
        ["公司名称", "客户级别", "行业", "国家", "联系人", "联系人国家"],
        ["甲公司", "钻石", "", "月球", "张三", "月球"],
        ["乙公司", "钻石", "未来学", "", "", ""],
        ["丙公司", "重要", "", "", "", ""],
    )
    told = [(word.label, word.value, word.count, word.action, word.can_add) for word in preview.unknown]
    assert told == [
        ("客户级别", "钻石", 2, "add", True),
        ("国家/地区", "月球", 2, "add", True),
        ("行业", "未来学", 1, "add", True),
    ]
    assert preview.error_count == 0


def test_a_salesperson_who_is_no_operator_can_be_mapped_but_not_added(plan, hire):
    seller = hire("li", "业务员")
    preview = plan(["公司名称", "业务员"], ["甲公司", "王五"], ["乙公司", "li先生"])
    [word] = preview.unknown
    assert (word.label, word.value, word.can_add, word.action) == ("业务员", "王五", False, "blank")
    assert preview.rows[1].record["owner"] == seller.operator.id


def test_a_word_too_long_for_a_dictionary_is_a_bad_cell(plan):
    preview = plan(["公司名称", "行业"], ["甲公司", "业" * 41])
    assert preview.unknown == []
    assert problems(preview) == [(2, "行业", "行业最多 40 个字，现在有 41 个。")]

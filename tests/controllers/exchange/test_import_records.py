"""业务往来, 客户反馈, 客户投诉, 产品 and 销售记录 come in from the sheets of an office."""

import pytest

from crm_desktop.controllers.exchange import layout
from crm_desktop.errors import ImportRefused, PermissionDenied
from crm_desktop.models import RECORDS, Query

ACME, TWIN = "吉林鑫源商贸有限公司", "同名公司"
GOOD = {
    "interactions": (
        ["日期", "客户名称", "联系人", "方式", "主题", "内容", "经办人", "下次跟进", "时长", "方向"],
        ["2024-03-05", ACME, "李四", "电话", "询价", "问车床价格", "admin", "2024-03-09", "3:20", "呼出"],
        {"date": "2024-03-05", "contact_text": "李四", "duration": 200, "direction": "去电", "follow_up": "2024-03-09"},
    ),
    "feedback": (
        ["单号", "受理时间", "公司名称", "方式", "类型", "内容", "处理人", "处理结果", "满意度"],
        ["F-1", "2024-03-05 9:30", ACME, "电话", "建议", "说明书字太小", "admin", "已改版", "满意"],
        {"number": "F-1", "date": "2024-03-05", "type_text": "建议", "status": "已归档", "satisfaction_text": "满意"},
    ),
    "complaints": (
        ["投诉编号", "投诉日期", "客户", "联系人", "严重程度", "投诉内容", "经办人", "处理结果", "处理时间", "状态", "满意度", "赔偿金额"],
        ["T-1", "2024年3月5日", ACME, "李四", "一般", "漏油", "admin", "换油封", "2024-03-06 15:00", "已结案", "满意", 120.5],
        {"number": "T-1", "status": "已归档", "contact_text": "李四", "handled_at": "2024-03-06 15:00", "compensation": 12050},
    ),
    "products": (
        ["货号", "品名", "规格型号", "计量单位", "销售价", "是否在售"],
        ["CK-6150", "数控车床", "CK6150×1000", "台", "12.8万", "停售"],
        {"code": "CK-6150", "name": "数控车床", "unit_text": "台", "price": 12_800_000, "is_on_sale": 0},
    ),
    "sales": (
        ["单据编号", "日期", "购货单位", "品名", "数量", "单价", "折扣", "合同号", "业务员", "类型"],
        ["X-1", "2024/3/5", ACME, "螺栓", "100 个", "", 0.85, "HT-7", "admin", "销退"],
        {"number": "X-1", "quantity": 100_000, "price": 35, "discount": 85, "amount": 2975, "net_amount": -2975, "kind": "退货"},
    ),
}  # fmt: skip
NEW = list(GOOD)
OF_CUSTOMERS = [key for key in GOOD if key != "products"]


@pytest.fixture(autouse=True)
def customers(office):
    """A customer with a contact, two of one name, and a product."""
    office.customers.create({"name": ACME, "code": "n0432001"}, lines={"contacts": [{"name": "李四"}]})
    office.customers.create({"name": TWIN, "code": "n0432002"}, lines={"contacts": [{"name": "王五"}]})
    office.customers.create({"name": TWIN, "code": "n0432003"})
    office.products.create({"name": "螺栓", "code": "LS-08", "price": "0.35"})


@pytest.fixture
def read(office):
    """``read("sales")``: the records there are, the first first, without the product that every test has."""

    def all_of(entity):
        reader = office.records[entity]
        rows = [reader.get(each) for each in sorted(reader.ids(Query(order="id")))]
        return [row for row in rows if row.get("code") != "LS-08"]

    return all_of


def with_cell(entity, word, value, number=None):
    """The good row with another value under a heading, and with another number where it has one."""
    heading, row, _ = GOOD[entity]
    first = number if number and entity != "interactions" else row[0]
    return [value if head == word else cell for head, cell in zip(heading, [first, *row[1:]], strict=True)]


def owner_heading(entity):
    return GOOD[entity][0][1 if entity == "interactions" else 2]


# Good rows


@pytest.mark.parametrize("entity", NEW)
def test_a_sheet_in_the_words_of_offices_comes_in(plan, office, read, entity):
    heading, row, expected = GOOD[entity]
    preview = plan(heading, row, entity=entity)
    assert (preview.errors, preview.ignored, preview.unknown) == ([], [], [])
    result = office.exchange.run(preview)
    assert (result.added, result.bad) == (1, 0)
    record = read(entity)[0]
    assert {name: record[name] for name in expected} == expected
    assert entity == "products" or record["customer_text"] == ACME


@pytest.mark.parametrize("entity", NEW)
def test_a_field_of_each_kind_has_a_place_in_the_list_of_fields(office, entity):
    paths = [path for path, _ in office.exchange.fields(entity)]
    assert {field.name for field in office.records[entity].entity.fields} <= set(paths)


def test_a_customer_may_be_named_by_its_code(bring_in, read):
    heading = ["日期", "客户", "主题"]
    bring_in(heading, ["2024-03-05", "N0432003", "甲"], entity="interactions")
    bring_in(["日期", "客户编号", "主题"], ["2024-03-06", "n0432002", "乙"], entity="interactions")
    assert [row["customer_code"] for row in read("interactions")] == ["n0432003", "n0432002"]


def test_a_product_may_be_named_by_its_code(plan, office, read):
    office.products.create({"name": "螺栓", "code": "LS-10", "price": "0.50"})
    heading = ["日期", "客户", "产品编号", "产品名称", "数量"]
    preview = plan(heading, ["2024-3-5", ACME, "ls-10", "螺栓", 2], ["2024-3-5", ACME, "", "螺栓", 2], ["2024-3-5", ACME, "XX-1", "", 2], entity="sales")
    assert [(row, column) for row, column, _ in preview.errors] == [(3, "产品名称"), (4, "产品编号")]
    assert "有多个产品都叫“螺栓”" in preview.errors[0].reason and "没有找到产品“XX-1”" in preview.errors[1].reason
    office.exchange.run(preview, skip_bad=True)
    assert [row["amount"] for row in read("sales")] == [100]


def test_rows_without_a_number_are_numbered_around_those_that_have_one(bring_in, read):
    heading = ["单号", "日期", "客户", "投诉内容"]
    rows = [["", "2024-3-5", ACME, "一"], ["TS20240305-001", "2024-3-5", ACME, "二"], ["", "2024-3-5", ACME, "三"], ["", "2024-3-6", ACME, "四"]]
    bring_in(heading, *rows, entity="complaints")
    numbers = {row["content"]: row["number"] for row in read("complaints")}
    assert numbers == {"一": "TS20240305-002", "二": "TS20240305-001", "三": "TS20240305-003", "四": "TS20240306-001"}


def test_an_old_complaint_is_entered_complete_or_as_far_as_it_came(bring_in, read):
    heading = ["日期", "客户", "投诉内容", "状态", "满意度", "未能联系", "严重程度"]
    bring_in(
        heading, ["2024-3-5", ACME, "一", "", "满意", "", "重大"], ["2024-3-5", ACME, "二", "待回访", "", "", ""],
        ["2024-3-5", ACME, "三", "", "", "", ""], ["2024-3-5", ACME, "四", "归档", "", "联系不上", ""], entity="complaints",
    )  # fmt: skip
    assert [(row["status"], row["satisfaction_text"]) for row in read("complaints")] == [
        ("已归档", "满意"), ("待回访", ""), ("待处理", ""), ("已归档", ""),
    ]  # fmt: skip
    assert read("complaints")[0]["due_at"].startswith("2024-03-0")
    assert read("complaints")[3]["is_unreachable"] == 1


# Bad rows

BAD = [
    ("interactions", "日期", "昨天晚上", "日期的格式"), ("interactions", "主题", "", "请填写主题"), ("interactions", "下次跟进", "2024-03-01", "不能早于"),
    ("interactions", "时长", "很久", "通话时长应类似"), ("interactions", "方向", "面谈", "呼叫方向应为"),
    ("feedback", "受理时间", "", "请填写受理日期"), ("feedback", "受理时间", "2024-02-30", "没有 30 日"),
    ("complaints", "状态", "飞了", "状态应为：待处理"), ("complaints", "处理时间", "2024-03-01", "不能早于"), ("complaints", "赔偿金额", "-5", "不能小于 0"),
    ("complaints", "联系人", "王五", "所选的客户没有联系人“王五”"), ("complaints", "投诉日期", "13 月", "日期的格式"),
    ("products", "货号", "", "请填写产品编号"), ("products", "销售价", "面议", "应为数字"), ("products", "是否在售", "也许", "请填“是”或“否”"),
    ("sales", "数量", "-3", "数量仍填正数"), ("sales", "折扣", "120", "1 到 100"), ("sales", "品名", "火箭", "没有找到产品"), ("sales", "数量", "", "请填写数量"),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "word", "value", "reason"), BAD, ids=[f"{each[0]}-{each[1]}-{each[2]}" for each in BAD])
def test_a_bad_cell_is_told_with_its_row_and_heading(plan, read, office, entity, word, value, reason):
    heading, good, _ = GOOD[entity]
    preview = plan(heading, with_cell(entity, word, value, "另一个"), good, entity=entity)
    assert [(row, column) for row, column, _ in preview.errors] == [(2, word)]
    assert reason in preview.errors[0].reason
    with pytest.raises(ImportRefused, match="有 1 行不能导入"):
        office.exchange.run(preview)
    office.exchange.run(preview, skip_bad=True)
    assert len(read(entity)) == 1


@pytest.mark.parametrize("entity", OF_CUSTOMERS)
@pytest.mark.parametrize(("name", "reason"), [
    ("火星公司", "没有客户“火星公司”，请先导入客户。"), (TWIN, "有 2 个客户都叫“同名公司”，请另加一列客户编号。"), ("", "请填写客户。"),
])  # fmt: skip
def test_a_customer_that_is_unknown_or_in_doubt_is_the_only_problem(plan, entity, name, reason):
    heading = GOOD[entity][0]
    preview = plan(heading, with_cell(entity, owner_heading(entity), name), entity=entity)
    assert [tuple(each) for each in preview.errors] == [(2, owner_heading(entity), reason)]


@pytest.mark.parametrize("entity", NEW)
def test_ragged_rows_and_totals_do_no_harm(plan, entity):
    heading, row, _ = GOOD[entity]
    preview = plan(["销售部统计"], heading, [*row, "多出来的"], [], row[:2], ["合计"], entity=entity)
    assert [each.number for each in preview.rows] == [3, 5]
    assert [number for number, _ in preview.left_out] == [6]
    assert preview.rows[0].fate == "add" and preview.rows[1].fate == "bad"


@pytest.mark.parametrize("entity", NEW)
def test_a_sheet_without_what_is_needed_is_refused(plan, entity):
    needed = layout.missing(entity, (), "add")
    with pytest.raises(ImportRefused, match=f"没有一列对应到“{office_label(entity, needed[0])}”"):
        plan(["备注"], ["无"], entity=entity)
    assert layout.missing(entity, needed, "add") == []


def office_label(entity, name):
    return next(each for each in RECORDS if each.key == entity)[name].label


# The same again


@pytest.mark.parametrize("entity", ["feedback", "complaints", "products", "sales"])
def test_a_number_there_twice_is_told(plan, entity):
    heading, row, _ = GOOD[entity]
    for mode in ("add", "update"):
        preview = plan(heading, row, [row[0].lower(), *row[1:]], entity=entity, mode=mode)
        assert [(each.row, each.column) for each in preview.errors] == [(3, heading[0])]
        assert "与第 2 行重复" in preview.errors[0].reason
    skipping = plan(heading, row, row, entity=entity, mode="skip")
    assert [each.fate for each in skipping.rows] == ["add", "skip"]


@pytest.mark.parametrize("entity", ["feedback", "complaints", "products", "sales"])
def test_a_number_the_office_has_is_refused_updated_or_skipped(plan, bring_in, office, read, entity):
    heading, row, _ = GOOD[entity]
    bring_in(heading, row, entity=entity)
    assert "已被使用" in plan(heading, row, entity=entity).errors[0].reason
    assert [each.fate for each in plan(heading, row, entity=entity, mode="skip").rows] == ["skip"]
    same = plan(heading, row, entity=entity, mode="update")
    assert [(each.fate, each.notes) for each in same.rows] == [("skip", ("内容相同，不用更新",))]
    result = bring_in([heading[0], "备注"], [row[0].lower(), "改过"], entity=entity, mode="update")
    assert (result.updated, result.added) == (1, 0)
    records = read(entity)
    assert [record["remark"] for record in records] == ["改过"] and len(records) == 1


def test_records_without_a_number_are_told_when_they_look_the_same(plan, bring_in, read):
    heading, row, _ = GOOD["interactions"]
    again = plan(heading, row, row, entity="interactions")
    assert [each.duplicates for each in again.rows] == [(), ("与第 2 行内容相同",)]
    bring_in(heading, row, entity="interactions")
    assert plan(heading, row, entity="interactions").rows[0].duplicates == ("已有相同的记录",)
    skipping = plan(heading, row, with_cell("interactions", "主题", "别的"), entity="interactions", mode="skip")
    assert [each.fate for each in skipping.rows] == ["skip", "add"]
    assert list(layout.modes("interactions")) == ["add", "skip"]


# The guards of the workflow


def test_an_import_takes_no_step_that_belongs_to_a_person(plan, bring_in, read):
    heading = ["单号", "日期", "客户", "投诉内容"]
    bring_in(heading, ["T-1", "2024-3-5", ACME, "漏油"], entity="complaints")
    preview = plan(["单号", "状态", "满意度"], ["T-1", "已归档", "满意"], entity="complaints", mode="update")
    assert {(each.column, each.reason) for each in preview.errors} == {
        ("状态", "状态用“办理”一步一步改变，不能直接修改。"), ("满意度", "满意程度在“回访”这一步填写，现在是“待处理”。"),
    }  # fmt: skip
    bring_in(["单号", "处理结果"], ["T-1", "查看过"], entity="complaints", mode="update")
    assert read("complaints")[0]["result"] == "查看过"


def test_what_is_finished_may_be_corrected_by_a_file(bring_in, read):
    heading, row, _ = GOOD["complaints"]
    bring_in(heading, row, entity="complaints")
    bring_in(["单号", "满意度"], ["T-1", "不满意"], entity="complaints", mode="update")
    assert read("complaints")[0]["satisfaction_text"] == "不满意"


# Unknown words


def test_unknown_words_and_people_are_asked_about_once(plan, office, read):
    heading = ["日期", "客户", "投诉内容", "投诉类型", "经办人", "回访人", "满意度"]
    rows = [["2024-3-5", ACME, text, "发错货", "老赵", "老赵", "好评"] for text in "甲乙"]
    preview = plan(heading, *rows, entity="complaints")
    assert [(word.label, word.value, word.count, word.action) for word in preview.unknown] == [
        ("投诉类型", "发错货", 2, "add"), ("受理人", "老赵", 4, "blank"), ("满意程度", "好评", 2, "add"),
    ]  # fmt: skip
    people = dict(office.exchange.choices("operators"))
    preview.unknown[1].action, preview.unknown[1].target = "map", next(iter(people))
    grades = {name: item for item, name in office.exchange.choices("satisfaction")}
    preview.unknown[2].action, preview.unknown[2].target = "map", grades["非常满意"]
    office.exchange.run(preview)
    first = read("complaints")[0]
    assert (first["type_text"], first["handler_text"], first["visited_by_text"]) == ("发错货", people[1], people[1])
    assert (first["satisfaction_text"], first["status"]) == ("非常满意", "已归档")  # the word decided about counts


def test_a_deadline_follows_a_severity_that_was_decided_about(plan, office, read):
    preview = plan(["日期", "客户", "投诉内容", "严重程度"], ["2024-3-5", ACME, "甲", "特急"], entity="complaints")
    assert "due_at" not in preview.rows[0].record
    severe = {name: item for item, name in office.exchange.choices("severity")}
    preview.unknown[0].action, preview.unknown[0].target = "map", severe["重大"]
    office.exchange.run(preview)
    assert read("complaints")[0]["due_at"] is not None


def test_who_sees_their_own_customers_may_still_say_who_handled_it(office, hire, plan):
    li = hire("li", "业务员")
    li.customers.create({"name": "李的客户"})
    preview = plan(["日期", "客户", "主题", "经办人"], ["2024-3-5", "李的客户", "甲", "老赵"], entity="interactions", by=li)
    assert [word.value for word in preview.unknown] == ["老赵"]
    foreign = plan(["日期", "客户", "主题"], ["2024-3-5", ACME, "甲"], entity="interactions", by=li)
    assert "没有客户" in foreign.errors[0].reason


@pytest.mark.parametrize("entity", NEW)
def test_who_may_only_look_imports_nothing(hire, plan, entity):
    heading, row, _ = GOOD[entity]
    with pytest.raises(PermissionDenied):
        plan(heading, row, entity=entity, by=hire("zhao", "只读"))

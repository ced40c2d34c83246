"""Columns are recognised by the words offices use, whatever their order, spacing and brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.controllers.exchange.aliases import ALIASES
from crm_desktop.controllers.exchange.headers import choose, guess, label, recognise, signature
from crm_desktop.errors import ImportRefused
from crm_desktop.models import CONTACTS, RECORDS


@pytest.mark.parametrize("entity", RECORDS, ids=lambda entity: entity.key)
def test_a_field_is_known_by_its_label(entity):
    headers = [field.label for field in entity.fields]
    expected = {field.name: index for index, field in enumerate(entity.fields)}
    assert recognise(headers, entity.key).fields == expected


def test_every_contact_field_can_stand_in_a_customers_row():
    fields = {field[len("contact."):] for field in ALIASES["customers"] if field.startswith("contact.")}
    assert fields == {field.name for field in CONTACTS.fields} - {"customer", "is_primary", "pinyin"}


@pytest.mark.parametrize("entity", ALIASES)
def test_a_word_means_one_field(entity):
    words = [word for words in ALIASES[entity].values() for word in words]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("entity", ALIASES)
def test_what_a_field_is_called_leads_back_to_it(entity):
    for field in ALIASES[entity]:
        assert guess(label(entity, field), entity) == (field, 1.0)
    assert label("customers", "contact.position") == "联系人职务"


@pytest.mark.parametrize(("header", "field"), [
    ("公司名称", "name"), ("单位名称", "name"), ("客户 名称：", "name"), ("*客户名称", "name"),
    ("COMPANY", "name"),
    ("联系电话", "phone"), ("电话（必填）", "phone"), ("联系电话１", "phone"), ("客户主要联系电话", "phone"),
    ("手机号", "mobile"), ("手机号码(11位)", "mobile"), ("邮政编码", "postcode"), ("通讯地址", "address"),
    ("公司详细通讯地址", "address"), ("地址（英文）", "english_address"), ("Ｅ－ｍａｉｌ", "email"),
    ("注册资本（万元）", "registered_capital"), ("注册资本(单位：元)", "registered_capital"),
    ("法人代表", "legal_representative"),
    ("区/县", "region.county"), ("省份", "region.province"), ("省/市", "region"), ("国家／地区", "country"),
    ("联系人", "contact.name"), ("主联系人", "contact.name"), ("联系人 手机", "contact.mobile"),
    ("主要联系人电子邮箱", "contact.email"), ("职务/职称", "contact.position"), ("微信/QQ", "contact.wechat"),
    ("联系人信息·电话", "contact.office_phone"), ("联系人信息·姓名", "contact.name"),
    ("联系人·手机（必填）", "contact.mobile"),
    ("基本信息·电话", "phone"), ("英文·名称", "english_name"), ("开票信息·税号", "tax_number"),
    ("开票银行账号", "bank_account"),
    ("registered_capital", "registered_capital"),
])  # fmt: skip
def test_the_words_of_offices_are_known(header, field):
    found = guess(header, "customers")
    assert found is not None
    assert found[0] == field


@pytest.mark.parametrize("header", [
    "", "序号", "开票地址", "开票信息·地址", "第二联系人", "是否有网站", "合同编号", "产品名称",
    "最近联系日期",
    "紧急联系电话",
    "单位地址及邮编", "建档时间", "颜色", "（必填）", "·", "电话来访",
])  # fmt: skip
def test_other_words_are_left_alone(header):
    assert guess(header, "customers") is None


def test_a_contacts_sheet_names_the_customer():
    mapping = recognise(["姓名", "客户编号", "工作单位", "电话", "手机", "主联系人", "年龄"], "contacts")
    assert mapping.fields == {"name": 0, "customer.code": 1, "customer": 2, "office_phone": 3, "mobile": 4,
                              "is_primary": 5}  # fmt: skip


@pytest.mark.parametrize(("headers", "fields"), [
    (["公司名称", "联系人", "手机", "电话"], ["name", "contact.name", "contact.mobile", "phone"]),
    (["公司名称", "手机", "联系人"], ["name", "mobile", "contact.name"]),
    (["公司名称", "联系人", "公司手机"], ["name", "contact.name", "mobile"]),
    (["客户名称", "主联系人", "联系人手机", "手机"], ["name", "contact.name", "contact.mobile", "mobile"]),
    (["客户名称", "联系人", "电话", "联系电话"], ["name", "contact.name", "phone", "contact.office_phone"]),
    (["客户名称", "联系人", "手机号", "手机"], ["name", "contact.name", "mobile", "contact.mobile"]),
])
def test_the_contact_in_a_customers_row_gets_its_own_columns(headers, fields):
    mapping = recognise(headers, "customers")
    assert [column.field for column in mapping.columns] == fields
    assert mapping.ignored == ()


def test_every_other_column_is_reported_with_the_reason():
    mapping = recognise(["序号", "客户名称", "电话2", "颜色", "", "电话"], "customers")
    assert mapping.fields == {"name": 1, "phone": 5}
    assert [(left.index, left.reason) for left in mapping.ignored] == [
        (0, "序号不导入"), (2, "与“电话”重复"), (3, "没有对应的字段"),
    ]  # fmt: skip


def test_confidence_falls_from_label_to_word_to_ending():
    headers = ("手机", "手机号", "手机（常用）", "贵司通讯地址")
    sure = [guess(header, "customers")[1] for header in headers]
    assert sure == sorted(sure, reverse=True)
    assert len(set(sure)) == 4
    assert all(0.5 <= confidence <= 1 for confidence in sure)


def test_the_clerks_choice_is_taken_by_number_or_heading():
    headers = ["名", "甲", "乙"]
    mapping = choose(headers, "customers", {0: "name", "乙": "contact.mobile", "甲": None})
    assert mapping.fields == {"name": 0, "contact.mobile": 2}
    assert [left.header for left in mapping.ignored] == ["甲"]


@pytest.mark.parametrize(("choice", "sentence"), [
    ({0: "phone", "乙": "phone"}, "“甲”和“乙”两列都对应到“电话”，每个字段只能对应一列。"),
    ({0: "contact.mobile", 1: "contact.mobile"},
     "“甲”和“乙”两列都对应到“联系人手机”，每个字段只能对应一列。"),
    ({"丙": "phone"}, "表中没有“丙”这一列。"),
    ({2: "phone"}, "表中没有“2”这一列。"),
    ({0: "colour"}, "没有“colour”这个字段。"),
])
def test_an_impossible_choice_is_told(choice, sentence):
    with pytest.raises(ImportRefused) as refused:
        choose(["甲", "乙"], "customers", choice)
    assert str(refused.value) == sentence


def test_a_signature_depends_on_the_words_and_their_order_only():
    headers = ["客户名称", "电话"]
    assert signature(headers) == signature([" 客户 名称*", "电话：", ""])
    assert len({signature(headers), signature(headers[::-1]), signature(headers[:1])}) == 3


@st.composite
def shuffled_headers(draw):
    """One of its words for each of some fields, in any order, spaced and marked as offices do."""
    entity = draw(st.sampled_from(sorted(ALIASES)))
    # A mobile number after a contact is the contact's: the example tests above show that.
    fields = [field for field in ALIASES[entity] if field != "mobile"]
    chosen = draw(st.lists(st.sampled_from(fields), unique=True, min_size=1))
    words = [draw(st.sampled_from(ALIASES[entity][field])) for field in chosen]
    marks = draw(st.lists(st.sampled_from(["{}", " {}", "*{}", "{}：", "{}（必填）", "{}(选填)"]),
                          min_size=len(words), max_size=len(words)))  # fmt: skip
    return entity, chosen, [mark.format(word) for mark, word in zip(marks, words, strict=True)]


@given(shuffled_headers())
def test_any_order_of_known_words_is_recognised(sheet):
    entity, fields, headers = sheet
    assert recognise(headers, entity).fields == {field: index for index, field in enumerate(fields)}


HEADINGS = st.lists(st.text(max_size=15) | st.text("客户名称电话手机联系人·（）()1", max_size=8))


@given(HEADINGS, st.sampled_from(sorted(ALIASES)))
def test_no_column_is_lost_whatever_stands_above_it(headers, entity):
    mapping = recognise(headers, entity)
    placed = [column.index for column in (*mapping.columns, *mapping.ignored)]
    assert sorted(placed) == [index for index, header in enumerate(headers) if header.strip()]
    assert len(mapping.fields) == len(mapping.columns)


@pytest.mark.parametrize(("entity", "headers", "fields"), [
    ("complaints", ["序号", "投诉时间", "公司名称", "来电人", "事由", "处理人", "办结日期", "客户满意度"],
     [None, "date", "customer", "complainant", "content", "handler", "handled_at", "satisfaction"]),
    ("interactions", ["联系日期", "客户名称", "联系人", "跟进方式", "跟进内容", "业务员", "下次联系时间"],
     ["date", "customer", "contact", "method", "content", "handler", "follow_up"]),
    ("sales", ["出库日期", "购货单位", "产品信息·产品编号", "产品信息·名称", "数量", "含税单价", "价税合计", "合同编号"],
     ["date", "customer", "product.code", "product", "quantity", "price", "amount", "order_number"]),
    ("products", ["货号", "商品名称", "规格型号", "计量单位", "零售价", "库存数量"],
     ["code", "name", "model", "unit", "price", None]),
    ("feedback", ["反馈时间", "客户单位", "反馈类别", "反馈意见", "答复内容", "回访日期"],
     ["date", "customer", "type", "content", "result", "visited_at"]),
])  # fmt: skip
def test_the_words_of_each_kind_of_sheet(entity, headers, fields):
    found = {index: field for field, index in recognise(headers, entity).fields.items()}
    assert [found.get(index) for index in range(len(headers))] == fields

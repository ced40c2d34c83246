"""系统日志: newest first, page by page, and a record's own history in words."""

from collections.abc import Callable

from crm_desktop.controllers import Office


def test_pages_of_the_log(office: Office) -> None:
    for number in range(5):
        office.customers.create({"name": f"客户{number}"})
    everything = office.audit.operations()
    assert [each["sentence"] for each in everything[:2]] == ["新增客户：客户4", "新增客户：客户3"]
    seen, before = [], 2**62
    while page := office.audit.operations(before=before, limit=2):
        seen += page
        before = page[-1]["id"]
    assert seen == everything
    assert everything[-1]["sentence"] == "建立办公室：长春宏达"
    assert everything[-1]["operator"] == ""


def test_a_record_s_history_is_in_words(office: Office, hire: Callable[..., Office]) -> None:
    customer = office.customers.create({"name": "宏达", "level": "一般"})
    li = hire("li", "客服")
    values = {"level": "重要", "region": "220104", "owner": "admin", "annual_revenue": "50"}
    li.customers.update(customer, values, version=1)
    history = office.audit.history("customers", customer)
    assert [(each["kind"], each["operator"]) for each in history] == [("create", "admin"), ("update", "li先生")]
    assert sorted(history[1]["changes"]) == sorted(
        [("客户级别", "一般", "重要"), ("区域", "", "吉林省长春市朝阳区"), ("业务员", "", "admin"), ("年营业额", "", "50")]
    )


def test_what_is_no_declared_entity_has_a_history_too(office: Office) -> None:
    item = office.dictionaries.items("level")[0]["id"]
    office.dictionaries.update(item, {"name": "A 级"})
    assert office.audit.history("dictionary_items", item)[0]["changes"] == [("名称", "重要", "A 级")]


def test_a_field_that_no_longer_exists_keeps_its_name(office: Office) -> None:
    customer = office.customers.create({"name": "宏达"})
    with office.context.operation("update", "") as operation:
        office.context.audit_change(operation, "customers", customer, {"weight": None}, {"weight": 5})
    assert office.audit.history("customers", customer)[-1]["changes"] == [("weight", "", "5")]

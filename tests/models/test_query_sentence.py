"""Every kind of condition in words."""

import pytest

from crm_desktop.models import (
    COMPLAINTS,
    CONTACTS,
    CUSTOMERS,
    ENTITIES,
    SALES,
    All,
    Any,
    Condition,
    Not,
    Query,
    Related,
)
from crm_desktop.models.query_sentence import phrase, sentence

NAMES = {("level", 43): "重要", ("level", 44): "一般", ("region", "220000"): "吉林省", ("owner", 2): "李先生"}
IMPORTANT, QUIET = Condition("level", "=", 43), Condition("level", "=", 44)


def words(field, value):
    return NAMES.get((field.name, value)) or (field.format(value) if not isinstance(value, str) else value)


SAID = [
    (CUSTOMERS, IMPORTANT, "客户级别是重要"),
    (CUSTOMERS, Condition("level", "!=", 43), "客户级别不是重要"),
    (CUSTOMERS, Condition("level", "=", None), "客户级别未填写"),
    (CUSTOMERS, Condition("level", "!=", ""), "客户级别已填写"),
    (CUSTOMERS, Condition("level", "empty"), "客户级别未填写"),
    (CUSTOMERS, Condition("level", "empty", False), "客户级别已填写"),
    (CUSTOMERS, Condition("level", "in", [43, 44]), "客户级别是重要、一般之一"),
    (CUSTOMERS, Condition("level", "in", [43]), "客户级别是重要"),
    (CUSTOMERS, Condition("region", "within", "220000"), "区域在吉林省内"),
    (CUSTOMERS, Condition("owner", "=", 2), "业务员是李先生"),
    (CUSTOMERS, Condition("name", "contains", "宏达"), "客户名称包含“宏达”"),
    (CUSTOMERS, Condition("name", "starts", "长春"), "客户名称以“长春”开头"),
    (CUSTOMERS, Condition("code", "=", "i0431001"), "客户编号是 i0431001"),
    (CUSTOMERS, Condition("employee_count", ">=", 50), "员工人数不小于 50"),
    (CUSTOMERS, Condition("employee_count", "=", 50), "员工人数等于 50"),
    (CUSTOMERS, Condition("employee_count", "<", 50), "员工人数小于 50"),
    (CUSTOMERS, Condition("created_at", "between", ("2026-01-01", "2026-12-31")), "建档时间在 2026-01-01 至 2026-12-31 之间"),
    (COMPLAINTS, Condition("date", "between", ("2025-01-01", "2025-12-31")), "受理日期在 2025-01-01 至 2025-12-31 之间"),
    (COMPLAINTS, Condition("date", "between", ("2025-01-01", "2025-01-01")), "受理日期是 2025-01-01"),
    (COMPLAINTS, Condition("date", "between", ("2025-01-01", "")), "受理日期不早于 2025-01-01"),
    (COMPLAINTS, Condition("date", "between", (None, "2025-12-31")), "受理日期不晚于 2025-12-31"),
    (COMPLAINTS, Condition("date", "between", ("", None)), "受理日期不限"),
    (COMPLAINTS, Condition("date", "<", "2025-01-01"), "受理日期早于 2025-01-01"),
    (COMPLAINTS, Condition("date", "today"), "受理日期是今天"),
    (COMPLAINTS, Condition("date", "this_month"), "受理日期在本月"),
    (COMPLAINTS, Condition("date", "last_days", 30), "受理日期在最近 30 天内"),
    (COMPLAINTS, Condition("date", "yesterday"), "受理日期是昨天"),
    (COMPLAINTS, Condition("date", "last_month"), "受理日期在上月"),
    (CUSTOMERS, Condition("last_contact", "before_days", 90), "最近往来在 90 天以前"),
    (CONTACTS, Condition("birthday", "next_days", 7), "生日在今后 7 天内"),
    (CONTACTS, Related("customers", Query(conditions=[IMPORTANT])), "客户满足（客户级别是重要）"),
    (CONTACTS, Related("customers", Query("宏达"), exists=False), "客户不满足（文字含“宏达”）"),
    (COMPLAINTS, Condition("is_unreachable", "=", 1), "未能联系：是"),
    (SALES, Condition("amount", ">", 123450), "金额大于 1,234.50"),
    (CUSTOMERS, Not(Condition("name", "contains", "厂")), "客户名称不包含“厂”"),
    (CUSTOMERS, Not(Condition("name", "starts", "长春")), "客户名称不以“长春”开头"),
    (CUSTOMERS, Not(Condition("region", "within", "220000")), "区域不在吉林省内"),
    (CUSTOMERS, Not(Condition("level", "in", [43, 44])), "客户级别不是重要、一般之一"),
    (CUSTOMERS, Not(IMPORTANT), "不满足（客户级别是重要）"),
    (CUSTOMERS, Any((IMPORTANT, QUIET)), "客户级别是重要，或者客户级别是一般"),
    (CUSTOMERS, All((IMPORTANT, Any((QUIET, Condition("name", "contains", "厂"))))), "客户级别是重要，并且（客户级别是一般，或者客户名称包含“厂”）"),
    (CUSTOMERS, All(()), "不限条件"),
    (CUSTOMERS, Any(()), "没有符合的条件"),
    (CUSTOMERS, Related("complaints", Query()), "有客户投诉"),
    (CUSTOMERS, Related("complaints", Query(conditions=[Condition("status", "=", "待处理")]), exists=False), "没有满足（状态是待处理）的客户投诉"),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "condition", "said"), SAID)
def test_a_condition_in_words(entity, condition, said):
    assert phrase(entity, condition, words) == said


def test_a_query_in_words():
    query = Query("宏达", conditions=[Condition("region", "within", "220000"), Any((IMPORTANT, QUIET))])
    assert sentence(CUSTOMERS, query, words) == "文字含“宏达”，并且区域在吉林省内，并且（客户级别是重要，或者客户级别是一般）"
    assert sentence(CUSTOMERS, Query(conditions=[Any((IMPORTANT, QUIET))]), words) == "客户级别是重要，或者客户级别是一般"
    assert sentence(CUSTOMERS, Query(), words) == "不限条件"


def test_every_operator_of_every_field_has_words():
    values = {"between": ("1", "2"), "in": ["1", "2"], "last_days": 7}
    for entity in ENTITIES.values():
        for field in entity.by_name.values():
            for operator in field.operators:
                said = phrase(entity, Condition(field.name, operator, values.get(operator, "1")), words)
                assert said.startswith(field.label), (entity.key, field.name, operator)
                assert len(said) > len(field.label) + 1

"""What belongs to a record that is gone: nobody can reach it any more."""

from collections.abc import Iterator

from crm_desktop.controllers.checks.findings import Example, Finding, Reading
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.rights import AREAS
from crm_desktop.db.statements import quote
from crm_desktop.models import ENTITIES

BELONGINGS = {"attachments": "附件", "transitions": "办理经过", "drafts": "未保存的内容",
              "not_duplicates": "“不是重复”的标记"}  # fmt: skip
"""Tables whose rows name what they belong to by entity and record."""
RIGHTS = (("permissions", "role", "roles"), ("operator_permissions", "operator", "operators"))
OF_A_RECORD = "(entity = '{key}' AND {column} IN (SELECT id FROM {table}))"


def belongings(reading: Reading) -> Iterator[Finding]:
    """Attachments, steps, drafts and marks without their record."""
    for table, label in BELONGINGS.items():
        count = int(reading.db.value(f"SELECT count(*) FROM {quote(table)} WHERE {_left_over(table)}"))
        if count:
            yield _finding(table, f"有 {count} 条{label}所属的记录已不存在。", count)


def rights(reading: Reading) -> Iterator[Finding]:
    """Rights of nobody, or on nothing."""
    for table, owner, owners in RIGHTS:
        count = int(reading.db.value(f"SELECT count(*) FROM {quote(table)} WHERE {_of_nobody(owner, owners)}"))
        if count:
            yield _finding(table, f"有 {count} 项权限所属的角色、操作员或模块已不存在。", count)


def remove(context: Context, finding: Finding) -> None:
    """The copy made before the repair still has them."""
    (table,) = finding.details
    conditions = {each: _left_over(each) for each in BELONGINGS}
    conditions |= {name: _of_nobody(owner, owners) for name, owner, owners in RIGHTS}
    context.db.execute(f"DELETE FROM {quote(str(table))} WHERE {conditions[str(table)]}")


def _left_over(table: str) -> str:
    """SQL that is true for a row without its record; a draft of a new record belongs to its operator alone."""
    if table == "not_duplicates":
        return f"NOT ({_known('one')}) OR NOT ({_known('other')})"
    known = _known("record")
    if table == "drafts":
        others = ", ".join(f"'{key}'" for key in ENTITIES)
        known = f"operator IN (SELECT id FROM operators) AND (record IS NULL OR entity NOT IN ({others}) OR {known})"
    return f"NOT ({known})"


def _known(column: str) -> str:
    """SQL that is true where a column, together with ``entity``, names a record."""
    places = (OF_A_RECORD.format(key=each.key, table=quote(each.table), column=column) for each in ENTITIES.values())
    return " OR ".join(places)


def _of_nobody(owner: str, owners: str) -> str:
    areas = ", ".join(f"'{area}'" for area in AREAS)
    return f"{quote(owner)} NOT IN (SELECT id FROM {quote(owners)}) OR area NOT IN ({areas})"


def _finding(table: str, sentence: str, count: int) -> Finding:
    example = Example("先自动备份再删除，需要时可从备份里找回。")
    return Finding("orphans", sentence, count, True, "删除这些没有主人的内容。", (example,), (table,))

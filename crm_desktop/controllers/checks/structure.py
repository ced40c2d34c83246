"""Whether the file is built as schema.sql says: its tables, indexes, triggers and views."""

from collections.abc import Iterator

from crm_desktop.controllers.checks.findings import RESTORE, Example, Finding, Reading
from crm_desktop.controllers.context import Context
from crm_desktop.db import search_index, structure
from crm_desktop.db.structure import Difference

KINDS = {"table": "表", "index": "索引", "trigger": "触发器", "view": "视图"}
PROBLEMS = {"missing": "缺少", "unknown": "多出", "changed": "被改动过"}
REBUILD = "按本程序的结构重建，多出的删除，记录不变。"


def built_as_declared(reading: Reading) -> Iterator[Finding]:
    """One finding for what can be made anew, one for what cannot."""
    found = structure.differences(reading.db)
    for is_repairable in (False, True):
        these = [each for each in found if each.is_repairable == is_repairable]
        if these:
            examples = tuple(Example(f"{KINDS[each.kind]} {each.name}：{PROBLEMS[each.problem]}") for each in these)
            yield Finding(
                "structure", f"数据库的结构与本程序不符，共 {len(these)} 处。", len(these), is_repairable,
                REBUILD if is_repairable else RESTORE, examples, tuple(these),
            )  # fmt: skip


def rebuild(context: Context, finding: Finding) -> None:
    """Views first and derived tables last: an index that cannot be made leaves all as it was."""
    these = [each for each in finding.details if isinstance(each, Difference)]
    if any(each.is_derived or each.kind == "view" for each in these):
        search_index.rebuild(context.db)
    left = {each.name for each in structure.differences(context.db)}
    for each in these:
        if each.name in left:
            structure.mend(context.db, each)

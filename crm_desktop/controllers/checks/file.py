"""The file itself: SQLite's own check of its pages and indexes, and references that lead nowhere."""

import re
from collections import defaultdict
from collections.abc import Iterator

from crm_desktop.controllers.checks.findings import RESTORE, SHOWN, Example, Finding, Reading
from crm_desktop.controllers.context import Context
from crm_desktop.errors import DatabaseError
from crm_desktop.models import ENTITIES

INTEGRITY = "PRAGMA integrity_check(1000)"
OF_AN_INDEX = re.compile(r"missing from index|wrong # of entries in index|non-unique entry in index")
OF_SEARCH = re.compile(r"fts5|_(bigrams|trigrams)\b", re.IGNORECASE)
"""Told by newer SQLite; the check of the search tables finds the same."""
OF_A_VALUE = re.compile(r"(?:CHECK constraint failed in |NULL value in |[\w-]+ value in )(\w+)")
MADE_ANEW = re.compile(r".*_search|phone_numbers")
LEFT_OVER = {"permissions", "operator_permissions", "drafts"}
"""Rows of these serve nobody without what they belong to; the check of orphans has them."""
TABLES = {
    "operations": "系统日志", "audit": "修改记录", "transitions": "办理经过", "credentials": "密码",
    "dictionary_items": "字典项", "regions": "区域", "attachments": "附件", "not_duplicates": "不是重复",
}  # fmt: skip


def integrity(reading: Reading) -> Iterator[Finding]:
    """What SQLite itself finds wrong."""
    try:
        found = [str(row[0]) for row in reading.rows(INTEGRITY)]
    except DatabaseError as error:  # so badly that it cannot even say where
        found = [str(error)]
    problems = [each for each in found if each != "ok" and not OF_SEARCH.search(each)]
    indexes = [each for each in problems if OF_AN_INDEX.search(each)]
    values = [each for each in problems if OF_A_VALUE.match(each)]
    damaged = [each for each in problems if each not in indexes and each not in values]
    if damaged:
        examples = tuple(map(Example, damaged[:SHOWN]))
        yield Finding("integrity", "数据库文件已损坏。", len(damaged), False, RESTORE, examples)
    if indexes:
        examples = tuple(map(Example, indexes[:SHOWN]))
        yield Finding(
            "indexes", "索引与记录不一致，查找和排序可能漏掉记录。", len(indexes), not damaged,
            RESTORE if damaged else "重建索引，记录不变。", examples,
        )  # fmt: skip
    yield from _bad_values(values)


def _bad_values(problems: list[str]) -> Iterator[Finding]:
    """Where a table's own rule is broken; those of declared fields are told field by field."""
    tables = [match[1] for each in problems if (match := OF_A_VALUE.match(each)) and match[1] not in ENTITIES]
    if tables:
        examples = tuple(Example(label(table)) for table in dict.fromkeys(tables))
        yield Finding("values", "有内容不符合数据库的规定。", len(tables), False, RESTORE, examples)


def reindex(context: Context, finding: Finding) -> None:
    context.db.execute("REINDEX")


def references(reading: Reading) -> Iterator[Finding]:
    """Rows that refer to something that does not exist."""
    found: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for table, row, parent, _ in reading.rows("PRAGMA foreign_key_check"):
        if not MADE_ANEW.fullmatch(str(table)) and table not in LEFT_OVER:
            found[str(table), str(parent)].append(row)  # type: ignore[arg-type]
    for (table, parent), rows in found.items():
        sentence = f"{label(table)}中有 {len(rows)} 处引用了不存在的{label(parent)}。"
        examples = reading.records(ENTITIES[table], rows) if table in ENTITIES else ()
        yield Finding("references", sentence, len(rows), False, RESTORE, examples)


def label(table: str) -> str:
    """A table in the words of the office."""
    return ENTITIES[table].label if table in ENTITIES else TABLES.get(table, table)

"""The log: it only grows, so each operation is bound to the ones before it."""

from collections.abc import Iterator

from crm_desktop.controllers import chain
from crm_desktop.controllers.checks.findings import SHOWN, Example, Finding, Reading

KEPT = "不能自动修复：日志只增不改。请联系管理员查明原因，也可与备份核对。"


def unbroken(reading: Reading) -> Iterator[Finding]:
    """Places where the log is not what was written."""
    found = []
    for each in chain.breaks(reading.db):
        reading.pulse()
        found.append(each)
    if found:
        examples = tuple(Example(f"第 {each.operation} 号操作：{each.problem}") for each in found[:SHOWN])
        yield Finding("log", "系统日志被改动过或有缺失。", len(found), False, KEPT, examples)

"""Who is on the line: the customer's facts, open complaints, the last contacts and the next follow-up."""

from collections.abc import Iterator
from tkinter import Misc
from typing import Any

from crm_desktop.controllers.calls import Overview
from crm_desktop.views.widgets.detail_pane import DetailPane

FACTS = ("code", "level", "status", "owner", "region", "address", "phone", "mobile", "remark")
LABELS = {
    "code": "客户编号", "level": "级别", "status": "状态", "owner": "业务员", "region": "区域", "address": "地址",
    "phone": "电话", "mobile": "手机", "remark": "备注",
}  # fmt: skip
LONGEST = 60
"""Characters of a complaint or a call that are shown."""
Row = dict[str, Any]


class CallerPane(DetailPane):
    """``place`` is what is known of the number itself: 固定电话　吉林省长春市."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent, width=20)

    def show_overview(self, match: Row, seen: Overview, place: str) -> None:
        """Overdue complaints come first, in red."""
        overdue = [("投诉超期", _complaint(row)) for row in seen.complaints if row["is_overdue"]]
        self.show(_who(match), [*_facts(seen), ("号码", place), *_past(seen)], overdue)


def _who(match: Row) -> str:
    return "　".join(filter(None, (match["name"], match["contact_name"])))


def _facts(seen: Overview) -> Iterator[tuple[str, str]]:
    if seen.follow_up:
        row = seen.follow_up
        yield "下次跟进", f"{row['follow_up']}　{row['subject']}"
    waiting = [row for row in seen.complaints if not row["is_overdue"]]
    if waiting:
        yield "", f"未结投诉 {len(seen.complaints)} 件"
        yield from ((row["status"], _complaint(row)) for row in waiting)
    if seen.feedback:
        yield "", f"未办结反馈 {len(seen.feedback)} 件"
        yield from ((row["status"], _told(row["number"], row["type_text"], row["content"])) for row in seen.feedback)


def _past(seen: Overview) -> Iterator[tuple[str, str]]:
    if seen.interactions:
        yield "", "最近往来"
        for row in seen.interactions:
            way = row["direction"] or row["method_text"]
            told = _told(way, row["contact_text"], row["call_result_text"], row["subject"])
            yield row["date"], told
    yield "", "客户"
    for name in FACTS:
        yield LABELS[name], _short(seen.customer[f"{name}_text"])


def _complaint(row: Row) -> str:
    deadline = f"期限 {row['open_due_at'][5:]}" if row["open_due_at"] else ""
    days = f"已 {row['days']} 天" if row["days"] > 0 else "今天"
    return _told(row["number"], row["type_text"], row["severity_text"], days, deadline, row["content"])


def _told(*parts: str) -> str:
    return _short("　".join(filter(None, parts)))


def _short(text: str) -> str:
    line = " ".join(text.split("\n"))
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"

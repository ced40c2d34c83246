"""What a calendar program is told of a memo: one appointment with its rule, or its days one by one."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from crm_desktop.controllers.base import Record
from crm_desktop.models import MEMOS
from crm_desktop.models.memo import AHEAD, WHOLE_DAY
from crm_desktop.models.recurrence import calendar_rule, is_done, occurrences
from crm_desktop.reports.calendar_file import Appointment

AHEAD_OF_NOW = timedelta(days=730)
"""How far days are told one by one."""
TOLD = ("customer", "contact", "owner")


def appointments_of(memo: Record, origin: Mapping[str, Any], today: date) -> Iterator[Appointment]:
    """``origin`` has ``id``, ``created_at`` and ``version``: the first two name it in every file of this office."""
    born = "".join(sign for sign in origin["created_at"] if sign.isdigit())
    uid, rule = f"memo-{origin['id']}-{born}", calendar_rule(memo)
    if rule is not None:
        yield _appointment(f"{uid}@crm-desktop", date.fromisoformat(memo["date"]), rule, memo, origin["version"])
        return
    for day in occurrences(memo, today, today + AHEAD_OF_NOW):
        if not is_done(memo, day):
            yield _appointment(f"{uid}-{day:%Y%m%d}@crm-desktop", day, "", memo, origin["version"])


def _appointment(uid: str, day: date, rule: str, memo: Record, version: int) -> Appointment:
    told = [f"{MEMOS[name].label}：{memo[f'{name}_text']}" for name in TOLD if memo[f"{name}_text"]]
    description = "\n".join(filter(None, [memo["content"], *told]))
    return Appointment(uid, day, memo["time"], memo["subject"], description, rule, _alarm(memo), version)


def _alarm(memo: Record) -> int | None:
    if memo["reminder"] not in AHEAD:
        return None
    from_midnight = 0 if memo["time"] else WHOLE_DAY.hour * 60 + WHOLE_DAY.minute
    return from_midnight - AHEAD[memo["reminder"]]

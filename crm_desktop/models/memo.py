"""工作备忘: what somebody means to do and when, once or again and again."""

from datetime import time

from crm_desktop.models.entity import Entity, TimelineEntry
from crm_desktop.models.fields import Date, Flag, Note, Options, Reference, Text, Time
from crm_desktop.models.of_customer import OF_CUSTOMER, contact, operator

DAILY, WORKING_DAYS, WEEKLY, MONTHLY, YEARLY, LUNAR_YEARLY = "每天", "每个工作日", "每周", "每月", "每年", "农历每年"
REPEATS = (DAILY, WORKING_DAYS, WEEKLY, MONTHLY, YEARLY, LUNAR_YEARLY)
AT_ITS_TIME = "准时"
AHEAD: dict[str, int] = {
    AT_ITS_TIME: 0, "提前 10 分钟": 10, "提前 30 分钟": 30, "提前 1 小时": 60, "提前 1 天": 24 * 60,
}  # fmt: skip
"""When the reminder comes → how many minutes before; without a word there is none."""
WHOLE_DAY = time(9)
"""When one is reminded of what has no time."""

MEMOS = Entity(
    key="memos",
    label="工作备忘",
    fields=(
        Text("subject", "事项", required=True, length=100, width=30),
        Date("date", "日期", required=True, default="今天", width=10),
        Time("time", "时间", width=6, note="空着为全天"),
        operator("owner", "负责人", ""),
        Options("repeat", "重复", options=REPEATS, width=10),
        Date("repeat_until", "重复到", width=10, note="空着为一直重复"),
        Options("reminder", "提醒", options=tuple(AHEAD), default=AT_ITS_TIME, width=10),
        Reference("customer", "客户", entity="customers", is_owner=True, width=24),
        contact(""),
        Flag("is_done", "已完成", width=8),
        Date("done_until", "已办到", width=10, is_hidden=True),
        Note("content", "内容", width=36),
    ),
    computed=OF_CUSTOMER,
    title="subject",
    list_columns=("date", "time", "subject", "owner", "repeat", "customer", "contact", "is_done"),
    order="-date",
    scope_field="owner",
    scope_also=("customer_owner", "created_by"),
    in_order=(("repeat_until", "date"),),
    finished_if="is_done",
    report="memo_list",
    timeline=TimelineEntry(title=("subject",), text="content", state="is_done", time="time"),
    has_attachments=True,
)
"""``done_until`` is the last day of a repeated memo that has been seen to; those before it count as seen to."""

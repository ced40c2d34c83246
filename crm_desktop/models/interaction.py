"""业务往来: every visit, meeting, letter and telephone call, and when to get in touch again."""

from crm_desktop.models.entity import Entity, TimelineEntry
from crm_desktop.models.fields import CalledNumber, Choice, Date, Duration, Flag, Money, Note, Options, Text, Time
from crm_desktop.models.of_customer import OF_CUSTOMER, contact, customer, operator

BASIC, CALL = "往来", "通话"
INCOMING, OUTGOING, MISSED = "来电", "去电", "未接"
DIRECTIONS = (INCOMING, OUTGOING, MISSED)

INTERACTIONS = Entity(
    key="interactions",
    label="业务往来",
    fields=(
        Text("subject", "主题", required=True, length=100, group=BASIC, width=28),
        customer(BASIC),
        contact(BASIC),
        Date("date", "日期", required=True, default="今天", group=BASIC, width=10),
        Time("time", "时间", group=BASIC, width=6),
        Choice("method", "往来方式", kind="interaction_method", group=BASIC, width=10),
        operator("handler", "经办人", BASIC),
        Text("place", "地点", length=60, group=BASIC, width=14),
        Text("participants", "参与人员", length=80, group=BASIC, width=16),
        Money("amount", "金额", group=BASIC, width=12, note="元"),
        Date("follow_up", "下次跟进日期", group=BASIC, width=10),
        Flag("is_followed_up", "已跟进", group=BASIC, width=8),
        Note("content", "内容", group=BASIC, width=36),
        Options("direction", "呼叫方向", options=DIRECTIONS, group=CALL, width=8),
        CalledNumber("phone_number", "通话号码", group=CALL, width=14),
        Choice("call_result", "呼叫结果", kind="call_result", group=CALL, width=10),
        Duration("duration", "通话时长", group=CALL, width=8),
    ),
    computed=OF_CUSTOMER,
    title="subject",
    list_columns=(
        "date", "customer", "contact", "method", "subject", "follow_up", "is_followed_up", "handler", "direction",
    ),
    order="-date",
    scope_field="customer_owner",
    totals=("amount",),
    in_order=(("follow_up", "date"),),
    report="interaction_list",
    timeline=TimelineEntry(title=("method", "direction", "subject"), text="content", state="call_result", time="time"),
    has_attachments=True,
)  # fmt: skip

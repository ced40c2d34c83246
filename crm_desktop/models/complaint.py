"""客户投诉: from the first angry word, by a deadline, through handling, to asking the customer afterwards."""

from crm_desktop.models.entity import Entity, TimelineEntry
from crm_desktop.models.fields import Choice, DateTime, Money, Note, State, Text
from crm_desktop.models.of_customer import OF_CUSTOMER
from crm_desktop.models.service import BASIC, HANDLING, OUTCOME, VISIT, beginning, handling, number, visit
from crm_desktop.models.workflow import REMARK, Step, Workflow

WAITING, HANDLING_STATE, TO_VISIT, FILED = "待处理", "处理中", "待回访", "已归档"

COMPLAINT_FLOW = Workflow(
    states=(WAITING, HANDLING_STATE, TO_VISIT, FILED),
    steps=(
        Step("assign", "受理分派", (WAITING,), HANDLING_STATE, ("handler", "department", REMARK), ("handler",)),
        Step("hand_over", "转交", (HANDLING_STATE,), HANDLING_STATE, ("handler", "department", REMARK),
             ("handler", REMARK)),
        Step("finish", "处理完成", (HANDLING_STATE,), TO_VISIT,
             ("result", "cause", "measure", "compensation", "handled_at", REMARK), ("result",)),
        Step("visit", "回访", (TO_VISIT,), FILED, OUTCOME, falls_back_to=HANDLING_STATE),
        Step("reopen", "重新办理", (TO_VISIT, FILED), HANDLING_STATE, (REMARK,), (REMARK,)),
    ),
    due_states=(WAITING, HANDLING_STATE),
)  # fmt: skip

COMPLAINTS = Entity(
    key="complaints",
    label="客户投诉",
    fields=(
        number("TS"),
        *beginning("complaint_type", "投诉类型"),
        Text("complainant", "投诉人", length=40, group=BASIC, width=10),
        Choice("severity", "严重程度", kind="severity", group=BASIC, width=8),
        DateTime("due_at", "处理期限", of_day="17:30", group=BASIC, width=15, note="按严重程度算出"),
        State("status", "状态", options=COMPLAINT_FLOW.states, default=WAITING, group=BASIC, width=8),
        Note("content", "投诉内容", group=BASIC, width=36),
        *handling(),
        Choice("department", "责任部门", kind="department", group=HANDLING, width=12),
        Choice("cause", "投诉原因", kind="cause", group=HANDLING, width=12),
        Note("measure", "处理措施", group=HANDLING, width=30),
        Money("compensation", "赔付金额", minimum=0, group=HANDLING, width=12, note="元"),
        *visit(),
        Note("remark", "备注", group=VISIT, width=24),
    ),
    computed=(
        *OF_CUSTOMER,
        DateTime("open_due_at", "未结期限", width=15),
    ),
    title="number",
    list_columns=(
        "number", "date", "customer", "type", "severity", "status", "due_at", "handler", "content", "satisfaction",
    ),
    order="-date",
    scope_field="customer_owner",
    unique=("number",),
    in_order=(("due_at", "date"), ("handled_at", "date"), ("visited_at", "handled_at")),
    totals=("compensation",),
    report="complaint_list",
    workflow=COMPLAINT_FLOW,
    timeline=TimelineEntry(title=("type", "severity"), text="content", state="status"),
    has_attachments=True,
)  # fmt: skip

"""客户反馈: questions, suggestions, praise and wishes of customers, from the first word to the answer."""

from crm_desktop.models.entity import Entity, TimelineEntry
from crm_desktop.models.fields import Note, State
from crm_desktop.models.of_customer import OF_CUSTOMER
from crm_desktop.models.service import BASIC, OUTCOME, VISIT, beginning, handling, number, visit
from crm_desktop.models.workflow import REMARK, Step, Workflow

WAITING, HANDLED, FILED = "待处理", "已处理", "已归档"

FEEDBACK_FLOW = Workflow(
    states=(WAITING, HANDLED, FILED),
    steps=(
        Step("assign", "分派", (WAITING,), WAITING, ("handler", REMARK), ("handler",)),
        Step("finish", "处理完成", (WAITING,), HANDLED, ("result", "handled_at", REMARK), ("result",)),
        Step("visit", "回访", (HANDLED,), FILED, OUTCOME, falls_back_to=WAITING),
        Step("reopen", "重新办理", (HANDLED, FILED), WAITING, (REMARK,), (REMARK,)),
    ),
)

FEEDBACK = Entity(
    key="feedback",
    label="客户反馈",
    fields=(
        number("FK"),
        *beginning("feedback_type", "反馈类型"),
        State("status", "状态", options=FEEDBACK_FLOW.states, default=WAITING, group=BASIC, width=8),
        Note("content", "反馈内容", group=BASIC, width=36),
        *handling(),
        *visit(),
        Note("remark", "备注", group=VISIT, width=24),
    ),
    computed=OF_CUSTOMER,
    title="number",
    list_columns=(
        "number", "date", "customer", "contact", "channel", "type", "status", "handler", "content", "satisfaction",
    ),
    order="-date",
    scope_field="customer_owner",
    unique=("number",),
    in_order=(("handled_at", "date"), ("visited_at", "handled_at")),
    report="feedback_list",
    workflow=FEEDBACK_FLOW,
    timeline=TimelineEntry(title=("type",), text="content", state="status"),
    has_attachments=True,
)  # fmt: skip

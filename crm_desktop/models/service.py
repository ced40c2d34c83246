"""What 客户反馈 and 客户投诉 share: how they begin, how they are handled, and how the customer is asked afterwards."""

from crm_desktop.models.fields import Choice, Date, DateTime, Field, Flag, Note, SerialNumber
from crm_desktop.models.numbering import Numbering
from crm_desktop.models.of_customer import contact, customer, operator
from crm_desktop.models.workflow import REMARK

BASIC, HANDLING, VISIT = "登记", "处理", "回访"
OUTCOME = ("satisfaction", "is_unreachable", "visited_by", "visit_opinion", REMARK)
"""What 回访 asks for; ``satisfaction`` or ``is_unreachable`` must be given."""


def number(prefix: str) -> SerialNumber:
    return SerialNumber("number", "单号", numbering=Numbering(prefix), group=BASIC, width=15)


def beginning(kind: str, label: str) -> tuple[Field, ...]:
    """Who came with what, and when; ``kind`` is the dictionary of types."""
    return (
        Date("date", "受理日期", required=True, default="今天", group=BASIC, width=10),
        customer(BASIC),
        contact(BASIC),
        Choice("channel", "受理方式", kind="channel", group=BASIC, width=10),
        Choice("type", label, kind=kind, group=BASIC, width=12),
    )


def handling() -> tuple[Field, ...]:
    """Who deals with it, and what came of it."""
    return (
        operator("handler", "受理人", HANDLING),
        DateTime("handled_at", "处理时间", group=HANDLING, width=15),
        Note("result", "处理结果", group=HANDLING, width=30),
    )


def visit() -> tuple[Field, ...]:
    """What the customer thinks of it."""
    return (
        Choice("satisfaction", "满意程度", kind="satisfaction", group=VISIT, width=10),
        Flag("is_unreachable", "未能联系", group=VISIT, width=8),
        DateTime("visited_at", "回访时间", group=VISIT, width=15),
        operator("visited_by", "回访人", VISIT),
        Note("visit_opinion", "回访意见", length=500, group=VISIT, width=24),
    )

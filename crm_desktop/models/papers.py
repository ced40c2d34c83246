"""Papers of one record, declared: what stands in which cell, what is listed below, and who signs."""

from collections.abc import Mapping
from dataclasses import dataclass

from crm_desktop.models.complaint import COMPLAINTS
from crm_desktop.models.customer import CUSTOMERS
from crm_desktop.models.entity import Entity
from crm_desktop.models.service import BASIC, HANDLING, VISIT

WHOLE = 0
"""The span of a cell that has its row to itself."""
SIZES = ("A4", "A5")


@dataclass(frozen=True)
class PaperCell:
    """A field with its label before it; ``span`` counts pairs of label and value, of which A5 has two in a row."""

    field: str
    span: int = 1
    least_lines: int = 1
    """Room to write in by hand."""


@dataclass(frozen=True)
class PaperPart:
    """Cells under a heading, set in rows one after the other; the last of a row takes what is left of it."""

    heading: str
    cells: tuple[PaperCell, ...]


@dataclass(frozen=True)
class PaperLines:
    """Records of another kind that belong to this one, as a table below."""

    heading: str
    entity: str
    columns: tuple[str, ...]
    order: str
    limit: int = 100


@dataclass(frozen=True)
class PaperForm:
    """The paper of an entity; ``action`` is the word on the button."""

    entity: Entity
    title: str
    action: str
    size: str
    parts: tuple[PaperPart, ...]
    lines: tuple[PaperLines, ...] = ()
    course: str = ""
    """The heading of the steps that were taken; without it they are left out."""
    signatures: tuple[str, ...] = ()


def all_fields(entity: Entity, wide: Mapping[str, int]) -> tuple[PaperPart, ...]:
    """Every field of the form under its heading; ``wide`` are the spans of those that need more than one pair."""
    groups: dict[str, list[PaperCell]] = {}
    for field in entity.fields:
        if not field.is_hidden:
            groups.setdefault(field.group, []).append(PaperCell(field.name, wide.get(field.name, 1)))
    return tuple(PaperPart(heading, tuple(cells)) for heading, cells in groups.items())


def _cells(*names: str) -> tuple[PaperCell, ...]:
    return tuple(PaperCell(name) for name in names)


COMPLAINT_PAPER = PaperForm(
    COMPLAINTS,
    title="客户投诉处理单",
    action="处理单",
    size="A5",
    parts=(
        PaperPart(BASIC, (
            *_cells("number", "date"), PaperCell("customer", WHOLE),
            *_cells("contact", "complainant", "channel", "type", "severity", "due_at", "status", "handler"),
            PaperCell("content", WHOLE, 3),
        )),
        PaperPart(HANDLING, (
            *_cells("department", "cause"), PaperCell("measure", WHOLE, 2), PaperCell("result", WHOLE, 2),
            *_cells("handled_at", "compensation"),
        )),
        PaperPart(VISIT, (
            *_cells("satisfaction", "is_unreachable", "visited_at", "visited_by"),
            PaperCell("visit_opinion", WHOLE, 2), PaperCell("remark", WHOLE),
        )),
    ),
    course="办理过程",
    signatures=("受理人", "处理人", "部门负责人", "客户签字"),
)  # fmt: skip

CUSTOMER_PAPER = PaperForm(
    CUSTOMERS,
    title="客户档案卡",
    action="档案卡",
    size="A4",
    parts=all_fields(CUSTOMERS, {
        "name": 2, "address": 2, "english_name": WHOLE, "english_address": WHOLE, "main_business": 2, "bank": 2,
        "bank_account": 2, "website": 2, "remark": WHOLE,
    }),
    lines=(
        PaperLines("联系人", "contacts", ("name", "is_primary", "honorific", "department", "position", "mobile",
                                       "office_phone", "email"), "-is_primary"),
        PaperLines("最近往来", "interactions", ("date", "method", "direction", "subject", "contact", "handler",
                                            "follow_up"), "-date", limit=6),
    ),
)  # fmt: skip

PAPERS: Mapping[str, PaperForm] = {form.entity.key: form for form in (COMPLAINT_PAPER, CUSTOMER_PAPER)}
"""The paper of each kind of record that has one."""

"""How an office wants a list on paper: columns, order, groups, paper; kept under a name."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from crm_desktop.errors import FieldError, ValidationError
from crm_desktop.models import Entity
from crm_desktop.models.fields import Choice, Date, Field, Flag, Options, Reference, Region

PAPERS = {"A4": "A4", "A5": "A5", "241": "241 毫米连续纸"}
ORIENTATIONS = {"": "自动", "portrait": "纵向", "landscape": "横向"}
MOST_GROUPS = 2
WIDTHS = (8.0, 200.0)
"""mm that a column may be asked to take."""
LONGEST_TITLE = 60


@dataclass(frozen=True)
class ListDesign:
    """``columns`` are pairs of field and width in mm, 0 where the content decides; ``order`` is a field as in Query.

    ``groups`` are fields whose values stand as headings above their rows, the outer one first.
    """

    columns: tuple[tuple[str, float], ...]
    order: str = ""
    groups: tuple[str, ...] = ()
    has_subtotals: bool = True
    paper: str = "A4"
    orientation: str = ""
    title: str = ""

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.columns]

    @property
    def landscape(self) -> bool | None:
        """None where the content decides."""
        return None if not self.orientation else self.orientation == "landscape"


def usual(entity: Entity) -> ListDesign:
    """The list as the declaration has it."""
    return ListDesign(tuple((name, 0.0) for name in entity.report_columns or entity.list_columns), entity.order)


def listable(entity: Entity) -> list[Field]:
    """Fields that may be columns, those of the usual list first."""
    first = [entity[name] for name in entity.report_columns or entity.list_columns]
    return list(dict.fromkeys([*first, *entity.by_name.values()]))


def groupable(entity: Entity) -> list[Field]:
    """Fields with few values, by which rows can stand together."""
    kinds = Choice | Options | Reference | Region | Flag | Date
    return [each for each in entity.by_name.values() if isinstance(each, kinds)]


def check(entity: Entity, design: ListDesign) -> None:
    """ValidationError names what cannot be printed so."""
    errors = {}
    if not design.columns or len(set(design.names)) != len(design.columns):
        errors["columns"] = "请至少选一列，每列只出现一次。"
    low, high = WIDTHS
    if any(width and not low <= width <= high for _, width in design.columns):
        errors["columns"] = f"列宽应在 {low:g} 到 {high:g} 毫米之间，0 表示按内容。"
    if len(design.groups) > MOST_GROUPS or len(set(design.groups)) != len(design.groups):
        errors["groups"] = f"最多按 {MOST_GROUPS} 栏分组，两栏不能相同。"
    if len(design.title) > LONGEST_TITLE:
        errors["title"] = f"标题最多 {LONGEST_TITLE} 个字。"
    if design.paper not in PAPERS or design.orientation not in ORIENTATIONS:
        errors["paper"] = "没有这种纸张或方向。"
    unknown = {*design.names, *design.groups, design.order.removeprefix("-")} - {"", *entity.by_name}
    if unknown:
        errors["columns"] = f"{entity.label}没有“{'、'.join(sorted(unknown))}”这一栏。"
    if errors:
        raise ValidationError(errors)


def as_json(design: ListDesign) -> str:
    return json.dumps(asdict(design), ensure_ascii=False)


def from_json(entity: Entity, text: str) -> ListDesign:
    """FieldError when it asks for what this program does not have."""
    try:
        kept = json.loads(text)
        columns = tuple((str(name), float(width)) for name, width in kept.pop("columns"))
        design = ListDesign(columns, groups=_strings(kept.pop("groups")), **kept)
        check(entity, design)
    except (KeyError, TypeError, ValueError, ValidationError) as error:
        raise FieldError("这个列表格式是别的版本保存的，本程序不能使用。") from error
    return design


def _strings(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(each) for each in values)

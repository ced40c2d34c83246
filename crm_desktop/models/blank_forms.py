"""登记表: blank papers to be filled in by hand, made from the declaration of what will be typed from them."""

from collections.abc import Mapping
from dataclasses import dataclass

from crm_desktop.models.complaint import COMPLAINTS
from crm_desktop.models.contact import CONTACTS
from crm_desktop.models.customer import CUSTOMERS
from crm_desktop.models.entity import Entity
from crm_desktop.models.feedback import FEEDBACK
from crm_desktop.models.fields import Field, State
from crm_desktop.models.papers import WHOLE, PaperCell, PaperPart, all_fields
from crm_desktop.models.service import BASIC

MOST_CHOICES = 8
"""Lists with more words leave a line to write on."""


@dataclass(frozen=True)
class BlankLines:
    """Empty rows for records of another kind that will belong to this one."""

    heading: str
    entity: Entity
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class BlankForm:
    """The paper of a record that is not yet there; ``groups`` limits it to those parts of the form."""

    entity: Entity
    title: str
    wide: Mapping[str, int]
    lines: tuple[BlankLines, ...] = ()
    groups: tuple[str, ...] = ()
    kept_to_ourselves: tuple[str, ...] = ()
    """Fields that the office judges or gives itself: the paper goes to those it is about."""
    signatures: tuple[str, ...] = ("填表人", "审核人", "录入人")

    @property
    def parts(self) -> list[PaperPart]:
        """What a person can know; what the program makes or steps change is left out."""
        parts = [part for part in all_fields(self.entity, self.wide) if not self.groups or part.heading in self.groups]
        return [PaperPart(part.heading, tuple(filter(self._is_asked, part.cells))) for part in parts]

    def _is_asked(self, cell: PaperCell) -> bool:
        field: Field = self.entity[cell.field]
        return not (field.is_made or isinstance(field, State) or field.name in self.kept_to_ourselves)


CUSTOMER_BLANK = BlankForm(
    CUSTOMERS,
    "客户登记表",
    {
        "name": 2, "address": 2, "english_name": WHOLE, "english_address": WHOLE, "main_business": WHOLE,
        "bank": 2, "bank_account": 2, "website": 2, "remark": WHOLE,
    },
    (BlankLines("联系人", CONTACTS, (
        "name", "honorific", "department", "position", "mobile", "office_phone", "email", "birthday"), 3),),
    kept_to_ourselves=("level", "category", "credit", "star", "status", "old_code"),
)  # fmt: skip

BLANKS: Mapping[str, BlankForm] = {
    form.entity.key: form
    for form in (
        CUSTOMER_BLANK,
        BlankForm(CONTACTS, "联系人登记表", {"customer": 2, "address": 2, "hobby": 2, "remark": WHOLE}),
        BlankForm(FEEDBACK, "客户反馈登记表", {"customer": 2, "content": WHOLE}, groups=(BASIC,)),
        BlankForm(COMPLAINTS, "客户投诉登记表", {"customer": 2, "content": WHOLE}, groups=(BASIC,)),
    )
}
"""The blank form of each kind of record that has one."""

"""One thing to do, and all of them as the first page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

COMPLAINT, FOLLOW_UP, MEMO = "complaint", "follow_up", "memo"
BIRTHDAY, ANNIVERSARY, QUIET = "birthday", "anniversary", "quiet"
KINDS: Mapping[str, str] = {
    COMPLAINT: "投诉", FOLLOW_UP: "跟进", MEMO: "备忘", BIRTHDAY: "生日", ANNIVERSARY: "纪念日", QUIET: "久未联系",
}  # fmt: skip
AREAS: Mapping[str, str] = {
    COMPLAINT: "complaints", FOLLOW_UP: "interactions", MEMO: "memos", BIRTHDAY: "contacts", ANNIVERSARY: "contacts",
    QUIET: "customers",
}  # fmt: skip
"""Kind → the entity whose record a task opens, and whose rights count."""


@dataclass(frozen=True)
class Task:
    """``day`` is when it is due, of a customer that is quiet since when; ``operator`` whose it is, in words."""

    kind: str
    record: int
    day: date
    text: str
    customer: int | None = None
    customer_name: str = ""
    contact: int | None = None
    contact_name: str = ""
    operator: str = ""
    is_overdue: bool = False

    @property
    def entity(self) -> str:
        return AREAS[self.kind]


@dataclass(frozen=True)
class Tasks:
    """What there is to do, most pressing first; of each kind ``counts`` are all, the list may be shorter."""

    shown: Sequence[Task] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def overdue(self) -> int:
        return sum(task.is_overdue for task in self.shown)

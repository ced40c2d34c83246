"""What a grid of 批量录入 holds, what is wrong with it, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CANCELLED = "已取消保存，数据没有改动。"


@dataclass(frozen=True)
class GridRow:
    """One row as it stands: ``values`` are typed texts by field; ``record`` and ``version`` of one that exists.

    ``read`` are the texts it was read with: what still stands so was not typed over, whatever a colleague saved since.
    """

    values: Mapping[str, str]
    record: int | None = None
    version: int | None = None
    read: Mapping[str, str] | None = None

    @property
    def is_blank(self) -> bool:
        """Rows with nothing in them are passed over."""
        return self.record is None and not self.given

    def typed_over(self, stored: Mapping[str, str]) -> dict[str, str]:
        """What differs from what was read, or from what is stored when nobody remembers that."""
        before = stored if self.read is None else self.read
        return {name: text for name, text in self.values.items() if text != before.get(name, "")}

    @property
    def given(self) -> dict[str, str]:
        """What a new row says; where it says nothing, the program fills in what it does for any new record."""
        return {name: text for name, text in self.values.items() if text.strip()}


@dataclass(frozen=True)
class GridCheck:
    """What is wrong, and what only looks odd, by row number from 0 and field."""

    errors: dict[tuple[int, str], str] = field(default_factory=dict)
    warnings: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GridResult:
    added: int
    updated: int
    operation: int | None


@dataclass(frozen=True)
class GridKind:
    """One kind of grid: ``key`` names it in every call, ``label`` is the record of a row, ``words`` are all of them."""

    key: str
    label: str
    words: str
    area: str
    """Whose rights count."""
    is_whole: bool = False
    """Short enough to be loaded as a whole."""

"""A table to be printed or exported: its columns, its rows, and how each kind of value is shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

FIRST_YEAR = 1901  # workbooks count days from 1900, and that year wrongly; older dates stay text


def _text(value: object) -> str:
    return str(value)


def _integer(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _money(value: object) -> str:
    """Integer 分 as 元."""
    return f"{Decimal(value) / 100:,.2f}" if isinstance(value, int) else str(value)


def _wan(value: object) -> str:
    """Integer 分 as 万元 with up to four decimals."""
    if not isinstance(value, int):
        return str(value)
    digits = f"{Decimal(value) / 1_000_000:,.4f}".rstrip("0")
    return digits.rstrip(".")


def _quantity(value: object) -> str:
    """Integer thousandths with up to three decimals."""
    return f"{Decimal(value) / 1000:,.3f}".rstrip("0").rstrip(".") if isinstance(value, int) else str(value)


def _percent(value: object) -> str:
    return f"{value:.1%}" if isinstance(value, int | float | Decimal) else str(value)


def _score(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, int | float) else str(value)


def _date(value: object) -> str:
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def _datetime(value: object) -> str:
    return value.isoformat(" ", "minutes")[:16] if isinstance(value, datetime) else str(value)


def _plain(value: object) -> object:
    return value


def _yuan(value: object) -> object:
    return value / 100 if isinstance(value, int) else value


def _wan_number(value: object) -> object:
    return value / 1_000_000 if isinstance(value, int) else value


def _quantity_number(value: object) -> object:
    return value / 1000 if isinstance(value, int) else value


def _as_date(value: object) -> object:
    """A real date for ISO text, so that a workbook can sort and calculate with it."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value
    return _date(day) if isinstance(day, date) and day.year < FIRST_YEAR else day


def _as_datetime(value: object) -> object:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value
    if isinstance(moment, datetime):
        # Workbooks know no zones: the hour on paper is the hour in the cell.
        return _datetime(moment) if moment.year < FIRST_YEAR else moment.replace(tzinfo=None)
    return moment


@dataclass(frozen=True)
class Kind:
    """What a kind of value looks like: on paper as text, in a workbook as a cell with a number format."""

    align: str
    shown: Callable[[object], str]
    cell: Callable[[object], object]
    number_format: str = ""

    def plain(self, value: object) -> str:
        """The text on paper without separators of thousands, for files that are read back."""
        text = self.shown(value)
        return text if isinstance(value, str) else text.replace(",", "")


KINDS = {
    "text": Kind("left", _text, _plain),
    "integer": Kind("right", _integer, _plain, "#,##0"),
    "number": Kind("right", _text, _plain, "General"),
    "money": Kind("right", _money, _yuan, "#,##0.00"),
    "wan": Kind("right", _wan, _wan_number, "#,##0.####"),
    "quantity": Kind("right", _quantity, _quantity_number, "#,##0.###"),
    "percent": Kind("right", _percent, _plain, "0.0%"),
    "score": Kind("right", _score, _plain, "0.00"),
    "date": Kind("center", _date, _as_date, "yyyy-mm-dd"),
    "datetime": Kind("center", _datetime, _as_datetime, "yyyy-mm-dd hh:mm"),
}


@dataclass(frozen=True)
class Column:
    """One column. Without ``width_mm`` the content decides, without ``align`` (left, center, right) the kind.

    Values of kind money and wan are integer 分, quantity integer thousandths, percent is a share of 1, dates are
    dates or ISO text.
    """

    label: str
    width_mm: float | None = None
    align: str = ""
    kind: str = "text"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(self.kind)

    @property
    def alignment(self) -> str:
        return self.align or KINDS[self.kind].align

    def shown(self, value: object) -> str:
        """The text on paper; empty for nothing."""
        return "" if value is None else KINDS[self.kind].shown(value)


@dataclass(frozen=True)
class Origin:
    """Where a document comes from; empty words are left out."""

    office: str = ""
    printed_by: str = ""
    printed_at: str = ""

    @property
    def words(self) -> str:
        """制表人：王建国　2026-11-22 10:20."""
        return "　".join(filter(None, (f"制表人：{self.printed_by}" if self.printed_by else "", self.printed_at)))


NOBODY = Origin()


@dataclass(frozen=True)
class Band:
    """The heading of a group of rows, across all columns; ``level`` 0 is the outer group."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class Table:
    """A titled table. ``rows`` may be a generator: it is read once, in order.

    ``bands`` stand before and ``subtotals`` after the row of their number; on paper only, so that a workbook can be
    sorted and filtered.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    subtitle: str = ""
    totals: Sequence[object] | None = None
    heading_lines: tuple[str, ...] = ()
    bands: Mapping[int, Sequence[Band]] = field(default_factory=dict)
    subtotals: Mapping[int, Sequence[Sequence[object]]] = field(default_factory=dict)

"""Sheets of address labels as they are bought, on A4 paper, and what the clerk chooses for a run."""

from dataclasses import dataclass

from crm_desktop.errors import ReportError
from crm_desktop.reports.correction import A4, Correction, Marks, Sheet
from crm_desktop.reports.envelope_options import ENDINGS, FONT_LABELS

A4_WIDTH, A4_HEIGHT = A4
NEAR, FAR = 25.0, 25.0  # mm of the crosses to measure from the edges of the paper: whole numbers on a ruler
SMALLEST_LABEL = (30.0, 15.0)  # mm; less holds no address in readable type
ROUNDING = 0.51  # mm that a full-bleed sheet may be over
MOST_COPIES = 100


@dataclass(frozen=True)
class LabelSheet:
    """All in mm: the size of one label, where the first begins, and from one label's edge to the next one's."""

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    label: str = "自定义"

    def __post_init__(self) -> None:
        if self.columns < 1 or self.rows < 1 or (self.width, self.height) < SMALLEST_LABEL or self.height < 15:
            raise ReportError("标签至少 30×15 毫米，每张至少一行一列。")
        if min(self.left, self.top) < 0 or self.pitch_x < self.width or self.pitch_y < self.height:
            raise ReportError("标签间距不能小于标签本身，边距不能为负。")
        right = self.left + (self.columns - 1) * self.pitch_x + self.width
        bottom = self.top + (self.rows - 1) * self.pitch_y + self.height
        if right > A4_WIDTH + ROUNDING or bottom > A4_HEIGHT + ROUNDING:
            raise ReportError(f"这些标签要 {right:g}×{bottom:g} 毫米的纸，超出了 A4（210×297 毫米）。")

    @property
    def count(self) -> int:
        """Labels on a sheet."""
        return self.columns * self.rows

    def place(self, number: int) -> tuple[float, float]:
        """Upper left corner in mm of a label, counted from 0 along the rows."""
        row, column = divmod(number, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y


SHEETS = {
    "3x8": LabelSheet(3, 8, 70, 37, 0, 0.5, 70, 37, "24 格满版 70×37"),
    "L7159": LabelSheet(3, 8, 63.5, 33.9, 7.2, 12.9, 66, 33.9, "24 格 63.5×33.9（L7159）"),
    "L7160": LabelSheet(3, 7, 63.5, 38.1, 7.2, 15.1, 66, 38.1, "21 格 63.5×38.1（L7160）"),
    "L7163": LabelSheet(2, 7, 99.1, 38.1, 4.65, 15.1, 101.6, 38.1, "14 格 99.1×38.1（L7163）"),
}
"""Margins of the L numbers are nominal: makers differ by some mm, so the offset is the clerk's to set."""


@dataclass(frozen=True)
class LabelOptions(Correction):
    """``start`` is the first free label of the first sheet, counted from 1; ``copies`` how many each addressee gets.

    ``outlines`` draws the edges of the labels: for plain paper and previews.
    """

    sheet: str = "L7160"
    custom: LabelSheet | None = None
    start: int = 1
    copies: int = 1
    font: str = "kai"
    ending: str = "收"
    include_company: bool = True
    include_phone: bool = False
    outlines: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.custom is None and self.sheet not in SHEETS:
            raise ReportError(f"没有“{self.sheet}”这种标签纸：{'、'.join(SHEETS)}。")
        if not 1 <= self.start <= self.face.count:
            raise ReportError(f"开始的标签应在 1 到 {self.face.count} 之间。")
        if not 1 <= self.copies <= MOST_COPIES:
            raise ReportError(f"份数应在 1 到 {MOST_COPIES} 之间。")
        if self.font not in FONT_LABELS or self.ending not in ("", *ENDINGS):
            raise ReportError("字体或结束语不在可选范围内。")

    @property
    def face(self) -> LabelSheet:
        return self.custom or SHEETS[self.sheet]

    @property
    def paper(self) -> Sheet:
        return Sheet(A4_WIDTH, A4_HEIGHT, self)

    @property
    def marks(self) -> Marks:
        return Marks("标签", "一张 A4 白纸", [(NEAR, NEAR), (A4_WIDTH - FAR, A4_HEIGHT - FAR)])

    def pages(self, addressees: int) -> int:
        """Sheets that a run takes."""
        return -(-(self.start - 1 + addressees * self.copies) // self.face.count)

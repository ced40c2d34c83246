"""What the clerk chooses for a run of envelopes, and whom they go from and to."""

from dataclasses import dataclass

from crm_desktop.errors import ReportError
from crm_desktop.reports.correction import Correction, Marks, Sheet
from crm_desktop.reports.envelope_sizes import GEOMETRIES, SIZE_LABELS, STATIONERY_LABELS, Geometry, stationeries

ENDINGS = ("收", "亲启", "（收）", "启")
FONT_LABELS = {"kai": "楷体（霞鹜文楷）", "sans": "黑体（思源黑体）"}
FEED_LABELS = {
    "": "信封纸（按信封实际尺寸）",
    "left": "A4 手动进纸，信封靠左",
    "center": "A4 手动进纸，信封居中",
    "right": "A4 手动进纸，信封靠右",
}
ROTATIONS = (0, 90, 180, 270)
FAR = 25.0  # mm of the far cross from the right and the lower edge: whole numbers on a ruler


@dataclass(frozen=True)
class Recipient:
    """One letter's addressee. ``label`` names the record in warnings; empty texts are what is not known.

    ``company`` is empty for a private person. ``position_is_title`` says that the position may stand on an
    envelope (总经理 may, 采购员 may not). ``gender`` is 男, 女 or anything else. ``record`` comes back in problems.
    The English texts and ``country`` (as the office calls it) are for letters abroad.
    """

    label: str
    postcode: str = ""
    address: str = ""
    company: str = ""
    department: str = ""
    name: str = ""
    honorific: str = ""
    position: str = ""
    position_is_title: bool = False
    gender: str = ""
    phone: str = ""
    record: int = 0
    english_name: str = ""
    english_company: str = ""
    english_address: str = ""
    country: str = ""


@dataclass(frozen=True)
class Sender:
    name: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    english_name: str = ""
    english_address: str = ""


@dataclass(frozen=True)
class EnvelopeOptions(Correction):
    """How the envelopes of one run are printed.

    ``art`` also draws what stationery has preprinted (red boxes, stamp frame, words): for plain paper and
    previews. ``rotation`` turns the page clockwise. ``feed`` other than "" lays the envelope on an A4 sheet.
    ``geometry`` replaces the built-in measures of ``size``.
    """

    size: str = "DL"
    stationery: str = "2003"
    ending: str = "收"
    art: bool = False
    include_company: bool = True
    include_phone: bool = False
    sender: bool = True
    font: str = "kai"
    rotation: int = 0
    feed: str = ""
    geometry: Geometry | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        allowed = (
            (self.size, GEOMETRIES, "信封规格"),
            (self.stationery, STATIONERY_LABELS, "信封样式"),
            (self.font, FONT_LABELS, "字体"),
            (self.feed, FEED_LABELS, "进纸方式"),
            (self.rotation, ROTATIONS, "旋转角度"),
            (self.ending, ("", *ENDINGS), "结束语"),
        )
        for value, choices, label in allowed:
            if value not in choices:
                listed = "、".join(str(choice) for choice in choices)
                raise ReportError(f"{label}“{value}”不在可选范围内：{listed}。")
        if self.stationery not in stationeries(self.size):
            possible = "、".join(STATIONERY_LABELS[each] for each in stationeries(self.size))
            raise ReportError(f"{SIZE_LABELS[self.size]}只有{possible}。")

    @property
    def face(self) -> Geometry:
        return self.geometry or GEOMETRIES[self.size]

    @property
    def paper(self) -> Sheet:
        return Sheet(self.face.width, self.face.height, self, self.rotation, self.feed)

    @property
    def marks(self) -> Marks:
        """Where the boxes are, and a cross far from them."""
        face = self.face
        far = face.width - FAR, face.height - FAR
        return Marks(f"信封 {self.size}", "同样大小的白纸或旧信封", [*face.box_centres, far])

"""Where things stand on an envelope: the sizes of GB/T 1416 as data in mm, every position editable.

Sizes, the machine-reading zone, the barcode zone and the sender's 20 mm come from the standard. Positions of
boxes, stamp and preprinted words differ between makers and are this program's defaults: measure the
stationery, then ``dataclasses.replace(GEOMETRIES["DL"], box_left=12.5)``.
"""

from dataclasses import dataclass, field

SIZE_LABELS = {
    "DL": "5号（DL）220×110",
    "ZL": "6号（ZL）230×120",
    "C5": "7号（C5）229×162",
    "C4": "9号（C4）324×229",
    "B6": "3号（B6）176×125",
    "C6": "国际（C6）162×114",
}
"""As clerks buy them, with their mm; the usual one first."""
# GB/T 1416-2003 leaves the room for the address empty, GB/T 1416-2021 prints 地址, 收件人, 电话 into it.
DOMESTIC, PRINTED, INTERNATIONAL = "2003", "2021", "international"
STATIONERY_LABELS = {
    DOMESTIC: "2003 版（名址区空白）",
    PRINTED: "2021 版（印有栏目）",
    INTERNATIONAL: "国际信封（英文）",
}
ONLY_ABROAD, ONLY_AT_HOME = ("C6",), ("ZL",)
"""GB/T 1416: C6 is for letters abroad, ZL for those at home; the others serve both."""
RED = "#d22630"  # PANTONE 1795C, the red the standard asks for


BOXES, ADDRESSEE, SENDER, STAMP, ZONES, WORDS = "邮编框", "收件人", "寄件人", "邮票", "空白区", "2021 版印刷字"
GROUPS = (BOXES, ADDRESSEE, SENDER, STAMP, ZONES, WORDS)
"""The measures as their editor groups them."""
POINTS, WIDTH, HEIGHT = "磅", "width", "height"


def _at(label: str, default: float, group: str, of: str = "") -> float:
    """A measure in mm; ``of`` makes it points of type, or a share of the envelope's ``width`` or ``height``."""
    measure: float = field(default=default, metadata={"label": label, "group": group, "of": of})
    return measure


@dataclass(frozen=True, kw_only=True)
class Geometry:
    """One kind of envelope, in mm from the top left unless a label says otherwise; type sizes in pt."""

    width: float = field(metadata={"label": "信封宽"})
    height: float = field(metadata={"label": "信封高"})
    name_size: float = _at("收件人字号", 21, ADDRESSEE, POINTS)
    address_size: float = _at("地址最大字号", 15, ADDRESSEE, POINTS)
    sender_size: float = _at("字号", 10.5, SENDER, POINTS)
    box_left: float = _at("第一个框左边", 12, BOXES)
    box_top: float = _at("框上边", 10, BOXES)
    box_width: float = _at("框宽", 8, BOXES)
    box_height: float = _at("框高", 10, BOXES)
    box_pitch: float = _at("左边到左边", 10, BOXES)
    digit_size: float = _at("数字字号", 19, BOXES, POINTS)
    stamp_right: float = _at("框距右边", 10, STAMP)
    stamp_top: float = _at("框上边", 10, STAMP)
    stamp_width: float = _at("框宽", 22, STAMP)
    stamp_height: float = _at("框高", 26, STAMP)
    reading_width: float = _at("机读区宽（距左边）", 90, ZONES)
    reading_height: float = _at("机读区高（距上边）", 26, ZONES)
    barcode_far: float = _at("条码区远端距右边", 160, ZONES)
    barcode_near: float = _at("条码区近端距右边", 55, ZONES)
    barcode_height: float = _at("条码区高（距下边）", 20, ZONES)
    address_left: float = _at("地址左边", 0.17, ADDRESSEE, WIDTH)
    address_middle: float = _at("地址首行中线", 0.298, ADDRESSEE, HEIGHT)
    name_baseline: float = _at("收件人基线", 0.535, ADDRESSEE, HEIGHT)
    side_margin: float = _at("左右最小边距", 12, ADDRESSEE)
    sender_baseline: float = _at("末行基线距下边", 21.5, SENDER)
    postcode_baseline: float = _at("邮编基线距下边", 8, SENDER)
    label_left: float = _at("印刷字左边", 0.1, WORDS, WIDTH)
    line_left: float = _at("横线左边", 0.19, WORDS, WIDTH)
    line_right: float = _at("横线右边", 0.805, WORDS, WIDTH)
    first_line: float = _at("第一条横线", 0.39, WORDS, HEIGHT)
    line_pitch: float = _at("横线间距", 0.108, WORDS, HEIGHT)
    name_right: float = _at("收件人横线右边", 0.45, WORDS, WIDTH)
    phone_left: float = _at("电话横线左边", 0.61, WORDS, WIDTH)

    @property
    def box_centres(self) -> list[tuple[float, float]]:
        middle = self.box_top + self.box_height / 2
        return [(self.box_left + self.box_pitch * n + self.box_width / 2, middle) for n in range(6)]

    @property
    def stamp_left(self) -> float:
        return self.width - self.stamp_right - self.stamp_width

    @property
    def stamp_bottom(self) -> float:
        return self.stamp_top + self.stamp_height


GEOMETRIES = {
    "B6": Geometry(width=176, height=125),
    "DL": Geometry(width=220, height=110),
    "ZL": Geometry(width=230, height=120),
    "C5": Geometry(width=229, height=162, name_size=24, address_size=16),
    "C4": Geometry(width=324, height=229, name_size=28, address_size=20, sender_size=12),
    "C6": Geometry(width=162, height=114, address_size=13, sender_size=9),
}


def stationeries(size: str) -> list[str]:
    """The kinds of stationery there are of a size, the usual one first."""
    if size in ONLY_ABROAD:
        return [INTERNATIONAL]
    return [DOMESTIC, PRINTED, *([] if size in ONLY_AT_HOME else [INTERNATIONAL])]

"""The measures of an envelope as a person edits them: all in mm or points, checked against each other."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from crm_desktop.errors import ValidationError
from crm_desktop.reports.envelope_fit import SMALLEST
from crm_desktop.reports.envelope_sizes import GEOMETRIES, POINTS, Geometry

LARGEST_TYPE = 48.0  # pt
READABLE_EDGE = 4.0  # mm that printers cannot reach


@dataclass(frozen=True)
class Measure:
    """One of ``Geometry``: its label, group and unit on screen, and what of the envelope a stored share is of."""

    name: str
    label: str
    group: str
    of: str

    @property
    def unit(self) -> str:
        return POINTS if self.of == POINTS else "毫米"

    def shown(self, face: Geometry) -> float:
        """In mm or points."""
        value: float = getattr(face, self.name)
        return round(value * self._whole(face), 2)

    def stored(self, face: Geometry, typed: float) -> float:
        """What ``Geometry`` keeps of mm or points."""
        return typed / self._whole(face)

    def _whole(self, face: Geometry) -> float:
        return 1.0 if self.of in ("", POINTS) else float(getattr(face, self.of))


MEASURES = tuple(
    Measure(each.name, each.metadata["label"], each.metadata["group"], each.metadata["of"])
    for each in fields(Geometry)
    if "group" in each.metadata
)
BY_NAME = {each.name: each for each in MEASURES}
Changed = Mapping[str, float]
"""Name → mm or points, of the measures that differ from those the program comes with."""


def changed_geometry(size: str, changed: Changed) -> Geometry:
    """A size with other measures; ValidationError names each that cannot be."""
    face = GEOMETRIES[size]
    face = replace(face, **{name: BY_NAME[name].stored(face, typed) for name, typed in changed.items()})
    errors = dict(_faults(face))
    if errors:
        raise ValidationError(errors)
    return face


def doubts(face: Geometry) -> str:
    """What the post would not like or a printer could not do; what was bought may be so all the same."""
    boxes_end = face.box_left + 5 * face.box_pitch + face.box_width
    if boxes_end > face.reading_width or face.box_top + face.box_height > face.reading_height:
        return f"邮编框出了机读区（左 {face.reading_width:g}、上 {face.reading_height:g} 毫米以内），请核对。"
    if min(face.box_left, face.box_top) < READABLE_EDGE:
        return f"邮编框离纸边不足 {READABLE_EDGE:g} 毫米，多数打印机印不到。"
    return ""


def measures_of(face: Geometry) -> dict[str, float]:
    """All measures in mm or points."""
    return {each.name: each.shown(face) for each in MEASURES}


def _faults(face: Geometry) -> dict[str, str]:
    """Name → why it cannot be, by the rules of the post and of paper."""
    errors = {}
    for each in MEASURES:
        value = each.shown(face)
        if each.of == POINTS:
            if not SMALLEST <= value <= LARGEST_TYPE:
                errors[each.name] = f"应在 {SMALLEST:g} 到 {LARGEST_TYPE:g} 磅之间。"
        elif not 0 <= value <= max(face.width, face.height):
            errors[each.name] = f"信封只有 {face.width:g}×{face.height:g} 毫米。"
    return errors or _out_of_place(face)


def _out_of_place(face: Geometry) -> dict[str, str]:
    errors = {}
    boxes_end = face.box_left + 5 * face.box_pitch + face.box_width
    if face.box_pitch < face.box_width:
        errors["box_pitch"] = "比框还窄，框会重叠。"
    if face.stamp_left < boxes_end or face.stamp_bottom > face.height:
        errors["stamp_width"] = "邮票框与邮编框重叠，或出了信封。"
    if face.height - face.sender_baseline < face.stamp_bottom:
        errors["sender_baseline"] = "寄件人进了邮票框的高度，请离下边近一些。"
    if face.barcode_near > face.barcode_far:
        errors["barcode_near"] = "近端应比远端离右边近。"
    if not face.label_left < face.line_left < face.name_right < face.phone_left < face.line_right:
        errors["line_left"] = "从左到右应是：印刷字、横线、收件人横线右边、电话横线左边、横线右边。"
    return errors



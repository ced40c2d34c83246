"""What two measured crosses say about a printer, and that the ink is right afterwards."""

from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from crm_desktop.errors import ReportError, ValidationError
from crm_desktop.reports import EnvelopeOptions
from crm_desktop.reports.calibration import Measured, calibration, corrected, crosses
from crm_desktop.reports.envelope_sizes import GEOMETRIES, stationeries

MM = 72 / 25.4
DOTS = 20
"""A mm in the pictures."""
KINDS = st.sampled_from([EnvelopeOptions(size=size, stationery=stationeries(size)[0]) for size in GEOMETRIES])


def printed(options: EnvelopeOptions, stretch: tuple[float, float], shift: tuple[float, float]) -> Measured:
    """Where a printer that is off puts the crosses of a page made with these options."""
    wanted = crosses(options)
    x = [stretch[0] * (options.scale_x * each + options.offset_x_mm) + shift[0] for each in (wanted.near_x, wanted.far_x)]
    y = [stretch[1] * (options.scale_y * each + options.offset_y_mm) + shift[1] for each in (wanted.near_y, wanted.far_y)]
    return Measured(x[0], y[0], x[1], y[1])


STRETCHES = st.floats(0.985, 1.015)
SHIFTS = st.floats(-12, 12)
PAIRS = st.tuples


@settings(derandomize=True, deadline=None, max_examples=300)
@given(KINDS, PAIRS(STRETCHES, STRETCHES), PAIRS(SHIFTS, SHIFTS), PAIRS(STRETCHES, STRETCHES), PAIRS(SHIFTS, SHIFTS))
def test_after_correcting_the_crosses_are_where_they_should_be(kind, stretch, shift, scale_in_use, offset_in_use):
    in_use = replace(kind, scale_x=scale_in_use[0], scale_y=scale_in_use[1], offset_x_mm=offset_in_use[0], offset_y_mm=offset_in_use[1])
    found = corrected(in_use, printed(in_use, stretch, shift))
    again, wanted = printed(found, stretch, shift), crosses(kind)
    for name in ("near_x", "near_y", "far_x", "far_y"):
        assert getattr(again, name) == pytest.approx(getattr(wanted, name), abs=0.05)


def test_a_printer_that_is_right_changes_nothing():
    options = EnvelopeOptions(size="C5")
    assert corrected(options, crosses(options)) == options


@pytest.mark.parametrize(
    ("change", "field"),
    [({"far_x": 190}, "far_x"), ({"far_y": 95}, "far_y"), ({"far_x": 3}, "far_x"), ({"near_y": 90, "far_y": 160}, "near_y"),
     ({"near_x": 60, "far_x": 240}, "near_x")],
)  # fmt: skip
def test_what_cannot_have_been_measured_is_refused_at_its_field(change, field):
    options = EnvelopeOptions()
    with pytest.raises(ValidationError) as refused:
        corrected(options, replace(crosses(options), **change))
    assert list(refused.value.fields) == [field]


def sheet(options: EnvelopeOptions, stretch: float, right: float, down: float) -> Image.Image:
    """The page of a printer that stretches and shifts what it is sent: black ink on white."""
    pdf = pypdfium2.PdfDocument(calibration(options).to_bytes())
    picture = pdf[0].render(scale=DOTS / MM, grayscale=True).to_pil()
    pdf.close()
    inverse = (1 / stretch, 0, -right * DOTS / stretch, 0, 1 / stretch, -down * DOTS / stretch)
    return picture.transform(picture.size, Image.Transform.AFFINE, inverse, Image.Resampling.BILINEAR, fillcolor=255)


def middle(picture: Image.Image, x: float, y: float) -> tuple[float, float]:
    """Where the cross near a place is, in mm: the row and the column with most ink within 3 mm."""
    left, top = round((x - 3) * DOTS), round((y - 3) * DOTS)
    part = picture.crop((left, top, round((x + 3) * DOTS), round((y + 3) * DOTS))).point(lambda grey: 255 - grey)
    columns = list(part.resize((part.width, 1), Image.Resampling.BOX).tobytes())
    rows = list(part.resize((1, part.height), Image.Resampling.BOX).tobytes())
    return tuple(start / DOTS + (each.index(max(each)) + 0.5) / DOTS for start, each in ((left, columns), (top, rows)))


@pytest.mark.parametrize("size", ["DL", "C5"])
def test_the_ink_is_within_two_tenths_of_a_millimetre_after_measuring(size):
    options, error = EnvelopeOptions(size=size), (1.006, 1.3, -0.8)
    wanted = crosses(options)
    off = sheet(options, *error)
    near = middle(off, wanted.near_x + 1.4, wanted.near_y - 0.7)
    far = middle(off, wanted.far_x * 1.006 + 1.3, wanted.far_y * 1.006 - 0.8)
    assert near[0] > wanted.near_x + 1 and far[0] > wanted.far_x + 2
    mended = sheet(corrected(options, Measured(*near, *far)), *error)
    for x, y in ((wanted.near_x, wanted.near_y), (wanted.far_x, wanted.far_y), options.face.box_centres[5]):
        assert middle(mended, x, y) == pytest.approx((x, y), abs=0.2)


@pytest.mark.parametrize("scale", [0.979, 1.021, float("nan")])
def test_a_scale_is_at_most_two_per_cent(scale):
    with pytest.raises(ReportError, match="缩放"):
        EnvelopeOptions(scale_x=scale)
    assert EnvelopeOptions(scale_y=1.02).scale_y == 1.02


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("feed", ["", "center"])
def test_the_scale_begins_at_the_upper_left_corner_however_it_is_fed(pages, recipient, rotation, feed):
    from crm_desktop.reports.envelope import envelopes

    def corners(**values):
        options = EnvelopeOptions(rotation=rotation, feed=feed, include_company=False, **values)
        (page,) = pages(envelopes([recipient], None, options))
        digits = [box for box in page.boxes() if box[0] in "310012"][:6]
        return [((left + right) / 2, (top + bottom) / 2) for _, left, top, right, bottom in digits]

    plain, wide = corners(), corners(scale_x=1.02)
    moved = [((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5 for a, b in zip(plain, wide, strict=True)]
    assert sorted(moved) == pytest.approx([0.02 * (16 + 10 * number) for number in range(6)], abs=0.06)

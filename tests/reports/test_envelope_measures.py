"""Where things stand on an envelope can be changed in mm, and what cannot be is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.errors import ValidationError
from crm_desktop.reports import EnvelopeOptions
from crm_desktop.reports.envelope import envelopes, example
from crm_desktop.reports.envelope_measures import MEASURES, changed_geometry, doubts, measures_of
from crm_desktop.reports.envelope_sizes import GEOMETRIES, GROUPS, stationeries

SIZES = sorted(GEOMETRIES)


@pytest.mark.parametrize("size", SIZES)
def test_the_measures_a_size_comes_with_can_all_be(size):
    face = GEOMETRIES[size]
    assert changed_geometry(size, {}) == face
    again = changed_geometry(size, measures_of(face))
    assert measures_of(again) == measures_of(face)
    assert {each.group for each in MEASURES} == set(GROUPS)


def test_ink_goes_where_the_measures_say(pages, recipient, sender):
    changed = {"box_left": 13.5, "box_top": 11, "name_baseline": 62, "sender_size": 9}
    face = changed_geometry("DL", changed)
    page = pages(envelopes([recipient], sender, EnvelopeOptions(geometry=face)))[0]
    boxes = page.boxes()
    digits = sorted((box for box in boxes if box[4] < 27), key=lambda box: box[1])
    assert [(left + right) / 2 for _, left, _, right, _ in digits] == pytest.approx([17.5 + 10 * n for n in range(6)], abs=0.05)
    assert (digits[0][2] + digits[0][4]) / 2 == pytest.approx(16, abs=0.05)
    wang = next(box for box in boxes if box[0] == "王")
    assert wang[4] == pytest.approx(62, abs=0.7)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"box_pitch": 7}, "box_pitch"),
        ({"stamp_width": 160}, "stamp_width"), ({"sender_baseline": 90}, "sender_baseline"),
        ({"name_size": 8}, "name_size"), ({"name_size": 60}, "name_size"), ({"address_left": 500}, "address_left"),
        ({"barcode_near": 170}, "barcode_near"), ({"line_left": 150}, "line_left"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named(changed, field):
    with pytest.raises(ValidationError) as refused:
        changed_geometry("DL", changed)
    assert list(refused.value.fields) == [field]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.sampled_from(SIZES), st.dictionaries(st.sampled_from([each.name for each in MEASURES]), st.floats(0, 60), max_size=5), st.data())
def test_whatever_is_accepted_can_be_drawn(size, changed, data):
    try:
        face = changed_geometry(size, changed)
    except ValidationError as error:
        assert error.fields and all(sentence.endswith("。") for sentence in error.fields.values())
        return
    stationery = data.draw(st.sampled_from(stationeries(size)))
    assert example(EnvelopeOptions(size=size, stationery=stationery, geometry=face), None).pages == 1


@pytest.mark.parametrize(("changed", "words"), [({}, ""), ({"box_left": 60}, "机读区"), ({"box_top": 18}, "机读区"), ({"box_left": 2}, "印不到")])
def test_what_the_post_would_not_like_is_told_and_accepted(changed, words):
    found = doubts(changed_geometry("DL", changed))
    assert words in found and bool(found) == bool(words)

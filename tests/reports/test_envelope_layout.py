"""Whatever the records hold, nothing leaves the envelope, no type is too small and no number is split."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.reports import EnvelopeOptions, Recipient, Sender
from crm_desktop.reports.envelope_faces import layout_for
from crm_desktop.reports.envelope_options import ENDINGS
from crm_desktop.reports.envelope_sizes import DOMESTIC, GEOMETRIES, PRINTED, stationeries
from crm_desktop.reports.fonts import width

MM = 72 / 25.4
PIECES = st.sampled_from(
    ["长春市", "内蒙古自治区", "人民大街", "1606室", "A座", "3号楼", "有限公司", "（北京）", "，", "鄂温克",
     "𠮷𬭎", "12-3", "Bosch", " ", "01085123456", "\ue001", "\u200b", "\n"]
)  # fmt: skip


def texts(most: int) -> st.SearchStrategy[str]:
    return st.lists(PIECES, max_size=most).map("".join)


RECIPIENTS = st.builds(
    Recipient, label=st.just("x"), postcode=st.sampled_from(["", "130000", "13", "１３００００"]),
    address=texts(40), company=texts(20), department=texts(4), name=texts(6), honorific=texts(2),
    position=texts(3), position_is_title=st.booleans(), gender=st.sampled_from(["男", "女", ""]),
    phone=texts(4),
)  # fmt: skip
SENDERS = st.builds(
    Sender, name=texts(10), address=texts(15), postcode=st.sampled_from(["", "130000"]), phone=texts(3)
)
AT_HOME = [size for size in sorted(GEOMETRIES) if DOMESTIC in stationeries(size)]
OPTIONS = st.builds(
    EnvelopeOptions, size=st.sampled_from(AT_HOME), stationery=st.sampled_from([DOMESTIC, PRINTED]),
    ending=st.sampled_from(ENDINGS), include_company=st.booleans(), include_phone=st.booleans(),
    sender=st.booleans(), font=st.sampled_from(["kai", "sans"]),
)  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=400)
@given(RECIPIENTS, SENDERS, OPTIONS)
def test_every_line_stays_in_its_place(recipient, sender, options):
    layout = layout_for(options, sender)
    placed, _ = layout.envelope(recipient)
    face = options.face
    for line in placed + layout.sender:
        right = line.x + (width(line.text, line.font, line.size) + line.spacing * (len(line.text) - 1)) / MM
        em = line.size / MM
        assert line.size >= 9
        assert line.x >= 8 and right <= face.width - 8
        assert line.y - em * 0.8 >= 8 and line.y + em * 0.1 <= face.height - 5
        is_digit = line.size == face.digit_size and line.text.isdigit()
        assert is_digit or line.x >= 90 or line.y - em * 0.8 >= face.reading_height
        in_barcode = right > face.width - 160 and line.x < face.width - 55
        assert not in_barcode or line.y + em * 0.1 <= face.height - 20


@settings(derandomize=True, deadline=None, max_examples=400)
@given(RECIPIENTS, SENDERS, OPTIONS)
def test_lines_do_not_run_into_each_other(recipient, sender, options):
    layout = layout_for(options, sender)
    placed, _ = layout.envelope(recipient)
    lines = sorted(placed + layout.sender, key=lambda line: line.y)
    for upper, lower in pairwise(lines):
        if lower.y - upper.y > 0.01:  # not on one line
            ends = [line.x + width(line.text, line.font, line.size) / MM for line in (upper, lower)]
            if upper.x < ends[1] and lower.x < ends[0]:
                assert lower.y - upper.y >= 0.8 * lower.size / MM


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.integers(20, 500), st.integers(0, 80), SENDERS, OPTIONS)
def test_addressee_stays_above_the_sender(characters, company, sender, options):
    recipient = Recipient("x", "130000", "长春市" * (characters // 3), "宏达" * (company // 2), "", "王建国", phone="138")
    layout = layout_for(options, sender)
    placed, _ = layout.envelope(recipient)
    highest = min((line.y - 0.8 * line.size / MM for line in layout.sender), default=options.face.height)
    assert max(line.y + 0.1 * line.size / MM for line in placed) < highest


@settings(derandomize=True, deadline=None, max_examples=200)
@given(texts(25), OPTIONS)
def test_numbers_of_an_address_stay_whole(address, options):
    clean = "".join(char for char in address if char not in "\u200b\ue001")
    placed, problems = layout_for(options, None).envelope(Recipient("x", "130000", clean, "", "", "王建国"))
    found = [run for line in placed[6:] for run in re.findall(r"[0-9A-Za-z-]+", line.text)]
    wanted = re.findall(r"[0-9A-Za-z-]+", clean)
    too_long = any(width(run, "LXGWWenKai", 9) / MM > 80 for run in wanted)
    if not too_long and not any("省略" in problem for problem in problems):
        assert found == wanted

"""Drawing envelopes: one page each at true size, or laid on an A4 sheet for manual feeding."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crm_desktop.errors import ReportError
from crm_desktop.reports.document import Cancelled, Document, OnProgress, Problem, watched
from crm_desktop.reports.envelope_faces import layout_for
from crm_desktop.reports.envelope_fit import Placed
from crm_desktop.reports.envelope_layout import (
    LINE_LIFT,
    POSTCODE_SIZE,
    POSTCODE_WORD,
    SENDER_LABEL,
)
from crm_desktop.reports.envelope_options import EnvelopeOptions, Recipient, Sender
from crm_desktop.reports.envelope_sizes import INTERNATIONAL, PRINTED, RED, Geometry
from crm_desktop.reports.fonts import KAI, width
from crm_desktop.reports.pdf import BLACK, MM, Pdf

GREY = "#999999"
WORD_SIZE = 12.0  # 小四, as the standard asks for the preprinted words
STATIC = "static"  # the form with everything that all envelopes of a run share


def envelopes(
    recipients: Sequence[Recipient],
    sender: Sender | None,
    options: EnvelopeOptions,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
) -> Document:
    """One page for each recipient, drawn as far as possible; ``warnings`` says who lacks what."""
    if not recipients:
        raise ReportError("没有要打印的信封：请先选择客户或联系人。")
    layout, sheet = layout_for(options, sender), options.paper
    pdf = Pdf(f"客户信封（{options.size}）")
    with pdf.form(STATIC, options.face.width, options.face.height):
        if options.art:
            _draw_art(pdf, options.face, options.stationery)
        pdf.color(BLACK)
        _draw(pdf, layout.sender)
    warnings = [Problem(SENDER_LABEL, problem) for problem in layout.sender_problems]
    for recipient in watched(recipients, len(recipients), on_progress, cancelled):
        placed, problems = layout.envelope(recipient)
        sheet.start(pdf)
        pdf.stamp(STATIC)
        _draw(pdf, placed)
        pdf.end_page()
        warnings += [Problem(recipient.label, problem, recipient.record) for problem in problems]
    return pdf.finish(warnings)


def preflight(
    recipients: Iterable[Recipient],
    options: EnvelopeOptions,
    sender: Sender | None = None,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
) -> list[Problem]:
    """The warnings ``envelopes`` would give, without drawing."""
    layout = layout_for(options, sender)
    problems = [Problem(SENDER_LABEL, problem) for problem in layout.sender_problems]
    for recipient in watched(recipients, 0, on_progress, cancelled):
        found = layout.envelope(recipient)[1]
        problems += [Problem(recipient.label, problem, recipient.record) for problem in found]
    return problems


def stationery(options: EnvelopeOptions) -> Document:
    """The envelope as it is bought, on the paper it is fed with: what a preview lays under the text."""
    bought = replace(options, art=True, sender=False, offset_x_mm=0, offset_y_mm=0, scale_x=1, scale_y=1)
    return envelopes([Recipient("")], None, bought)


EXAMPLE = Recipient(
    "样张", "310012", "浙江省杭州市西湖区文三路478号华星时代广场A座1606室", "杭州明德精密仪器有限公司", "市场部",
    "王建国", gender="男", phone="13800000000", english_name="Wang Jianguo", country="中国",
    english_company="Mingde Instruments Co., Ltd.", english_address="Suite 1606, 478 Wensan Road, Hangzhou",
)  # fmt: skip


def example(options: EnvelopeOptions, sender: Sender | None) -> Document:
    """An upright envelope as bought with everything that can be printed on it."""
    upright = replace(
        options, art=True, sender=True, include_phone=True, offset_x_mm=0, offset_y_mm=0, scale_x=1, scale_y=1,
        rotation=0, feed="",
    )  # fmt: skip
    return envelopes([EXAMPLE], sender, upright)


def _draw(pdf: Pdf, lines: Sequence[Placed]) -> None:
    for line in lines:
        pdf.text(*line)


def _draw_art(pdf: Pdf, face: Geometry, stationery: str) -> None:
    """What the maker has printed: stamp frame, at home red boxes and, since 2021, the field names."""
    pdf.color(RED)
    pdf.line_width(0.3)
    for x, y in face.box_centres if stationery != INTERNATIONAL else ():
        pdf.rectangle(x - face.box_width / 2, y - face.box_height / 2, face.box_width, face.box_height)
    pdf.line_width(0.2)
    pdf.rectangle(face.stamp_left, face.stamp_top, face.stamp_width, face.stamp_height)
    middle = face.stamp_left + face.stamp_width / 2
    for row, words in enumerate(("贴邮", "票处")):
        for column, char in enumerate(words):
            _red_words(pdf, middle - 4.8 + 5.3 * column, face.stamp_top + 12 + 5.3 * row, char)
    if stationery == PRINTED:
        _draw_field_names(pdf, face)


def _draw_field_names(pdf: Pdf, face: Geometry) -> None:
    names, left = face.width * face.label_left, face.width * face.line_left
    right = face.width * face.line_right
    name_right, phone_left = face.width * face.name_right, face.width * face.phone_left
    lines = [face.height * (face.first_line + n * face.line_pitch) for n in range(3)]
    phone = "电话（选填）："
    _red_words(pdf, names, lines[0] - LINE_LIFT, "地　址：")
    _red_words(pdf, names, lines[2] - LINE_LIFT, "收件人：")
    _red_words(pdf, phone_left - 1 - width(phone, KAI, WORD_SIZE) / MM, lines[2] - LINE_LIFT, phone)
    postcode = width(f"{POSTCODE_WORD}　000000", KAI, POSTCODE_SIZE) / MM
    x = face.width - face.side_margin - postcode
    _red_words(pdf, x, face.height - face.postcode_baseline, POSTCODE_WORD)
    pdf.color(GREY)
    pdf.line_width(0.15)
    for start, end, y in ((left, right, 0), (left, right, 1), (left, name_right, 2), (phone_left, right, 2)):
        pdf.line(start, lines[y], end, lines[y])


def _red_words(pdf: Pdf, x: float, y: float, text: str) -> None:
    pdf.text(x, y, text, KAI, WORD_SIZE)

"""Drawing address labels: as many to a sheet as it has, from the first that is still free."""

from collections.abc import Iterator, Sequence

from crm_desktop.errors import ReportError
from crm_desktop.reports.document import Cancelled, Document, OnProgress, Problem, watched
from crm_desktop.reports.envelope_fit import ASCENT, Fit, Placed, fit, height, name_block
from crm_desktop.reports.envelope_layout import unknown_characters
from crm_desktop.reports.envelope_options import EnvelopeOptions, Recipient
from crm_desktop.reports.envelope_wording import Wording, wording
from crm_desktop.reports.fonts import KAI, SANS, advances
from crm_desktop.reports.label_sheets import LabelOptions
from crm_desktop.reports.linebreak import Paragraph
from crm_desktop.reports.pdf import BLACK, Pdf

PADDING = 3.5  # mm: printers cannot reach the outer 4 mm of a full-bleed sheet
NAME_GAP = 1.2  # mm between the address and the name
BASE_SHARE = 0.3  # of the label's height, in pt a mm: type that fills a label without crowding it
LARGEST, SMALLEST = 12.0, 9.0
NAME_MORE = 1.5  # pt that the name is larger
GREY = "#999999"
CUT = "标签上印不下，末尾已省略。"


def labels(
    recipients: Sequence[Recipient],
    options: LabelOptions,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
) -> Document:
    """A4 sheets with a label for each recipient and copy; ``warnings`` says who lacks what."""
    if not recipients:
        raise ReportError("没有要打印的标签：请先选择客户或联系人。")
    pdf, layout = Pdf(f"地址标签（{options.face.label}）"), LabelLayout(options)
    warnings: list[Problem] = []
    place, is_open = options.start - 1, False
    for recipient in watched(recipients, len(recipients), on_progress, cancelled):
        placed, problems = layout.label(recipient)
        warnings += [Problem(recipient.label, problem, recipient.record) for problem in problems]
        for _ in range(options.copies):
            if not is_open:
                _start_sheet(pdf, options)
                is_open = True
            _draw(pdf, placed, *options.face.place(place))
            place += 1
            if place == options.face.count:
                pdf.end_page()
                place, is_open = 0, False
    if is_open:
        pdf.end_page()
    return pdf.finish(warnings)


class LabelLayout:
    """Places the texts of one label, in mm from its upper left corner."""

    def __init__(self, options: LabelOptions) -> None:
        self.options, face = options, options.face
        self.font = KAI if options.font == "kai" else SANS
        self.advance = advances(self.font)
        self.width, self.height = face.width - 2 * PADDING, face.height - 2 * PADDING
        self.size = min(LARGEST, max(SMALLEST, round(face.height * BASE_SHARE * 2) / 2))
        self.words = EnvelopeOptions(
            ending=options.ending, include_company=options.include_company, include_phone=options.include_phone
        )

    def label(self, recipient: Recipient) -> tuple[list[Placed], list[str]]:
        """Postcode, address and company from the top, the name with what follows it at the foot."""
        words = wording(recipient, self.words)
        tail = [text for text in (words.title, self.options.ending) if text]
        base = min(LARGEST + NAME_MORE, self.size + NAME_MORE)
        name = name_block(words.main, tail, self.width, base, self.advance)
        above = ASCENT * name.size / 72 * 25.4 + NAME_GAP if name.rows else 0.0
        room = self.height - name.below - above
        paragraphs = [Paragraph(text, self.advance) for text in _lines(words)]
        block = fit(paragraphs, self.width, room, self.size) if paragraphs else Fit(self.size, [], True)
        baseline = PADDING + self.height - name.below
        placed = block.placed(PADDING, PADDING, self.font)
        placed += name.placed(PADDING, self.width, baseline, self.font)
        is_cut = not (block.complete and name.complete) or height(len(block.lines), block.size) > room
        texts = words.postcode + words.address + words.company + words.main + words.title + words.phone
        problems = [problem.replace("，方框留空", "") for problem in words.problems]
        return placed, problems + ([CUT] if is_cut else []) + unknown_characters(texts)


def _lines(words: Wording) -> Iterator[str]:
    yield from (text for text in (words.postcode, words.address, words.company) if text)
    if words.phone:
        yield f"电话：{words.phone}"


def _start_sheet(pdf: Pdf, options: LabelOptions) -> None:
    options.paper.start(pdf)
    if options.outlines:
        pdf.color(GREY)
        pdf.line_width(0.1)
        for number in range(options.face.count):
            pdf.rectangle(*options.face.place(number), options.face.width, options.face.height)
        pdf.color(BLACK)


def _draw(pdf: Pdf, placed: Sequence[Placed], left: float, top: float) -> None:
    for each in placed:
        pdf.text(left + each.x, top + each.y, each.text, each.font, each.size, each.spacing)

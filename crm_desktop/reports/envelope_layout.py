"""Placing the texts of a letter on an envelope face; nothing is drawn here."""

from crm_desktop.reports.envelope_fit import (
    ASCENT,
    LEADING,
    MIDDLE,
    MOST_LINES,
    SMALLEST,
    STEP,
    Fit,
    Placed,
    fit,
    height,
    name_block,
)
from crm_desktop.reports.envelope_options import EnvelopeOptions, Recipient, Sender
from crm_desktop.reports.envelope_sizes import PRINTED
from crm_desktop.reports.envelope_wording import Wording, six_digits, wording
from crm_desktop.reports.fonts import KAI, SANS, advances, clean, glyph_box, missing, width
from crm_desktop.reports.linebreak import Paragraph
from crm_desktop.reports.pdf import MM

CLEARANCE = 3.0  # mm between two blocks
NAME_CLEARANCE = 4.5  # mm above the name
LINE_LIFT = 1.5  # mm between a preprinted line and the baseline above it
PRINTED_NAME = 1.15  # of the address's size: the name stands beside its label, not alone
SMALLEST_ON_LINES = 10.5  # pt; below it a long address sets two rows to a preprinted line
STAMP_CLEARANCE = 4.0  # mm left of the stamp frame: the postmark falls there
SENDER_SHARE = 0.58  # of the envelope's width
SENDER_ROOM = 0.2  # of the envelope's height
PHONE_SIZE = 11.0
POSTCODE_SIZE = 12.0
POSTCODE_WORD = "邮政编码"
SENDER_LABEL = "寄件人"

CUT_ADDRESS = "地址太长，信封上印不下，末尾已省略。"
CUT_NAME = "收件人太长，信封上印不下，末尾已省略。"


def unknown_characters(text: str) -> list[str]:
    return [f"字库中没有“{char}”（U+{ord(char):04X}），以〓代替。" for char in missing(text)]


class Layout:
    """What every kind of stationery shares: the postcode digits and the sender, set once for a whole run."""

    def __init__(self, options: EnvelopeOptions, sender: Sender | None) -> None:
        self.options = options
        self.face = options.face
        self.font = KAI if options.font == "kai" else SANS
        self.advance = advances(self.font)
        self.sender: list[Placed] = []
        self.sender_problems: list[str] = []
        self.floor = self.face.height - self.face.barcode_height  # the lowest mm the addressee may reach
        if sender and options.sender:
            self._set_sender(sender)

    def envelope(self, recipient: Recipient) -> tuple[list[Placed], list[str]]:
        """The addressee's lines, and what the clerk should know about them."""
        words = wording(recipient, self.options)
        placed, problems = self.place(words)
        texts = words.address + words.company + words.main + words.title + words.phone
        return self.digits(words.postcode) + placed, words.problems + problems + unknown_characters(texts)

    def place(self, words: Wording) -> tuple[list[Placed], list[str]]:
        raise NotImplementedError

    def digits(self, postcode: str) -> list[Placed]:
        """Each digit with the middle of its ink in the middle of its box; always in the plain sans face."""
        size, placed = self.face.digit_size, []
        for char, (x, y) in zip(postcode, self.face.box_centres, strict=False):
            left, bottom, right, top = (edge * size / MM for edge in glyph_box(char, SANS))
            placed.append(Placed(x - (left + right) / 2, y + (bottom + top) / 2, char, SANS, size))
        return placed

    def one_line(self, text: str, available: float) -> Fit:
        return fit([self.paragraph(text)], available, height(1, PHONE_SIZE), PHONE_SIZE)

    def paragraph(self, text: str) -> Paragraph:
        return Paragraph(text, self.advance)

    def _set_sender(self, sender: Sender) -> None:
        face, name, phone = self.face, clean(sender.name), clean(sender.phone)
        texts = [clean(sender.address), f"电话：{phone}" if phone else "", f"{name}　寄" if name else ""]
        paragraphs = [self.paragraph(text) for text in texts if text]
        if paragraphs:
            block = fit(paragraphs, face.width * SENDER_SHARE, face.height * SENDER_ROOM, face.sender_size)
            step = LEADING * block.size / MM
            first = face.height - face.sender_baseline - (len(block.lines) - 1) * step
            for number, line in enumerate(block.lines):
                self.sender.append(self._right_aligned(line, first + number * step, block.size))
            self.floor = first - ASCENT * block.size / MM
            if not block.complete:
                self.sender_problems.append("名称和地址太长，信封上印不下，末尾已省略。")
        self._set_sender_postcode(sender.postcode)
        self.sender_problems += unknown_characters("".join(texts))

    def _set_sender_postcode(self, typed: str) -> None:
        postcode = six_digits(typed)
        if not postcode:
            self.sender_problems.append("没有六位数字的邮政编码，没有印寄件人邮编。")
            return
        text = postcode if self.options.stationery == PRINTED else f"{POSTCODE_WORD}　{postcode}"
        baseline = self.face.height - self.face.postcode_baseline
        self.sender.append(self._right_aligned(text, baseline, POSTCODE_SIZE))

    def _right_aligned(self, text: str, baseline: float, size: float) -> Placed:
        left = self.face.width - self.face.side_margin - width(text, self.font, size) / MM
        return Placed(left, baseline, text, self.font, size)


class BlankLayout(Layout):
    """Stationery without preprinted words: address, company, then the name in the middle of the envelope."""

    def place(self, words: Wording) -> tuple[list[Placed], list[str]]:
        face = self.face
        available = face.width - 2 * face.side_margin
        tail = [text for text in (words.title, self.options.ending) if text]
        name = name_block(words.main, tail, available, face.name_size, self.advance)
        phone = self.one_line(f"电话：{words.phone}", available) if words.phone else None
        under = name.below + (phone.height + CLEARANCE if phone else 0.0)
        lowest = self.floor - CLEARANCE - under  # the lowest place for the name's baseline
        above = ASCENT * name.size / MM + NAME_CLEARANCE
        block, top, problems = self._address(words, lowest - above)
        baseline = max(face.height * face.name_baseline, top + block.height + above if block.lines else 0.0)
        baseline = min(baseline, lowest)
        placed = block.placed(face.width * face.address_left, top, self.font)
        placed += name.placed(face.side_margin, available, baseline, self.font)
        if phone:
            left = (face.width - width(phone.lines[0], self.font, phone.size) / MM) / 2
            placed += phone.placed(left, baseline + under - phone.height, self.font)
        return placed, problems if name.complete else [*problems, CUT_NAME]

    def _address(self, words: Wording, bottom: float) -> tuple[Fit, float, list[str]]:
        """The address block, its top edge, and what is wrong with it; it ends above ``bottom`` mm."""
        face = self.face
        left, right = face.width * face.address_left, face.stamp_left - STAMP_CLEARANCE
        highest = face.reading_height + 2
        paragraphs = [self.paragraph(text) for text in (words.address, words.company) if text]
        if not paragraphs:
            return Fit(face.address_size, [], True), highest, []
        block = fit(paragraphs, right - left, bottom - highest, face.address_size)
        usual = face.height * face.address_middle - (ASCENT - MIDDLE) * block.size / MM
        top = max(highest, min(usual, bottom - block.height))
        if not block.complete:
            return block, top, [CUT_ADDRESS]
        lines = max(paragraph.count((right - left) * MM / block.size) for paragraph in paragraphs)
        if lines > MOST_LINES:
            return block, top, [f"地址太长，用最小字号（{SMALLEST:g} 磅）也要排 {lines} 行，请核对。"]
        return block, top, []


class PrintedLayout(Layout):
    """Stationery of 2021: texts stand on the lines after the preprinted 地址, 收件人 and 电话（选填）."""

    def place(self, words: Wording) -> tuple[list[Placed], list[str]]:
        face = self.face
        left = face.width * face.line_left
        lines = [face.height * (face.first_line + n * face.line_pitch) - LINE_LIFT for n in range(3)]
        block, pitch = self._address(words, face.width * face.line_right - left, lines[1] - lines[0])
        first = lines[0] if len(block.lines) < 3 else lines[1] - (len(block.lines) - 1) * pitch
        placed = [Placed(left, first + n * pitch, line, self.font, block.size) for n, line in enumerate(block.lines)]
        problems = [] if block.complete else [CUT_ADDRESS]
        tail, room = [words.title] if words.title else [], face.width * face.name_right - left
        size = face.address_size * PRINTED_NAME
        name = name_block(words.main, tail, room, size, self.advance, most_rows=1)
        placed += name.placed(left, 0, lines[2], self.font)
        if words.phone:
            start = face.width * face.phone_left
            phone = self.one_line(words.phone, face.width * face.line_right - start)
            placed.append(Placed(start, lines[2], phone.lines[0], self.font, phone.size))
        return placed, problems if name.complete else [*problems, CUT_NAME]

    def _address(self, words: Wording, available: float, pitch: float) -> tuple[Fit, float]:
        """Address and company on the two lines, or in smaller rows of half the pitch; and the pitch used."""
        parts = [self.paragraph(text) for text in (words.address, words.company) if text]
        whole = self.paragraph("　".join(part.text for part in parts))
        for size in _sizes(self.face.address_size, SMALLEST_ON_LINES):
            limit = available * MM / size
            if all(part.length <= limit for part in parts):
                return Fit(size, [part.text for part in parts], True), pitch
            if 1 <= whole.count(limit) <= 2:
                return Fit(size, whole.lines(limit), True), pitch
        most = min(SMALLEST_ON_LINES, pitch / 2 * MM / LEADING)
        for size in _sizes(most, SMALLEST):
            limit = available * MM / size
            if all(part.count(limit) for part in parts) and sum(part.count(limit) for part in parts) <= 4:
                return Fit(size, [line for part in parts for line in part.lines(limit)], True), pitch / 2
        lines = whole.lines(available * MM / SMALLEST)
        return Fit(SMALLEST, lines[:4], len(lines) <= 4), pitch / 2


def _sizes(largest: float, smallest: float) -> list[float]:
    return [largest - n * STEP for n in range(int((largest - smallest) / STEP) + 1)]

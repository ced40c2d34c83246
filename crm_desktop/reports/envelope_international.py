"""The face of a letter abroad: sender top left, addressee lower right in English, the country last in capitals.

GB/T 1416 prints no red boxes on it; GB/T 22657.2-2011 says where who stands and that Chinese is read in some places.
"""

from crm_desktop.models.countries import ENGLISH, HOME, READ_CHINESE, english_country, known_country
from crm_desktop.reports.envelope_fit import Fit, Placed, fit
from crm_desktop.reports.envelope_layout import STAMP_CLEARANCE, Layout, unknown_characters
from crm_desktop.reports.envelope_options import Recipient, Sender
from crm_desktop.reports.envelope_wording import person_name, salutation
from crm_desktop.reports.fonts import clean

SENDER_TOP = 10.0  # mm
SENDER_SHARE, SENDER_HEIGHT = 0.5, 0.28  # of the envelope: the part that is the sender's
ADDRESSEE_LEFT, ADDRESSEE_TOP = 0.42, 0.42  # of the envelope; machines look for it below 40 mm and right of the middle
LINE_COST = 0.6  # pt: Latin names are long words, so they are wrapped rather than set smaller by more than a step
EDGE = 15.0  # mm at the right and below that stay free
BY_GENDER = {"男": "Mr. ", "女": "Ms. "}
BY_HONORIFIC = {"先生": "Mr. ", "女士": "Ms. ", "博士": "Dr. ", "教授": "Prof. "}
TITLES = ("Mr", "Ms", "Mrs", "Miss", "Dr", "Prof")

NO_COUNTRY = "没有国家/地区，国外信件必须写明。"
UNKNOWN_COUNTRY = "不认识国家/地区“{}”，照原样印，请用通用名称（例如 德国 或 Germany）。"
CHINESE_READ = "没有{}，用了中文。"
CHINESE_UNREAD = "没有{}，用了中文，当地邮局可能不认识。"
CUT = "名称和地址太长，信封上印不下，末尾已省略。"
SENDER_CHINESE = "没有英文名称或英文地址，请在“本单位信息”中填写。"


class InternationalLayout(Layout):
    """Stationery without red boxes, for letters that leave the country."""

    def envelope(self, recipient: Recipient) -> tuple[list[Placed], list[str]]:
        lines, problems = self._lines(recipient)
        face = self.face
        left, top = face.width * ADDRESSEE_LEFT, face.height * ADDRESSEE_TOP
        block = self._fit(lines, face.width - EDGE - left, face.height - EDGE - top, face.address_size)
        if not block.complete:
            problems.append(CUT)
        return block.placed(left, top, self.font), problems + unknown_characters("".join(lines))

    def _lines(self, recipient: Recipient) -> tuple[list[str], list[str]]:
        """Name, firm, address, postcode, telephone, country; and what the clerk should know about them."""
        country, problems = clean(recipient.country), []
        lacking = CHINESE_READ if known_country(country) in READ_CHINESE else CHINESE_UNREAD
        name = english_person(recipient)
        if not name and recipient.name:
            name, problems = person_name(clean(recipient.name)) + salutation(recipient), [lacking.format("英文名")]
        firm = clean(recipient.english_company)
        if not firm and recipient.company:
            firm = clean(recipient.company)
            problems.append(lacking.format("英文名称"))
        address = clean(recipient.english_address)
        if not address:
            address = clean(recipient.address)
            problems.append(lacking.format("英文地址") if address else "没有地址。")
        postcode = clean(recipient.postcode)
        if not name and not firm:
            problems.append("没有联系人，也没有单位名称。")
        if not english_country(country):
            problems.append(UNKNOWN_COUNTRY.format(country) if country else NO_COUNTRY)
        firm = firm if self.options.include_company or not name else ""
        postcode = "" if postcode in address else postcode
        phone = f"Tel: {clean(recipient.phone)}" if self.options.include_phone and recipient.phone else ""
        found = (name, firm, address, postcode, phone, english_country(country) or country)
        return [line for line in found if line], problems

    def _set_sender(self, sender: Sender) -> None:
        name, address = clean(sender.english_name), clean(sender.english_address)
        if not (name and address):
            self.sender_problems.append(SENDER_CHINESE)
        postcode = clean(sender.postcode)
        address = address or clean(sender.address)
        lines = [name or clean(sender.name), address, "" if postcode in address else postcode, ENGLISH[HOME]]
        face = self.face
        room = min(face.width * SENDER_SHARE, face.stamp_left - STAMP_CLEARANCE) - face.side_margin
        written = [line for line in lines if line]
        block = self._fit(written, room, face.height * SENDER_HEIGHT, face.sender_size)
        if not block.complete:
            self.sender_problems.append(CUT)
        self.sender = block.placed(face.side_margin, SENDER_TOP, self.font)
        self.sender_problems += unknown_characters("".join(written))

    def _fit(self, lines: list[str], width: float, room: float, base: float) -> Fit:
        paragraphs = [self.paragraph(line) for line in lines]
        return fit(paragraphs, width, room, base, LINE_COST) if paragraphs else Fit(base, [], True)


def english_person(recipient: Recipient) -> str:
    """The person as a letter abroad has it: with a title by 称谓 or gender, unless one is there."""
    name = clean(recipient.english_name)
    has_title = name.replace(".", " ").split(" ")[0] in TITLES
    title = BY_HONORIFIC.get(recipient.honorific, "") or BY_GENDER.get(recipient.gender, "")
    return name if not name or has_title else title + name

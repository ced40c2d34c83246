"""What is written on an envelope: salutation, addressee and postcode, and what is missing for them."""

import unicodedata
from dataclasses import dataclass

from crm_desktop.reports.envelope_options import EnvelopeOptions, Recipient
from crm_desktop.reports.fonts import clean

BY_GENDER = {"男": "先生", "女": "女士"}


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one letter, cleaned. ``main`` is the person or, without one, the company."""

    postcode: str
    address: str
    company: str
    main: str
    title: str
    phone: str
    problems: list[str]


def salutation(recipient: Recipient) -> str:
    """称谓, else a position that may stand on an envelope, else by gender, else nothing."""
    if recipient.honorific:
        return clean(recipient.honorific)
    if recipient.position and recipient.position_is_title:
        return clean(recipient.position)
    return BY_GENDER.get(recipient.gender, "")


def six_digits(postcode: str) -> str:
    """The postcode as six plain digits, or nothing when it is none."""
    digits = unicodedata.normalize("NFKC", postcode).replace(" ", "")
    return digits if len(digits) == 6 and digits.isascii() and digits.isdecimal() else ""


def person_name(name: str) -> str:
    """A Chinese name without the spaces clerks put between two characters."""
    return name if any(char.isascii() and char != " " for char in name) else name.replace(" ", "")


def wording(recipient: Recipient, options: EnvelopeOptions) -> Wording:
    """Choose the texts; every gap becomes a sentence in ``problems``."""
    problems = []
    postcode, typed = six_digits(recipient.postcode), clean(recipient.postcode)
    if not postcode:
        problems.append(f"邮政编码“{typed}”不是六位数字，方框留空。" if typed else "没有邮政编码，方框留空。")
    address = clean(recipient.address)
    if not address:
        problems.append("没有地址。")
    name, title = person_name(clean(recipient.name)), salutation(recipient)
    company, department = clean(recipient.company), clean(recipient.department)
    firm = f"{company}　{department}" if company and department else company or department
    if not name:
        name, title, firm = firm, "", ""
    elif name.endswith(title):
        title = ""
    if not name:
        problems.append("没有联系人，也没有单位名称。")
    if not options.include_company:
        firm = ""
    phone = clean(recipient.phone) if options.include_phone else ""
    return Wording(postcode, address, firm, name, title, phone, problems)

"""A letter as it was typed, as one recipient gets it, and as it goes over the wire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from mimetypes import guess_type
from typing import NamedTuple

from crm_desktop.errors import FieldError, ValidationError
from crm_desktop.models import mail_html, merge_fields
from crm_desktop.models.mail import MailServer
from crm_desktop.models.text import clean_line, strip_control

WIRE = SMTP.clone(cte_type="7bit")
"""Lines that every server takes."""
LONGEST_SUBJECT, LONGEST_BODY = 200, 50_000


class Enclosure(NamedTuple):
    """A file that goes with a letter."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """What the clerk typed, with merge fields."""

    subject: str = ""
    body: str = ""
    is_html: bool = False

    def check(self) -> None:
        """ValidationError for ``subject`` and ``body``."""
        problems = {}
        for name, label, text, longest in (
            ("subject", "主题", self.subject, LONGEST_SUBJECT), ("body", "正文", self.body, LONGEST_BODY),
        ):  # fmt: skip
            if not text.strip():
                problems[name] = f"请填写{label}。"
            elif len(text) > longest:
                problems[name] = f"{label}最多 {longest} 个字，现在有 {len(text)} 个。"
            else:
                try:
                    merge_fields.check(text)
                except FieldError as error:
                    problems[name] = str(error)
        if problems:
            raise ValidationError(problems)

    def merged(self, values: Mapping[str, str]) -> "Preview":
        """As one recipient gets it; FieldError for a field that does not exist."""
        subject = merge_fields.merge(self.subject, values)
        if not self.is_html:
            body = merge_fields.merge(strip_control(self.body), values)
            return Preview(clean_line(subject.text), body.text, "", _both(subject.missing, body.missing), ())
        body = merge_fields.merge(strip_control(self.body), values, escape)
        html, text, dropped = mail_html.letter(body.text)
        return Preview(clean_line(subject.text), text, html, _both(subject.missing, body.missing), dropped)


@dataclass(frozen=True)
class Preview:
    """``html`` is empty for a plain letter. ``missing`` are fields of which nothing is known, ``dropped`` tags that are
    not sent."""

    subject: str
    text: str
    html: str
    missing: tuple[str, ...]
    dropped: tuple[str, ...]
    name: str = ""
    address: str = ""
    reason: str = ""
    """Why this one gets no letter."""


def _both(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def domain(server: MailServer) -> str:
    return server.sender_address.rpartition("@")[2] or "localhost"


def to_wire(
    server: MailServer, address: str, letter: Preview, enclosures: Sequence[Enclosure], message_id: str, now: datetime
) -> bytes:
    """The whole message, in lines of plain ASCII."""
    message = EmailMessage(WIRE)
    message["From"] = Address(clean_line(server.sender_name), addr_spec=server.sender_address)
    message["To"] = Address(addr_spec=address)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now.astimezone())
    message["Message-ID"] = message_id
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    for each in enclosures:
        main, _, sub = (guess_type(each.name)[0] or "application/octet-stream").partition("/")
        if main == "text":  # line ends and characters of a file are its own business
            main, sub = "application", "octet-stream"
        message.add_attachment(each.content, maintype=main, subtype=sub, filename=each.name)
    return message.as_bytes()

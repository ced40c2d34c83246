"""An office whose mail goes to a server on this machine."""

from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.mail import Letter
from crm_desktop.system import secrets
from tests.mail_servers import CODE, Mailbox, Post, impatient, mailbox, post, trusting

__all__ = ["impatient", "mailbox", "post", "trusting"]


@pytest.fixture(autouse=True)
def own_secrets() -> Any:
    yield
    secrets._of_session.clear()


@pytest.fixture
def people(office: Office) -> list[int]:
    """Three customers, each with an address of their own: a firm with a contact, one without, a person."""
    li = {"name": "李明", "gender": "男", "email": "Li@Example.com", "position": "总经理", "honorific": "先生"}
    return [
        office.customers.create({"name": "甲厂", "short_name": "甲", "email": "jia@example.com"}, {"contacts": [li]}),
        office.customers.create({"name": "乙店", "email": "yi@example.com"}),
        office.customers.create({"name": "丙某", "nature": "个人", "email": "bing@example.com"}),
    ]


@pytest.fixture
def connected(office: Office, post: Callable[..., Post]) -> Post:
    """Mail is set up, the 授权码 known, and nobody waits between two letters."""
    server = post("SSL")
    office.mail_setup.set_server(server.values())
    office.mail_setup.set_password(CODE)
    office.settings.set_option("mail_pause_seconds", 0)
    return server


@pytest.fixture
def job(office: Office, connected: Post, people: list[int]) -> int:
    """A letter to all three, not sent yet."""
    return office.mail.create_job(Letter("{简称}您好", "{联系人|客户}{称谓|}：\n见附件。"), "customers", people)


@pytest.fixture
def states(office: Office) -> Callable[[int], dict[str, str]]:
    """``states(job)``: address → state."""
    return lambda job: {each["address"]: each["state"] for each in office.mail.messages(job)}


def mailbox_of(server: Post) -> Mailbox:
    return server.mailbox

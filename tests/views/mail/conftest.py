"""Mail of the window's tests goes to a server on this machine."""

import pytest

from crm_desktop.system import secrets
from tests.mail_servers import CODE, impatient, mailbox, post, trusting

__all__ = ["impatient", "mailbox", "post", "trusting"]


@pytest.fixture(autouse=True)
def own_secrets():
    yield
    secrets._of_session.clear()


@pytest.fixture
def addressed(desk):
    """The first two customers have an address, the second's contact one of his own; the third has none."""
    office = desk.office
    for customer, address in ((1, "hongda@example.com"), (2, "shanghai@example.com")):
        office.customers.update(customer, {"email": address}, version=office.customers.get(customer)["version"])
    office.contacts.update(2, {"email": "lilei@example.com"}, version=1)


@pytest.fixture
def connected(desk, post, addressed):
    """Mail is set up, and nobody waits between two letters."""
    server = post("SSL")
    desk.office.mail_setup.set_server(server.values())
    desk.office.mail_setup.set_password(CODE)
    desk.office.settings.set_option("mail_pause_seconds", 0)
    return server

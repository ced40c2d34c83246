"""春节: sign in, choose customers, take the template, look at it, send it; the timeline shows it. By keys alone."""

import pytest

from crm_desktop.controllers import sign_in
from crm_desktop.db import Database
from crm_desktop.events import EventBus
from crm_desktop.models import Query
from crm_desktop.system import secrets
from crm_desktop.views.mail.choosing import TemplateChoice
from crm_desktop.views.mail.look import PreviewWindow
from crm_desktop.views.main_window import MainWindow
from tests.mail_servers import CODE, mailbox, post, trusting

__all__ = ["mailbox", "post", "trusting"]


@pytest.fixture
def file(office_file, tmp_path, post, password):
    """Two of three customers have an address; the server was set up yesterday, the 授权码 is known here."""
    path = tmp_path / "office.db"
    path.write_bytes(office_file.read_bytes())
    database = Database.open(path)
    office = sign_in(database, "admin", password, EventBus())
    for customer, address in ((1, "hongda@example.com"), (2, "shanghai@example.com")):
        office.customers.update(customer, {"email": address}, version=1)
    office.mail_setup.set_server(post("STARTTLS").values())
    office.mail_setup.set_password(CODE)
    office.settings.set_option("mail_pause_seconds", 0)
    database.close_all()
    yield path
    secrets._of_session.clear()


def test_from_the_list_of_customers_to_the_timeline(
    application, file, password, dialogs, press, type_text, wait_until, in_window, mailbox, root
):
    application.start(file)
    wait_until(lambda: hasattr(application.page, "password"), 20)
    application.page.operator.set("admin")
    type_text(application.page.password.input.control, password)
    press(application.page.password.input.control, "<Return>", "<Return>")
    wait_until(lambda: isinstance(application.page, MainWindow), 20)
    window = application.page

    # Choose the customers.
    customers = window.open("customers")
    wait_until(lambda: customers.table.is_complete and customers.table.total == 3)
    press(customers.table.tree, "<Control-a>")
    press(customers.table.tree, "<Alt-m>")
    letter = window.tabs.current
    wait_until(lambda: letter.is_ready and len(letter.addressees.ids) == 3)

    # Take the template and look at the letter.
    in_window(TemplateChoice, lambda shown: press(shown.table.tree, "<Return>"))
    press(letter.form.fields["subject"].input.control, "<Alt-Key-2>")
    seen = []

    def look(shown):
        seen.append(shown.text.get())
        press(shown.text.control, "<Control-Next>", "<Escape>")

    in_window(PreviewWindow, look)
    press(letter.form.fields["body"].input.control, "<F9>")
    assert "尊敬的单小明先生：" in seen[0]

    # Send it.
    dialogs.answers = [True]
    press(letter.form.fields["body"].input.control, "<F8>")
    wait_until(lambda: len(mailbox.envelopes) == 2, 20)
    assert sorted(mailbox.addresses) == ["hongda@example.com", "shanghai@example.com"]
    assert {each["Subject"] for each in mailbox.letters()} == {
        "长春宏达恭祝长春宏达机械制造有限公司新春快乐", "长春宏达恭祝上海𠮷野商贸有限公司新春快乐",
    }  # fmt: skip
    jobs = window.tabs.current
    wait_until(lambda: not jobs.runner.is_running and jobs.is_ready and jobs.jobs.current_row["state"] == "已完成", 20)

    # The timeline shows it.
    record = window.desk.office.customers.ids(Query("hdjx"))[0]
    page = window.open("customer", record=record)
    wait_until(lambda: page.timeline.table.is_complete and page.timeline.table.total == 1)
    assert page.timeline.table.current_row["title"] == "邮件　长春宏达恭祝长春宏达机械制造有限公司新春快乐"
    assert dialogs.errors == []

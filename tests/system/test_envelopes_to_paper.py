"""From the customers in the database to the sheets a printer puts out."""

import shutil

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import sign_in
from crm_desktop.controllers.reports import EnvelopeOptions
from crm_desktop.db import Database
from crm_desktop.events import EventBus
from crm_desktop.settings import ComputerSettings
from crm_desktop.system import PdfPages
from crm_desktop.views.background import Background
from crm_desktop.views.desk import Desk
from crm_desktop.views.paper import Paper
from crm_desktop.views.print_preview import PrintOrder
from crm_desktop.views.print_run import PrintRun
from crm_desktop.views.printing import printer_names

POINTS_PER_MM = 72 / 25.4


@pytest.fixture
def desk(root, office_file, password, tmp_path):
    database = Database.open(shutil.copy(office_file, tmp_path / "office.db"))
    office = sign_in(database, "admin", password, EventBus(), FixedClock.at("2026-11-22"))
    background = Background(root)
    yield Desk(root, office, background, None, ComputerSettings(tmp_path / "settings.json"))
    background.close()
    database.close_all()


def test_envelopes_reach_the_printer_at_true_size(desk, frame, cups, wait_until):
    cups.add_printer("envelopes")
    assert "envelopes" in printer_names()
    document = desk.office.reports.envelopes(None, EnvelopeOptions(size="ZL"), ids=[1, 2])
    said = []
    order = PrintOrder("envelopes", 1, 2, copies=2)
    PrintRun(desk, frame, Paper("客户信封", document, "envelope"), order, lambda text, action: said.append(text)).start()
    wait_until(lambda: said, seconds=20)
    assert said == ["已送往打印机“envelopes”，共 4 张。"]
    with PdfPages(cups.printed("envelopes")) as pages:
        assert pages.count == 4
        sizes = [sorted(side / POINTS_PER_MM for side in pages.size(number)) for number in (1, 2)]
    assert sizes == [pytest.approx([120, 230], abs=0.5)] * 2
    assert desk.computer["printers"] == {"envelope": "envelopes"}

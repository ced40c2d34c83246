"""Whenever the program is killed, nobody gets a letter twice, and what the log calls sent has arrived."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crm_desktop.controllers.mail import Letter
from crm_desktop.models import Query
from crm_desktop.models.mail import SENDING, SENT, UNSURE, WAITING

SENDER = Path(__file__).with_name("sender.py")
ROOT = SENDER.parents[3]
PEOPLE, KILLS = 24, 4


@pytest.fixture
def crowd(office, connected):
    """A job for many, which sends as fast as it can."""
    ids = [office.customers.create({"name": f"客户{n}", "email": f"c{n}@example.com"}) for n in range(PEOPLE)]
    office.settings.set_option("mail_per_hour", 0)
    return office.mail.create_job(Letter("{客户名称}好", "好"), "customers", ids)


@pytest.fixture
def begin(office, crowd):
    """``begin()``: another window that has just begun to send."""
    started = []

    def start():
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, str(SENDER), str(office.db.path), "hongda2026", str(crowd)]
        started.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE))
        assert started[-1].stdout.readline() == b"ready\n"
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.communicate()


def test_killed_before_the_answer_came_is_shown_as_possibly_sent(office, crowd, begin, mailbox, clock):
    mailbox.on_message = lambda address: (sender.kill(), sender.wait()) if address == "c3@example.com" else None
    sender = begin()
    sender.wait(30)
    rows = office.mail.messages(crowd)
    assert [row["state"] for row in rows] == [SENT] * 3 + [SENDING] + [WAITING] * (PEOPLE - 4)
    assert rows[3]["state_text"] == UNSURE
    mailbox.on_message = lambda address: None
    assert office.mail.run(crowd).sent == PEOPLE - 4
    assert sorted(mailbox.addresses) == sorted(f"c{n}@example.com" for n in range(PEOPLE))
    assert office.interactions.search(Query()).total == PEOPLE - 1


def test_killed_at_any_moment_nobody_gets_two(office, crowd, begin, mailbox):
    chance = random.Random(20261122)
    for _ in range(KILLS):
        sender = begin()
        time.sleep(chance.random() * 0.25)
        sender.kill()
        sender.wait()
    office.mail.run(crowd)
    got, rows = mailbox.addresses, office.mail.messages(crowd)
    assert len(got) == len(set(got))
    assert {row["address"] for row in rows if row["state"] == SENT} <= set(got)
    doubtful = [row for row in rows if row["state"] == SENDING]
    assert len(doubtful) <= KILLS and {row["state"] for row in rows} <= {SENT, SENDING}
    assert office.interactions.search(Query()).total == PEOPLE - len(doubtful)


def test_two_windows_on_one_job_share_the_work(office, crowd, begin, mailbox):
    senders = [begin(), begin()]
    office.mail.run(crowd)
    assert [each.wait(30) for each in senders] == [0, 0]
    assert sorted(mailbox.addresses) == sorted(f"c{n}@example.com" for n in range(PEOPLE))
    assert {row["state"] for row in office.mail.messages(crowd)} == {SENT}

"""备份计划…: places, times and numbers by keys, encryption with its password twice."""

from pathlib import Path

import pytest

from crm_desktop.views.backups.plan_form import KEPT_IN, LOST_PASSWORD, NOT_KEPT, PlanForm, edit_plan


@pytest.fixture
def edited(desk, window, in_form, monkeypatch):
    """``edited(action)``: the form opened, ``action(form)`` called with it; whether it was saved."""
    secrets = {}
    monkeypatch.setattr("crm_desktop.system.secrets.read", lambda name: secrets.get(name, ""))
    monkeypatch.setattr("crm_desktop.system.secrets.store", lambda name, word: bool(secrets.update({name: word}) or 1))
    monkeypatch.setattr("crm_desktop.system.secrets.forget", lambda name: secrets.pop(name, None))
    desk.secrets = secrets

    def edit(action):
        in_form(action)
        return edit_plan(desk, window)

    return edit


def fill(form, **values):
    for name, value in values.items():
        form.fields[name].set(value)
        form.fields[name].input.changed()
    form.submit()


def test_places_are_added_and_taken_away_by_keys(desk, edited, dialogs, press, tmp_path):
    for name in ("一", "二"):
        (tmp_path / name).mkdir()

    def choose(form):
        folders = form.fields["targets"].input
        dialogs.answers = [tmp_path / "一", tmp_path / "二", tmp_path / "二"]
        press(folders.control, "<F7>", "<F7>", "<F7>")
        assert folders.get() == (str(tmp_path / "一"), str(tmp_path / "二"))
        press(folders.control, "<Delete>")
        press(form, "<F8>")

    assert edited(choose)
    assert desk.office.backups.plan().targets == (str(tmp_path / "一"),)


def test_numbers_and_times_are_kept(desk, edited):
    assert edited(
        lambda form: fill(form, daily=False, on_exit=True, keep_daily="3", keep_weekly=" 0 ", keep_monthly="9")
    )
    plan = desk.office.backups.plan()
    assert (plan.daily, plan.on_exit, plan.keep_daily, plan.keep_weekly, plan.keep_monthly) == (False, True, 3, 0, 9)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"keep_daily": "viele"}, "keep_daily", "请填写一个整数。"),
        ({"keep_daily": "0"}, "keep_daily", "每日备份的保留份数应为 1–366。"),
        ({"is_encrypted": True}, "password", "请设一个备份密码。"),
        ({"is_encrypted": True, "password": "abc", "again": "abc"}, "password", "密码至少 6 位。"),
        ({"is_encrypted": True, "password": "geheim2026", "again": "geheim"}, "again", "两次输入的新密码不一样。"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(desk, edited, wait_until, values, field, sentence):
    before, said = desk.office.backups.plan(), []

    def try_it(form):
        fill(form, **values)
        wait_until(lambda: form.fields[field].input.error)
        said.append(form.fields[field].input.error)
        form.cancel()

    assert not edited(try_it)
    assert said == [sentence] and desk.office.backups.plan() == before and desk.secrets == {}


def test_a_password_is_kept_in_the_keyring_and_a_lost_one_warned_of(desk, edited):
    hints = []

    def encrypt(form):
        assert form.fields["password"].input.is_readonly
        form.fields["is_encrypted"].input.set(True)
        form.fields["is_encrypted"].input.changed()
        form.update()
        hints.append(form.fields["again"].hint_text.cget("text"))
        fill(form, password="geheim2026", again="geheim2026")

    assert edited(encrypt)
    assert hints == [LOST_PASSWORD + KEPT_IN]
    assert desk.office.backups.plan().is_encrypted and list(desk.secrets.values()) == ["geheim2026"]
    assert edited(lambda form: fill(form, keep_daily="4")), "the password that is kept need not be typed again"
    assert list(desk.secrets.values()) == ["geheim2026"]
    assert edited(lambda form: fill(form, is_encrypted=False))
    assert desk.secrets == {}


def test_without_a_keyring_it_is_said_how_long_the_password_lasts(desk, edited, dialogs, monkeypatch):
    monkeypatch.setattr("crm_desktop.system.secrets.store", lambda name, word: False)
    assert edited(lambda form: fill(form, is_encrypted=True, password="geheim2026", again="geheim2026"))
    assert dialogs.asked == [("message", NOT_KEPT)]


def test_a_place_that_is_not_there_is_marked(desk, root):
    form = PlanForm(root, desk, desk.office.backups.plan(), False)
    form.fields["targets"].set((str(Path("/nirgends")),))
    tree = form.fields["targets"].input.control
    assert "现在不在" in tree.item(tree.get_children()[0], "text")
    form.close()

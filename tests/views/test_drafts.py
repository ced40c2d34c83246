"""What stands unsaved in a form outlives the program, and nothing else does."""

import threading
from tkinter import Toplevel

import pytest

from crm_desktop.errors import DatabaseError
from crm_desktop.models import COMPANY, COMPLAINTS, CUSTOMERS
from crm_desktop.models.dictionaries import DICTIONARIES
from crm_desktop.views import form_drafts
from crm_desktop.views.call_centre import CallCentre
from crm_desktop.views.dictionary_form import edit_item
from crm_desktop.views.drafts import DraftsWindow, offer_drafts, resume
from crm_desktop.views.flow_step import StepWindow, take_step
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.form_fields import Surroundings
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.passwords import change_password
from crm_desktop.views.small_form import SmallForm


@pytest.fixture(autouse=True)
def short_pause(monkeypatch):
    monkeypatch.setattr(form_drafts, "PAUSE_MILLISECONDS", 30)


@pytest.fixture
def office(desk):
    return desk.office


@pytest.fixture
def drafts(desk, wait_until, root):
    """``drafts()``: what is written down, once everything has come to rest."""

    def read():
        for _ in range(2):
            root.after(60)
            root.update()
            wait_until(lambda: not desk.background.is_saving)
        return desk.office.drafts.mine()

    return read


@pytest.fixture
def kept(desk, wait_until):
    """``kept(1)``: wait until so many drafts are written down."""

    def wait(number=1):
        wait_until(lambda: len(desk.office.drafts.mine()) == number)
        return desk.office.drafts.mine()

    return wait


@pytest.fixture
def crash(desk, root):
    """The window goes as it does with the program: nobody is asked and nothing is tidied up."""

    def go_down():
        for window in [each for each in root.winfo_children() if isinstance(each, Toplevel)]:
            window.destroy()
        desk.forms.clear()
        root.update()

    return go_down


def texts(draft):
    return {name: text if text is not None else value for name, (value, text) in draft.content["fields"].items()}


# Records


def test_a_new_record_comes_back_as_it_was_and_is_saved_once(desk, office, type_text, press, kept, crash, wait_until, drafts):
    window = open_form(desk, CUSTOMERS, None)
    type_text(window.form["name"].input.control, "长春宏达")
    window.form["level"].set(*_item(office, "level", "重要"))
    window.form["region"].set("220104", "吉林省长春市朝阳区")
    type_text(window.form["contacts.0.name"].input.control, "单小明")
    type_text(window.form["contacts.0.mobile"].input.control, "1390431")
    kept()
    wait_until(lambda: texts(desk.office.drafts.mine()[0])["contacts.0.mobile"] == "1390431")
    assert desk.office.drafts.mine()[0].content["title"] == "客户 长春宏达"
    crash()

    resume(desk, desk.office.drafts.mine()[0])
    again = desk.forms["customers"][0]
    assert again.form["name"].get() == "长春宏达"
    assert again.form["level"].input.chosen.text == "重要"
    assert again.form["region"].get() == "220104"
    assert again.form["contacts.0.name"].get() == "单小明"
    assert again.form.is_changed
    again.form["contacts.0.mobile"].set("13904310001")
    again.save()
    wait_until(lambda: not again.is_shown)
    assert drafts() == []
    saved = office.customers.get(4)
    assert (saved["name"], saved["level_text"], saved["region"], saved["primary_mobile"]) == ("长春宏达", "重要", "220104", "13904310001")


def _item(office, kind, name):
    item = next(each for each in office.dictionaries.items(kind) if each["name"] == name)
    return item["id"], item["name"]


def test_only_what_was_changed_of_an_old_record_is_kept(desk, office, type_text, kept, crash, wait_until):
    window = open_form(desk, CUSTOMERS, 1)
    type_text(window.form["short_name"].input.control, "宏达")
    (draft,) = kept()
    assert (draft.record, draft.version, texts(draft)) == (1, 1, {"short_name": "宏达"})
    crash()
    resume(desk, draft)
    again = desk.forms["customers"][0]
    assert again.form.changes() == {"short_name": "宏达"}
    again.save()
    wait_until(lambda: not again.is_shown)
    assert office.customers.get(1)["short_name"] == "宏达"


def test_whoever_saved_meanwhile_is_named_when_it_is_saved(desk, office, type_text, kept, crash, wait_until, dialogs):
    window = open_form(desk, CUSTOMERS, 1)
    type_text(window.form["address"].input.control, "1号楼")
    (draft,) = kept()
    crash()
    office.customers.update(1, {"address": "别处"}, 1)
    resume(desk, draft)
    again = desk.forms["customers"][0]
    dialogs.answers = ["overwrite"]
    again.save()
    wait_until(lambda: not again.is_shown)
    assert any(kind == "choice" and "修改" in text for kind, text in dialogs.asked)
    assert office.customers.get(1)["address"].endswith("1号楼")


def test_what_is_given_up_or_saved_leaves_nothing(desk, type_text, press, kept, drafts, wait_until, dialogs):
    window = open_form(desk, CUSTOMERS, 1)
    type_text(window.form["short_name"].input.control, "A")
    kept()
    dialogs.answers = ["discard"]
    press(window.form["short_name"].input.control, "<Escape>")
    wait_until(lambda: not window.is_shown)
    assert drafts() == []

    window = open_form(desk, CUSTOMERS, 1)
    type_text(window.form["short_name"].input.control, "B")
    kept()
    window.save()
    wait_until(lambda: not window.is_shown)
    assert drafts() == []


def test_what_was_typed_back_is_no_draft(desk, type_text, kept, drafts):
    window = open_form(desk, CUSTOMERS, 1)
    type_text(window.form["short_name"].input.control, "A")
    kept()
    window.form["short_name"].set("")
    window.form["short_name"].input.changed()
    assert drafts() == []
    assert window.is_shown


def test_a_record_that_is_gone_is_said_and_the_draft_stays(desk, office, type_text, kept, crash, dialogs):
    window = open_form(desk, CUSTOMERS, 3)
    type_text(window.form["short_name"].input.control, "A")
    (draft,) = kept()
    crash()
    office.customers.delete([3])
    resume(desk, draft)
    assert "没有找到" in str(dialogs.errors[0])
    assert [each.id for each in office.drafts.mine()] == [draft.id]


def test_a_field_that_is_locked_now_says_what_was_typed(desk, office, kept, crash, wait_until):
    complaint = office.complaints.create({"customer": 1, "date": "2026-11-20", "content": "坏了"})
    window = open_form(desk, COMPLAINTS, complaint)
    locked = next(name for name in window.form.fields if window.form[name].input.is_readonly and name == "status")
    window.form["content"].set("全坏了")
    window.form["content"].input.changed()
    (draft,) = kept()
    crash()
    draft.content["fields"][locked] = ["已归档", None]
    resume(desk, draft)
    again = desk.forms["complaints"][0]
    assert again.form["content"].get() == "全坏了"
    assert again.form["status"].hint_text.cget("text") == "您上次填的是“已归档”，现在不能修改。"
    again.form.drafts.drop()


def test_the_office_s_own_record_opens_in_its_tab(desk, window, office, type_text, kept, crash, wait_until):
    desk.open("company").form["website"].set("www.a.cn")
    desk.open("company").form["website"].input.changed()
    (draft,) = kept()
    assert (draft.entity, draft.content["title"]) == (COMPANY.key, "本单位 长春宏达")
    window.tabs.close_all(asks=False)
    resume(desk, draft)
    assert desk.open("company").form["website"].get() == "www.a.cn"
    desk.open("company").form.drafts.drop()


# Other forms


@pytest.fixture
def complaint(office):
    return office.complaints.create({"customer": 1, "date": "2026-11-20", "content": "坏了"})


def in_window(root, kind, act):
    """Act in the window of a kind once it is shown; its caller is waiting for it."""

    def look():
        shown = next((each for each in root.winfo_children() if isinstance(each, kind)), None)
        if shown is not None and shown.winfo_viewable():
            act(shown)
        else:
            root.after(10, look)

    root.after(10, look)


def test_a_step_comes_back_with_what_was_typed(desk, root, office, complaint, kept, wait_until, drafts):
    near = Surroundings(desk, open_form)

    def type_and_crash(window):
        window.fields["handler"].set(None, "adm")
        window.fields["handler"].input.changed()
        kept()
        window.destroy()

    in_window(root, StepWindow, type_and_crash)
    take_step(near, COMPLAINTS, complaint, parent=root)
    (draft,) = office.drafts.mine()
    assert draft.record == complaint

    def finish(window):
        assert window.fields["handler"].input.control.get() == "adm"
        window.fields["handler"].set(office.operator.id, "admin")
        window.submit()

    in_window(root, StepWindow, finish)
    resume(desk, draft)
    assert office.complaints.get(complaint)["status"] == "处理中"
    assert drafts() == []


def test_a_step_that_has_been_taken_meanwhile_is_said_with_what_was_typed(desk, root, office, complaint, dialogs):
    office.drafts.save("step", "complaints", complaint, 1, {"title": "受理分派：TS", "details": {"step": "file"}, "fields": {"result": ["我填的", None]}})
    (draft,) = office.drafts.mine()
    resume(desk, draft)
    assert "我填的" in str(dialogs.errors[0])


def test_a_small_form_comes_back_and_escape_gives_it_up(desk, root, office, kept, drafts):
    def type_and_crash(window):
        window.fields["name"].set("战略")
        window.fields["name"].input.changed()
        kept()
        window.destroy()

    in_window(root, SmallForm, type_and_crash)
    edit_item(desk, root, DICTIONARIES["level"], None)
    (draft,) = office.drafts.mine()

    def look(window):
        assert window.fields["name"].get() == "战略"
        window.cancel()

    in_window(root, SmallForm, look)
    resume(desk, draft)
    assert drafts() == []


def test_passwords_are_never_written_down(desk, root, drafts):
    def type_and_look(window):
        for field in window.fields.values():
            field.set("geheim-99")
            field.input.changed()
        assert drafts() == []
        assert form_drafts.note(window.fields) == {}
        window.cancel()

    in_window(root, SmallForm, type_and_look)
    change_password(desk, root)


def test_a_call_comes_back_with_its_length(desk, root, office, kept, crash, wait_until, drafts):
    screen = CallCentre(root, desk)
    screen.pack()
    screen.show("13904310001")
    screen.matches.go_to(screen._found[0]["id"])
    screen.begin("来电")
    screen.form.fields["content"].set("要报价")
    screen.form.fields["content"].input.changed()
    (draft,) = kept()
    assert draft.content["title"].startswith("来电 长春宏达")
    screen.destroy()
    again = CallCentre(root, desk)
    again.pack()
    desk.open = lambda key, **arguments: again
    resume(desk, draft)
    assert again.form.fields["content"].get() == "要报价"
    again.form.save()
    wait_until(lambda: not again.form.is_open)
    assert office.interactions.get(1)["content"] == "要报价"
    assert drafts() == []


# Never in the way


def test_while_something_else_is_saved_the_draft_waits(desk, type_text, kept, wait_until, root, office):
    go_on = threading.Event()
    desk.run(lambda job: go_on.wait(10), is_saving=True)
    window = open_form(desk, CUSTOMERS, 1)
    type_text(window.form["short_name"].input.control, "A")
    for _ in range(5):
        root.after(40)
        root.update()
    assert len(desk.background._saving) == 1  # it has not even been queued
    assert office.drafts.mine() == []
    go_on.set()
    kept()


def test_one_that_cannot_be_kept_disturbs_nobody(desk, type_text, dialogs, drafts, monkeypatch, caplog):
    def full(*arguments, **options):
        raise DatabaseError("磁盘空间已满")

    monkeypatch.setattr(type(desk.office.drafts), "save", full)
    window = open_form(desk, CUSTOMERS, 1)
    type_text(window.form["short_name"].input.control, "A")
    assert drafts() == []
    assert dialogs.errors == []
    assert "a draft was not kept" in caplog.text
    window.form.drafts.drop()


def test_who_types_on_and_on_is_written_down_too(desk, kept, root, type_text, office):
    window = open_form(desk, CUSTOMERS, 1)
    for number in range(40):
        window.form["short_name"].set(f"{number}")
        window.form["short_name"].input.changed()
        root.after(10)
        root.update()
        if office.drafts.mine():
            break
    assert office.drafts.mine() != []


# Offering


def test_what_was_left_is_offered_at_the_next_sign_in(desk, root, office, wait_until, dialogs, press):
    content = {"title": "客户 长春宏达", "details": {}, "fields": {"short_name": ["宏达", None]}}
    office.drafts.save("form", "customers", 1, 1, content)
    office.drafts.save("form", "customers", None, None, {**content, "title": "客户 （新）"})
    seen = []

    def choose(window):
        seen.append(window.sentence.cget("text"))
        dialogs.answers = [False, True]
        window.discard()  # no
        window.table.go_to(office.drafts.mine()[1].id)
        window.discard()  # yes
        seen.append(window.sentence.cget("text"))
        press(window.table.tree, "<Return>")

    in_window(root, DraftsWindow, choose)
    offer_drafts(desk, root)
    wait_until(lambda: "customers" in desk.forms and desk.forms["customers"][0].is_shown)
    assert seen == ["上次有 2 份没有保存的内容：", "上次有 1 份没有保存的内容："]
    assert desk.forms["customers"][0].form["short_name"].get() == "宏达"
    desk.forms["customers"][0].form.drafts.drop()


@pytest.mark.parametrize("has_others", [False, True])
def test_the_window_offers_them_unless_another_has_them_open(desk, root, office, wait_until, has_others):
    office.drafts.save("form", "customers", None, None, {"title": "客户 （新）", "details": {}, "fields": {}})
    desk.has_other_windows = lambda: has_others
    made = MainWindow(root, desk)
    if has_others:
        wait_until(lambda: not desk.background._reading)
        assert not any(isinstance(child, DraftsWindow) for child in made.winfo_children() + root.winfo_children())
    else:
        in_window(root, DraftsWindow, lambda window: window.cancel())
        desk.say = lambda text, action=None: desk.said.append((text, action))
        wait_until(lambda: desk.said and "还有 1 份" in desk.said[-1][0])
    made.close()


def test_later_leaves_them_and_says_so(desk, root, office, wait_until):
    said = []
    desk.say = lambda text, action=None: said.append(text)
    office.drafts.save("form", "customers", None, None, {"title": "客户 （新）", "details": {}, "fields": {}})
    in_window(root, DraftsWindow, lambda window: window.cancel())
    offer_drafts(desk, root)
    wait_until(lambda: said)
    assert said == ["还有 1 份没有保存的内容。"]
    assert len(office.drafts.mine()) == 1

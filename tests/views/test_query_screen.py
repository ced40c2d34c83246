"""综合查询 at the keyboard: conditions, what is missing, the sentence, questions kept, many changed at once."""

import pytest

from crm_desktop.models import Condition
from crm_desktop.models.question import Part, Question, Row
from crm_desktop.views.batch_edit import BatchEdit
from crm_desktop.views.saved_questions import SavedQuestions

HONGDA, OTHER, THIRD = 1, 2, 3


@pytest.fixture
def screen(window, wait_until):
    made = window.open("query.customers")
    wait_until(lambda: made.table.is_complete)
    return made


@pytest.fixture
def found(screen, wait_until):
    """The records that the list shows when it has settled."""

    def settle():
        wait_until(lambda: screen.table.is_complete and not screen.desk.background.is_saving)
        return sorted(screen.table._rows.ids)

    return settle


def level(desk, name):
    return next(item["id"] for item in desk.office.dictionaries.items("level") if item["name"] == name)


def first(screen):
    return screen.editor.parts[0].rows[0]


def test_everything_is_shown_before_anything_is_asked(screen, found, root):
    assert found() == [HONGDA, OTHER, THIRD]
    assert root.focus_get() is first(screen).field.control
    screen.editor.say()
    assert screen.editor.said.cget("text") == "查询：不限条件"


def test_a_condition_by_keys_alone(screen, found, type_text, press, root):
    """Field, verb, value, each with Enter; F3 asks."""
    assert root.focus_get().selection_present()  # so that what is typed takes the place of the first field
    root.focus_get().delete(0, "end")
    type_text(root.focus_get(), "客户名称")
    press(root.focus_get(), "<Return>")
    press(root.focus_get(), "<Return>")  # 包含 is offered first
    assert root.focus_get() is first(screen).value.control
    type_text(root.focus_get(), "宏达")
    press(root.focus_get(), "<F3>")
    assert found() == [HONGDA]
    assert screen.conditions == (Condition("name", "contains", "宏达"),)
    assert screen.editor.said.cget("text") == "查询：客户名称包含“宏达”"


def test_what_is_missing_is_said_at_its_row_and_the_list_stays(screen, found, press, root):
    screen.take(Question("customers", parts=(Part((Row("name", "contains", "宏达"),)),)))
    assert found() == [HONGDA]
    screen.editor.set(Question("customers", parts=(Part((Row("name", "contains", "宏达"), Row("created_at", "last_days", "三"))),)))
    press(screen, "<F3>")
    bad = screen.editor.parts[0].rows[1]
    assert "整数" in bad.error.cget("text") and bad.error.winfo_ismapped()
    assert bad.value.get() == "三" and root.focus_get() is bad.value.control
    assert found() == [HONGDA]


def test_groups_the_other_side_and_either(screen, found, desk):
    desk.office.interactions.create({"customer": HONGDA, "subject": "回访", "date": "2026-11-20"})
    lately = Part((Row("date", "last_days", "30"),), of="interactions")
    screen.take(Question("customers", parts=(lately,)))
    assert found() == [HONGDA]
    screen.take(Question("customers", parts=(Part(lately.rows, of="interactions", has=False),)))
    assert found() == [OTHER, THIRD]
    empty = Part((Row("address", "empty"),))
    screen.take(Question("customers", parts=(lately, empty), joined_by="any"))
    assert found() == [HONGDA, THIRD]
    assert screen.editor.joining.winfo_ismapped()


def test_another_subject_begins_with_its_own_fields(screen):
    part = screen.editor.parts[0]
    place = [*part._subjects].index(("contacts", False))
    part.about._choose_and_announce(next(item for item in part.about.choices if item.key == place))
    assert part.get().of == "contacts" and part.get().has is False
    assert "姓名" in [item.text for item in part.rows[0].field.choices]


def test_rows_and_groups_come_and_go(screen, press):
    screen.editor.add_part()
    screen.editor.parts[1].add_row()
    assert [len(part.rows) for part in screen.editor.parts] == [1, 2]
    screen.editor.parts[1]._remove(screen.editor.parts[1].rows[0])
    screen.editor._remove(screen.editor.parts[0])
    assert [len(part.rows) for part in screen.editor.parts] == [1]
    press(screen, "<Alt-Key-2>")
    assert first(screen).get().value == "" and screen.editor.get() == Question("customers")


def test_a_few_of_a_list(screen, found, desk, press):
    desk.office.customers.update(HONGDA, {"level": "重要"}, version=desk.office.customers.get(HONGDA)["version"])
    screen.editor.set(Question("customers", parts=(Part((Row("level", "in", [level(desk, "重要"), level(desk, "潜在")]),)),)))
    many = first(screen).value
    assert [child.cget("text") for child in many.listed.winfo_children()] == ["重要 ✕", "潜在 ✕"]
    press(many.control, "<BackSpace>")
    assert many.get() == [level(desk, "重要")]
    screen.ask()
    assert found() == [HONGDA]


def test_a_question_is_kept_and_opened_again(screen, found, desk, in_form, press):
    desk.say = lambda text, action=None: desk.said.append(text)
    asked = Question("customers", parts=(Part((Row("name", "contains", "宏达"),)),))
    screen.take(asked)
    screen.ask()
    found()

    def fill(form):
        form.fields["name"].set("宏达的")
        form.submit()

    in_form(fill)
    screen.save()
    assert [each.name for each in desk.office.queries.saved("customers")] == ["宏达的"]
    screen.clear()
    assert found() == [HONGDA, OTHER, THIRD]
    screen.open_saved()
    chooser = next(child for child in screen.winfo_toplevel().winfo_children() if isinstance(child, SavedQuestions))
    assert [(row["name"], row["whose"], row["sentence"]) for row in [chooser.table.current_row]] == [("宏达的", "自己", "客户名称包含“宏达”")]
    press(chooser.table.tree, "<Return>")
    assert found() == [HONGDA]


def test_many_are_changed_at_once(screen, found, desk, dialogs, monkeypatch, wait_until):
    desk.say = lambda text, action=None: desk.said.append(text)
    screen.take(Question("customers", parts=(Part((Row("name", "filled"),)),)))
    found()
    monkeypatch.setattr(BatchEdit, "ask", lambda form: ("remark", "已核对"))
    screen.edit_many()
    wait_until(lambda: desk.said)
    assert desk.said == ["已修改 3 条客户的备注。"]
    assert {desk.office.customers.get(each)["remark"] for each in (HONGDA, OTHER, THIRD)} == {"已核对"}


def test_a_refused_change_comes_back_with_what_was_typed(screen, found, desk, dialogs, monkeypatch, wait_until):
    found()
    answers, seen = [("email", "a@b"), None], []

    def ask(form):
        seen.append((form.value.get(), form.value.input.error))
        return answers.pop(0)

    monkeypatch.setattr(BatchEdit, "ask", ask)
    screen.edit_many()
    wait_until(lambda: len(seen) == 2)
    assert seen[1][0] == "a@b" and "没有修改任何记录" in seen[1][1]


def test_the_window_asks_once_more(screen, desk, dialogs, root):
    form = BatchEdit(screen, desk, screen.entity, 3)
    form.field.input._choose_and_announce(next(item for item in form.field.input.choices if item.key == "email"))
    form.value.set("不是邮箱")
    form.submit()
    assert form.value.input.error and dialogs.asked == []
    form.value.set("a@example.com")
    dialogs.answers = [True]
    form.submit()
    assert dialogs.asked == [("yes_no", "要把 3 条客户的电子邮箱都改掉吗？")] and form.result == ("email", "a@example.com")


def test_letters_go_to_all_that_were_found(screen, found, desk, monkeypatch):
    screen.take(Question("customers", parts=(Part((Row("name", "contains", "宏达"),)),)))
    found()
    opened = []
    monkeypatch.setattr(desk, "open", lambda key, **arguments: opened.append((key, arguments)))
    screen.send("envelopes")
    assert opened == [("envelopes", {"entity": "customers", "ids": [HONGDA]})]


def test_on_a_low_screen_the_conditions_make_room_for_the_list(screen, found, press, root, monkeypatch):
    monkeypatch.setattr("crm_desktop.views.query_screen.LEAST_LIST", 5000)
    press(screen, "<F3>")
    found()
    assert screen.editor.is_folded and not screen.editor.scrolled.container.winfo_ismapped()
    assert screen.editor.said.winfo_ismapped() and root.focus_get() is screen.table.tree
    press(screen, "<F3>")
    assert screen.editor.scrolled.container.winfo_ismapped() and root.focus_get() is first(screen).field.control


def test_what_has_the_cursor_is_in_sight(screen, root):
    for _ in range(12):
        screen.editor.parts[0].add_row()
        root.update()
    last = screen.editor.parts[0].rows[-1]
    top, bottom = last.winfo_rooty(), last.winfo_rooty() + last.winfo_height()
    canvas = screen.editor.scrolled.container
    assert canvas.winfo_rooty() <= top and bottom <= canvas.winfo_rooty() + canvas.winfo_height() + 2


def test_a_field_is_found_by_its_initials(screen, press, root):
    field = first(screen).field
    field.focus_set()
    field.control.delete(0, "end")
    for key in "khmc":
        press(field.control, f"<KeyPress-{key}>")
    root.update()
    assert [item.text for item in field._filter("khmc")] == ["客户名称"]
    press(field.control, "<Return>")
    assert field.chosen.text == "客户名称"


def test_a_question_of_another_version_says_why_it_cannot_be_asked(screen, desk, press, dialogs):
    kept = '[{"name": "旧", "content": "{\\"entity\\": \\"planets\\"}", "by": 1}]'
    desk.office.db.execute("INSERT INTO settings (operator, key, value) VALUES (1, 'queries.customers', ?)", (kept,))
    chooser = SavedQuestions(screen, desk, screen.entity, screen.take)
    chooser.ask()
    assert "别的版本" in chooser.table.current_row["sentence"]
    press(chooser.table.tree, "<Return>")
    assert "别的版本" in str(dialogs.errors[-1]) and chooser.winfo_exists()
    dialogs.errors.clear()
    chooser.cancel()


def test_questions_with_several_values_are_kept_and_come_once(screen, desk):
    several = Part((Row("level", "in", [level(desk, "重要")]), Row("created_at", "between", ["2026-01-01", ""])))
    question = Question("customers", parts=(several,))
    desk.office.queries.save("几个的", question)
    desk.office.queries.remember(question)
    screen.open_saved()
    chooser = next(child for child in screen.winfo_toplevel().winfo_children() if isinstance(child, SavedQuestions))
    assert [offer.saved.name for offer in chooser._offers] == ["几个的"]
    chooser.cancel()


# What a kept question speaks of is gone


def test_a_kept_question_names_what_is_gone_keeps_it_and_is_not_asked(screen, found, desk, press, root):
    fair = desk.office.dictionaries.add("level", {"name": "展会"})
    question = Question("customers", parts=(Part((Row("name", "contains", "宏达"), Row("level", "in", [level(desk, "重要"), fair]))),))
    desk.office.queries.save("展会的", question)
    desk.office.dictionaries.delete(fair)
    assert found() == [HONGDA, OTHER, THIRD]
    screen.open_saved()
    chooser = next(child for child in screen.winfo_toplevel().winfo_children() if isinstance(child, SavedQuestions))
    assert chooser.table.current_row["sentence"] == "客户名称包含“宏达”，并且客户级别是重要、“展会”（已不在客户级别里）之一"
    press(chooser.table.tree, "<Return>")
    bad = screen.editor.parts[0].rows[1]
    assert bad.error.cget("text") == "“展会”已不在客户级别里。" and bad.error.winfo_ismapped()
    assert root.focus_get() is bad.value.control
    assert [child.cget("text") for child in bad.value.listed.winfo_children()] == ["重要 ✕", "展会 ✕"]
    assert found() == [HONGDA, OTHER, THIRD] and screen.asked == Question("customers")
    assert "已不在客户级别里" in screen.editor.said.cget("text")
    press(screen, "<F3>")
    assert screen.editor.get() == question and found() == [HONGDA, OTHER, THIRD]
    press(bad.value.control, "<BackSpace>", "<F3>")
    assert found() == [] and screen.asked.parts[0].rows[1].value == [level(desk, "重要")]


def test_what_is_offered_no_longer_keeps_its_word(screen, desk):
    office = desk.office
    wang = office.operators.add({"name": "wang", "full_name": "小王", "role": "客服"}, "hongda2026")
    fair = office.dictionaries.add("level", {"name": "展会"})
    office.operators.set_active(wang, False)
    office.dictionaries.delete(fair)
    screen.editor.set(Question("customers", parts=(Part((Row("owner", "=", wang), Row("level", "=", fair))),)))
    assert [(row.value.control.get(), row.get().value) for row in screen.editor.parts[0].rows] == [("小王", wang), ("展会", fair)]
    screen.editor.set(Question("customers", parts=(Part((Row("owner", "=", wang),)),)))
    assert screen.editor.problems() is False

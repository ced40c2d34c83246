"""信函: from the list to a Word document, with the sample or a template of one's own."""

from crm_desktop.errors import ReportError
from crm_desktop.paths import asset


def test_the_selected_customers_get_letters(window, desk, dialogs, tmp_path, wait_until):
    screen = window.open("customers")
    wait_until(lambda: screen.table.is_complete and screen.table.total == 3)
    screen.table.select([1, 2])
    target = tmp_path / "信函.docx"
    dialogs.answers = ["sample", target]
    screen.toolbar.button("letters").invoke()
    wait_until(target.exists)
    wait_until(lambda: "已生成信函 2 封" in window.status.message)
    assert [kind for kind, _ in dialogs.asked] == ["choice", "save"]


def test_one_s_own_template_is_chosen_as_a_file(window, desk, dialogs, tmp_path, wait_until):
    screen = window.open("contacts")
    wait_until(lambda: screen.table.is_complete and screen.table.total)
    screen.table.select_all()
    desk.background.on_error = dialogs.show_error
    broken = tmp_path / "坏.docx"
    broken.write_bytes(asset("letter.docx").read_bytes()[:500])
    dialogs.answers = ["own", broken, tmp_path / "a.docx"]
    screen.toolbar.button("letters").invoke()
    wait_until(lambda: dialogs.errors)
    assert isinstance(dialogs.errors[0], ReportError) and "不是 Word 文档" in str(dialogs.errors[0])
    assert not (tmp_path / "a.docx").exists()


def test_changing_one_s_mind_writes_nothing(window, dialogs, wait_until):
    screen = window.open("customers")
    wait_until(lambda: screen.table.is_complete and screen.table.total == 3)
    screen.table.select([1])
    for answers in ([None], ["own", None], ["sample", None]):
        dialogs.answers = list(answers)
        screen.write_letters()
    assert dialogs.errors == [] and dialogs.answers == []

"""The letters that an office begins with: those of the program, and its own, which take the place of a namesake."""

import sqlite3

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.mail.letter import Letter
from crm_desktop.controllers.rights import requires
from crm_desktop.errors import NotFound, ValidationError
from crm_desktop.models.mail_templates import TEMPLATES, MailTemplate
from crm_desktop.models.text import clean_line

OWN = "SELECT id, name, subject, body, is_html FROM mail_templates ORDER BY name"
SAVE = """INSERT INTO mail_templates (name, subject, body, is_html) VALUES (?, ?, ?, ?)
 ON CONFLICT (name) DO UPDATE SET subject = excluded.subject, body = excluded.body, is_html = excluded.is_html"""
DELETE = "DELETE FROM mail_templates WHERE id = ? RETURNING name"
LONGEST_NAME = 40


class MailTemplates(Controller):
    """Everybody who writes letters may take one; who sets up mail keeps them."""

    area = "mail"

    @requires("view")
    def all(self) -> list[MailTemplate]:
        """Those of the program in their order, then the office's own by name."""
        own = {row["name"]: _own(row) for row in self._db.query(OWN)}
        begun = [own.pop(each.name, each) for each in TEMPLATES]
        return [*begun, *own.values()]

    @requires("update")
    def save(self, name: str, letter: Letter) -> None:
        """Keep a letter under a name, in place of what was under it; ValidationError for ``name`` and its parts."""
        name = clean_line(name)
        if not name or len(name) > LONGEST_NAME:
            raise ValidationError({"name": f"请填写模板名称，最多 {LONGEST_NAME} 个字。"})
        letter.check()
        with self._context.operation("settings", f"保存邮件模板：{name}"):
            self._db.execute(SAVE, (name, letter.subject, letter.body, int(letter.is_html)))

    @requires("update")
    def delete(self, template: int) -> None:
        """Take away one of the office's own; one of the program's stands in its place again."""
        with self._context.operation("settings", "删除邮件模板") as operation:
            name = self._db.value(DELETE, (template,))
            if name is None:
                raise NotFound("没有找到这个模板，可能已被删除。")
            self._context.name_operation(operation, f"删除邮件模板：{name}")


def _own(row: sqlite3.Row) -> MailTemplate:
    return MailTemplate(row["name"], row["subject"], row["body"], bool(row["is_html"]), row["id"])

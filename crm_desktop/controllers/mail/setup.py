"""邮件设置: the office's mail server, and its password in the keyring of whoever works at this computer."""

import json
from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any

from crm_desktop import system
from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.context import as_json
from crm_desktop.controllers.mail.transport import Conversation
from crm_desktop.controllers.rights import requires
from crm_desktop.controllers.settings import OFFICE, READ, WRITE
from crm_desktop.db.connection import Connections
from crm_desktop.errors import MailError, MailPasswordRefused, ValidationError
from crm_desktop.events import SettingsChanged
from crm_desktop.models.mail import MailServer, read_server
from crm_desktop.models.query import Values

KEY = "mail_server"
NO_SERVER = "还没有填写邮件设置：请先在“邮件设置”里选邮箱、填地址和授权码。"
NO_PASSWORD = "这台电脑的这个账号里没有保存邮箱的授权码，请输入。"


def stored_server(database: Connections) -> MailServer:
    """The office's server; what a newer program may have added to it is passed over."""
    stored = json.loads(database.value(READ, (OFFICE, KEY)) or "{}")
    return MailServer(**{each.name: stored[each.name] for each in fields(MailServer) if each.name in stored})


def secret_name(server: MailServer) -> str:
    """Under which name the keyring has the password of a mailbox."""
    return f"mail:{server.user}@{server.host}:{server.port}".lower()


def password_of(server: MailServer) -> str:
    """MailPasswordRefused when one is needed and none is known."""
    password = system.secrets.read(secret_name(server)) if server.user else ""
    if server.user and not password:
        raise MailPasswordRefused(NO_PASSWORD)
    return password


class MailSetup(Controller):
    """The server is the office's; the password never comes near the database, its log or a draft."""

    area = "mail"

    @requires("view")
    def server(self) -> MailServer:
        """What is set up now; ``is_ready`` is False while there is nothing."""
        return stored_server(self._db)

    @requires("update")
    def set_server(self, values: Values) -> None:
        """Take over what was typed; ValidationError names each field that cannot be."""
        new, problems = read_server(values)
        if problems:
            raise ValidationError(problems)
        before, after = asdict(self.server()), asdict(new)
        changed = [name for name in after if after[name] != before[name]]
        if not changed:
            return
        with self._context.operation("settings", "修改邮件设置") as operation:
            self._db.execute(WRITE, (OFFICE, KEY, as_json(after)))
            old, now = ({name: each[name] for name in changed} for each in (before, after))
            self._context.audit_change(operation, "settings", OFFICE, old, now)
            self._db.after_commit(lambda: self._context.bus.publish(SettingsChanged(KEY)))

    @requires("create")
    def set_password(self, password: str, server: MailServer | None = None) -> bool:
        """Keep it for this account of the computer, or forget it when it is empty.

        False when the system has no keyring, so that it is known only until the program ends.
        """
        name = secret_name(server or self.server())
        if password:
            return system.secrets.store(name, password.strip())
        system.secrets.forget(name)
        return True

    @requires("create")
    def has_password(self) -> bool:
        """Whether sending could begin without asking for one."""
        server = self.server()
        return not server.user or bool(system.secrets.read(secret_name(server)))

    @requires("create")
    def test(
        self, values: Values | None = None, password: str = "", is_given_up: Callable[[], bool] = lambda: False
    ) -> str:
        """Connect and sign in with what was typed, or with what is stored; what went well in one sentence.

        ValidationError for what cannot be meant, MailError for everything that the server or the way to it refuses.
        """
        server: Any = self.server()
        if values is not None:
            server, problems = read_server(values)
            if problems:
                raise ValidationError(problems)
        if not server.is_ready:
            raise MailError(NO_SERVER)
        code = password.strip() or password_of(server)
        with Conversation(server, code, is_given_up=is_given_up) as conversation:
            conversation.open()
        signed_in = f"，用户 {server.user} 登录成功" if server.user else "，这个服务器不用登录"
        return f"连接成功：{server.host}:{server.port}（{server.security}）{signed_in}。"

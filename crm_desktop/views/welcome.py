"""The first start: found an office, look at the sample, open an existing database, or restore a backup."""

from collections.abc import Callable
from pathlib import Path
from tkinter import Misc
from typing import Any, Protocol

import ttkbootstrap as ttk

from crm_desktop.errors import ValidationError
from crm_desktop.views.background import Background
from crm_desktop.views.dialogs import Dialogs
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.text_inputs import PasswordInput, TextInput

DATABASE_TYPES = (("客户管理系统数据库", "*.db"),)
FIELD_OF = {"operator": "operator", "name": "company", "password": "password"}
WRITE_DOWN = "请抄下管理员找回码并妥善保管。忘记密码时，只有用它才能重设管理员密码："


class Founder(Protocol):
    """What the welcome page needs of the application."""

    background: Background
    dialogs: Dialogs

    def found(self, path: Path, company: str, operator: str, password: str, profile: dict[str, str]) -> str: ...
    def found_sample(self, path: Path) -> None: ...
    def open(self, path: Path) -> None: ...
    def suggested_database(self) -> Path: ...


class WelcomePage(ttk.Frame):
    """One page with the few things an office needs to begin; everything else has a default."""

    def __init__(self, root: Misc, founder: Founder) -> None:
        super().__init__(root, name="welcome")
        self._founder = founder
        self._box = ttk.Frame(self, bootstyle="bordered", padding=pixels(self, 24))
        self._box.place(relx=0.5, rely=0.48, anchor="center")
        ttk.Label(self._box, text="欢迎使用客户管理系统", style="Title.TLabel").pack(anchor="w")
        ttk.Label(self._box, text="填好下面几项就可以开始，其余以后都能修改。", style="Muted.TLabel").pack(
            anchor="w", pady=(pixels(self, 2), pixels(self, 12))
        )
        self._form = ttk.Frame(self._box)
        self._form.pack(fill="x")
        self._form.columnconfigure(1, weight=1, minsize=pixels(self, 360))
        self._fields = self._make_fields()
        self._add_buttons()
        enter_moves_focus(self._form, self.button)
        self._fields["operator"].set("admin")
        self._fields["database"].set(str(founder.suggested_database()))
        self._fields["company"].focus()

    def _make_fields(self) -> dict[str, LabeledField]:
        rows: tuple[tuple[str, str, Callable[[Misc], Any], bool], ...] = (
            ("company", "单位名称", lambda p: TextInput(p, max_length=100), True),
            ("address", "单位地址", lambda p: TextInput(p, max_length=200), False),
            ("postcode", "邮政编码", lambda p: TextInput(p, max_length=6, width=10), False),
            ("phone", "单位电话", lambda p: TextInput(p, max_length=40), False),
            ("operator", "管理员", lambda p: TextInput(p, max_length=30), True),
            ("password", "管理员密码", PasswordInput, True),
            ("again", "再输一次密码", PasswordInput, True),
            ("database", "数据保存在", self._database_input, True),
        )
        return {
            name: LabeledField(self._form, label, make, is_required=required).grid(row)
            for row, (name, label, make, required) in enumerate(rows)
        }

    def _database_input(self, parent: Misc) -> TextInput:
        field = TextInput(parent, max_length=400)
        field.add_button("folder2-open", self._choose_place)
        bind_key(field.control, "choose", self._choose_place)
        return field

    def _choose_place(self) -> None:
        place = self._founder.dialogs.choose_save_file(
            "数据保存在", name=Path(self._fields["database"].get()).name or "客户.db", types=DATABASE_TYPES
        )
        if place is not None:
            self._fields["database"].set(str(place))

    def _add_buttons(self) -> None:
        gap = pixels(self, 8)
        row = ttk.Frame(self._box)
        row.pack(fill="x", pady=(pixels(self, 16), 0))
        self.button = ttk.Button(row, text="建立并登录", bootstyle="primary", command=self.submit, name="submit")
        self.button.pack(side="right")
        bind_key(self.button, "enter", self.submit)
        for text, command, name in (
            ("先看示例数据", self._try_sample, "sample"),
            ("打开已有数据库…", self._open_existing, "open"),
        ):
            ttk.Button(row, text=text, bootstyle="outline", command=command, name=name).pack(
                side="left", padx=(0, gap)
            )

    def submit(self) -> None:
        """Found the office, then show the recovery code once."""
        values = {name: field.get().strip() for name, field in self._fields.items()}
        errors = self._missing(values)
        self._show_errors(errors)
        if errors:
            return
        path = Path(values["database"])
        profile = {name: values[name] for name in ("address", "postcode", "phone")}
        self.button.configure(state="disabled")
        self._founder.background.run_in_background(
            lambda job: self._founder.found(path, values["company"], values["operator"], values["password"], profile),
            lambda code: self._founded(path, code),
            self._refused,
            owner=self,
            title="正在建立数据库…",
            is_saving=True,
        )

    def _missing(self, values: dict[str, str]) -> dict[str, str]:
        errors = {
            name: f"请填写{self._fields[name].label_text}。"
            for name in ("company", "operator", "password", "database")
            if not values[name]
        }
        if values["password"] and values["password"] != values["again"]:
            errors["again"] = "两次输入的密码不一样。"
        if values["database"] and Path(values["database"]).exists():
            errors["database"] = "这个文件已经存在。请换一个文件名，或用下面的“打开已有数据库”。"
        return errors

    def _show_errors(self, errors: dict[str, str]) -> None:
        for name, field in self._fields.items():
            field.set_error(errors.get(name))
        first = next((field for name, field in self._fields.items() if name in errors), None)
        if first is not None:
            first.focus()

    def _founded(self, path: Path, code: str) -> None:
        self._founder.dialogs.show_message(WRITE_DOWN, detail=code, title="管理员找回码")
        self._founder.open(path)

    def _refused(self, error: BaseException) -> None:
        self.button.configure(state="normal")
        if isinstance(error, ValidationError):
            known = {FIELD_OF.get(name, name): sentence for name, sentence in error.fields.items()}
            self._show_errors({name: known[name] for name in known if name in self._fields})
        else:
            self._founder.dialogs.show_error(error)

    def _try_sample(self) -> None:
        path = self._founder.suggested_database().with_name("示例办公室.db")
        self._founder.background.run_in_background(
            lambda job: self._founder.found_sample(path),
            lambda nothing: self._founder.open(path),
            owner=self,
            title="正在准备示例数据…",
            is_saving=True,
        )

    def _open_existing(self) -> None:
        path = self._founder.dialogs.choose_open_file("打开数据库", types=DATABASE_TYPES)
        if path is not None:
            self._founder.open(path)

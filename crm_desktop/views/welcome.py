"""The first start: found an office, look at the sample, or open an existing database."""

from collections.abc import Callable
from pathlib import Path
from tkinter import Misc
from typing import Any, Protocol

import ttkbootstrap as ttk

from crm_desktop import system
from crm_desktop.clock import Clock
from crm_desktop.controllers import place_refusal, place_warnings
from crm_desktop.controllers.backups import BackupInfo
from crm_desktop.errors import DatabaseError, FieldError, ValidationError
from crm_desktop.models import COMPANY
from crm_desktop.models.checks import check_postcode
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.background import Background
from crm_desktop.views.backups.contents import Chosen, ContentsWindow, Purpose
from crm_desktop.views.backups.words import BACKUP_FILES
from crm_desktop.views.dialogs import Dialogs
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.passwords import watch_new_password
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.text_inputs import PasswordInput, TextInput

DATABASE_TYPES = (("客户管理系统数据库", "*.db"),)
PASSWORDS = ("password", "again")
PROFILE = ("address", "postcode", "phone")
FIELD_OF = {"name": "company"}
"""Fields of the office's own record that have another name here."""
PROMISE = "填好下面几项就可以开始，其余以后都能修改。"
NOT_SHARED = "只有当前的系统账号能写这个文件夹。几个人各用自己的账号时，请换一个公用的文件夹。"
BECOMES = "备份的内容会放到 {}，原来的备份文件不变。"
SAMPLE_NAME = "示例办公室.db"


class Founder(Protocol):
    """What the welcome page needs of the application."""

    background: Background
    dialogs: Dialogs
    clock: Clock
    settings: ComputerSettings

    def found(self, path: Path, company: str, operator: str, password: str, profile: dict[str, str]) -> str: ...
    def found_sample(self, path: Path) -> None: ...
    def open(self, path: Path) -> None: ...
    def suggested_database(self) -> Path: ...
    def suggested_backups(self) -> str: ...

    @property
    def rescuer(self) -> "Restorer": ...
    def restored(self, path: Path, safety: Path) -> None: ...


class Restorer(Protocol):
    """Looks into backups, and makes an office's file of one."""

    def inspect(self, file: Path, password: str, on_progress: Callable[[int, int], Any]) -> BackupInfo: ...
    def restore(self, path: Path, chosen: Chosen) -> Path: ...


class WelcomePage(ttk.Frame):
    """One page with the few things an office needs to begin; everything else has a default."""

    def __init__(self, root: Misc, founder: Founder, note: str = "") -> None:
        super().__init__(root, name="welcome")
        self._founder = founder
        self._box = ttk.Frame(self, bootstyle="bordered", padding=(pixels(self, 20), pixels(self, 12)))
        self._box.place(relx=0.5, rely=0.48, anchor="center")
        ttk.Label(self._box, text="欢迎使用客户管理系统", style="Title.TLabel").pack(anchor="w")
        style = "Hint.TLabel" if note else "Muted.TLabel"
        ttk.Label(self._box, text=note or PROMISE, style=style, name="note").pack(
            anchor="w", pady=(pixels(self, 2), pixels(self, 8))
        )
        self._form = ttk.Frame(self._box)
        self._form.pack(fill="x")
        self._form.columnconfigure((1, 3), weight=1, uniform="inputs", minsize=pixels(self, 200))
        self.fields = self._make_fields()
        self._add_buttons()
        enter_moves_focus(self._form, self.button)
        self.fields["operator"].set("admin")
        self.fields["database"].set(str(founder.suggested_database()))
        self.fields["backup_folder"].set(founder.suggested_backups())
        self._judge_place()
        self.fields["company"].focus()

    def _make_fields(self) -> dict[str, LabeledField]:
        fields: dict[str, LabeledField] = {}

        def add(name: str, label: str, make: Callable[[Misc], Any], *place: int, is_required: bool = False) -> None:
            fields[name] = LabeledField(self._form, label, make, is_required=is_required).grid(*place)

        add("company", "单位名称", self._profile_input("name"), 0, 0, 2, is_required=True)
        add("address", "单位地址", self._profile_input("address"), 1, 0, 2)
        add("postcode", "邮政编码", lambda p: TextInput(p, tidy=check_postcode), 2, 0)
        add("phone", "单位电话", self._profile_input("phone"), 2, 1)
        add("operator", "管理员", lambda p: TextInput(p, max_length=30), 3, 0, is_required=True)
        add("password", "密码", PasswordInput, 4, 0, is_required=True)
        add("again", "再输一次", PasswordInput, 4, 1, is_required=True)
        add("database", "数据保存在", self._place_input(self._choose_database), 5, 0, 2, is_required=True)
        add("backup_folder", "备份保存在", self._place_input(self._choose_backup_folder), 6, 0, 2)
        watch_new_password(fields["password"], fields["again"], fields["operator"].get)
        fields["backup_folder"].input.suggest("最好是 U 盘或另一块硬盘，可以以后再选")
        fields["database"].input.control.bind("<FocusOut>", lambda event: self._judge_place(), add="+")
        return fields

    def _profile_input(self, name: str) -> Callable[[Misc], TextInput]:
        """An input for a field of the office's own record, which says at once what is wrong."""
        field, today = COMPANY[name], self._founder.clock.today()
        return lambda parent: TextInput(parent, tidy=lambda typed: field.format(field.accept(typed, today)))

    def _place_input(self, choose: Callable[[], None]) -> Callable[[Misc], TextInput]:
        def make(parent: Misc) -> TextInput:
            made = TextInput(parent, max_length=400)
            made.add_button("folder2-open", choose)
            bind_key(made.control, "choose", choose)
            return made

        return make

    def _choose_database(self) -> None:
        typed = Path(self.fields["database"].get())
        place = self._founder.dialogs.choose_save_file("数据保存在", name=typed.name or "客户.db", types=DATABASE_TYPES)
        if place is not None:
            self.fields["database"].set(str(place))
            self._judge_place()

    def _choose_backup_folder(self) -> None:
        folder = self._founder.dialogs.choose_folder("备份保存在")
        if folder is not None:
            self.fields["backup_folder"].set(str(folder))

    def _judge_place(self) -> None:
        """Say why the office's file cannot lie there, or what to know when it may."""
        path = Path(self.fields["database"].get().strip())
        try:
            hint = judgement(path) if path.is_absolute() else ""
        except OSError:
            hint = NOT_SHARED
        self.fields["database"].set_hint(hint or None)

    def _add_buttons(self) -> None:
        row = ttk.Frame(self._box)
        row.pack(fill="x", pady=(pixels(self, 12), 0))
        self.button = ttk.Button(row, text="建立并登录", bootstyle="primary", command=self.submit, name="submit")
        self.button.pack(side="right")
        bind_key(self.button, "enter", self.submit)
        for text, command, name in (
            ("先看示例数据", self._try_sample, "sample"),
            ("打开已有数据库…", self._open_existing, "open"),
            ("从备份恢复…", self._restore_backup, "restore"),
        ):
            button = ttk.Button(row, text=text, bootstyle="outline", command=command, name=name)
            button.pack(side="left", padx=(0, pixels(self, 8)))
            bind_key(button, "enter", command)

    def submit(self) -> None:
        """Found the office, then show the recovery code once."""
        values = {name: field.get() for name, field in self.fields.items()}
        values = {name: text if name in PASSWORDS else text.strip() for name, text in values.items()}
        errors = self._missing(values)
        self._show_errors(errors)
        if errors:
            return
        path = checked_place(values["database"])
        profile = {name: values[name] for name in PROFILE}
        self._work(
            lambda: self._founder.found(path, values["company"], values["operator"], values["password"], profile),
            lambda code: self._founded(path, code, values),
            "正在建立数据库…",
        )

    def _missing(self, values: dict[str, str]) -> dict[str, str]:
        required = ("company", "operator", "password")
        errors = {name: f"请填写{self.fields[name].label_text}。" for name in required if not values[name]}
        wrong = [name for name in PROFILE if not self.fields[name].input.check()]
        errors |= {name: str(self.fields[name].input.error) for name in wrong}
        if values["password"] and values["password"] != values["again"]:
            errors["again"] = "两次输入的密码不一样。"
        try:
            checked_place(values["database"])
        except FieldError as error:
            errors["database"] = str(error)
        if values["backup_folder"] and not Path(values["backup_folder"]).is_dir():
            errors["backup_folder"] = "没有这个文件夹，请按 F7 选择，或先留空。"
        return errors

    def _show_errors(self, errors: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.set_error(errors.get(name))
        if "database" in errors:
            self.fields["database"].set_hint(None)
        first = next((field for name, field in self.fields.items() if name in errors), None)
        if first is not None:
            first.focus()

    def _work(self, work: Callable[[], Any], on_done: Callable[[Any], Any], title: str) -> None:
        self.button.configure(state="disabled")

        def done(result: Any) -> None:
            self.button.configure(state="normal")
            on_done(result)

        self._founder.background.run_in_background(
            lambda job: work(), done, self._refused, owner=self, title=title, is_saving=True
        )

    def _founded(self, path: Path, code: str, values: dict[str, str]) -> None:
        settings = self._founder.settings
        settings["last_operator"] = values["operator"]
        settings["backup_folder"] = values["backup_folder"] or settings["backup_folder"]
        self._founder.dialogs.show_recovery_code(code)
        self._founder.open(path)

    def _refused(self, error: BaseException) -> None:
        self.button.configure(state="normal")
        if isinstance(error, ValidationError):
            self._show_errors({FIELD_OF.get(name, name): sentence for name, sentence in error.fields.items()})
        elif isinstance(error, DatabaseError):
            self._show_errors({"database": str(error)})
        else:
            self._founder.dialogs.show_error(error)

    def _try_sample(self) -> None:
        """The sample stands beside the place proposed for the office's own data; the second time it is there."""
        path = self._founder.suggested_database().with_name(SAMPLE_NAME)
        if path.exists():
            self._founder.open(path)
        else:
            found, show = self._founder.found_sample, self._founder.open
            self._work(lambda: found(path), lambda nothing: show(path), "正在准备示例数据…")

    def _open_existing(self) -> None:
        path = self._founder.dialogs.choose_open_file("打开数据库", types=DATABASE_TYPES)
        if path is not None:
            self._founder.open(path)

    def _restore_backup(self) -> None:
        """A new computer, or a lost disk: the backup becomes the office's file at the place that is written here."""
        try:
            path = checked_place(self.fields["database"].get().strip())
        except FieldError as error:
            self._show_errors({"database": str(error)})
            return
        founder = self._founder
        file = founder.dialogs.choose_open_file("选择要恢复的备份", types=BACKUP_FILES)
        if file is None:
            return
        purpose = Purpose("从备份恢复", "恢复", BECOMES.format(path))
        chosen = ContentsWindow(self, founder.background, file, founder.rescuer.inspect, purpose).ask()
        if chosen is not None:
            restore = founder.rescuer.restore
            self._work(lambda: restore(path, chosen), lambda safety: founder.restored(path, safety), "正在恢复…")


def judgement(path: Path) -> str:
    """Why a file cannot lie in a place, else what whoever works with it should know; the gravest first."""
    shared = "" if system.is_for_all_users(path) else NOT_SHARED
    return place_refusal(path) or next(iter(place_warnings(path)), shared)


def checked_place(typed: str) -> Path:
    """The file for a new office; FieldError says why it cannot be this one."""
    path = Path(typed)
    if not typed:
        raise FieldError("请填写数据保存在哪个文件。")
    if not path.is_absolute():
        raise FieldError("请填写完整的位置，从盘符或根目录写起，或按 F7 选择。")
    try:
        if path.is_dir():
            raise FieldError("这是一个文件夹，请在后面写上文件名，例如 客户.db。")
        path = path if path.suffix else path.with_name(f"{path.name}.db")
        if path.exists():
            raise FieldError("这个文件已经存在。请换一个文件名，或用下面的“打开已有数据库”。")
        reason = place_refusal(path)
    except OSError as error:
        raise FieldError("这个位置不能使用，请检查写得对不对、有没有权限。") from error
    if reason:
        raise FieldError(reason)
    return path

"""Every screen to photograph, and every state of one in which a clerk sees something else."""

import os
import platform
from pathlib import Path
from typing import Any

from crm_desktop.controllers.mail import Letter
from crm_desktop.models import COMPLAINTS, CUSTOMERS, RECORDS, Query
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.modules import MODULES
from crm_desktop.views.preview.front_scenes import FRONT_SCENES
from crm_desktop.views.preview.session import Scene, Session, Step
from crm_desktop.views.preview.steps import act, call, screen, some_records

IMPORTED = """客户名称,电话,级别,地址
长春新客户,0431-85120001,重要,人民大街1号
,没有名称的行,重要,
吉林新客户,12,普通,光华路2号
"""
"""A file with a good row and two bad ones."""
NEWEST = 20
FOLDER = "D:\\客户管理系统\\"
PLACE = f"{FOLDER}客户.db"


def _served(session: Session) -> int:
    """The customer with a telephone whose complaint came last, with a history to show; else the first."""
    office = session.desk.office
    newest = office.complaints.ids(Query())[:NEWEST]
    customers = (office.customers.get(office.complaints.get(id)["customer"]) for id in newest)
    return next((int(each["id"]) for each in customers if each["phone"]), some_records(session)[0])


def _envelopes(session: Session, shown: Any) -> Any:
    return session.window.open("envelopes", entity="customers", ids=some_records(session))


def _customer(session: Session, shown: Any) -> Any:
    return session.window.open("customer", record=_served(session))


def _about(session: Session, shown: Any) -> Any:
    """As on a clerk's machine, not on that of whoever takes the picture."""
    about = session.window.open("about")
    text = about.pane.text
    text.configure(state="normal")
    here = f"{session.folder}{os.sep}", f"{platform.system()} {platform.release()}"
    for told, instead in zip(here, (FOLDER, "Windows 11"), strict=True):
        while place := text.search(told, "1.0", "end"):
            text.replace(place, f"{place} + {len(told)} chars", instead, "fact")
    text.configure(state="disabled")
    return about


def _postcodes(session: Session, shown: Any) -> Any:
    return session.window.open("postcodes", text="吉林长春")


def _letter(session: Session, shown: Any) -> Any:
    """The first of the program's templates, to a few customers."""
    template = session.desk.office.mail_templates.all()[0]
    letter = Letter(template.subject, template.body)
    return session.window.open("compose", entity="customers", ids=some_records(session), letter=letter)


def _call(session: Session, shown: Any) -> Any:
    """A number that is known, with the call begun."""
    number = session.desk.office.customers.get(_served(session))["phone"]
    calls = session.window.open("calls")
    calls.show(number)
    calls.begin("来电")
    return calls


def _form(entity: Any, *, is_new: bool = False) -> Step:
    """That of the newest record, or of a new one."""

    def show(session: Session, shown: Any) -> Any:
        newest = next(iter(getattr(session.desk.office, entity.key).ids(Query())), None)
        return open_form(session.desk, entity, None if is_new else newest)

    return show


def _page(number: int) -> Step:
    """The form's page so many further on."""

    def turn(session: Session, form: Any) -> Any:
        for _ in range(number):
            form.form.pages.step(1)
        return form

    return turn


def _with_errors(session: Session, form: Any) -> Any:
    """Each field with its complaint."""
    form.form.show_errors({name: f"请检查{form.form.entity[name].label}。" for name in form.form.entity.writable})
    return form


def _file_to_import(session: Session, wizard: Any) -> Any:
    path = session.folder / "新客户.csv"
    path.write_text(IMPORTED, encoding="utf-8-sig")
    wizard.file.choose(path)
    return wizard


def _next(session: Session, wizard: Any) -> Any:
    """The wizard's next page, once it has been read."""
    step = wizard.step
    wizard.next()
    session.wait_until(lambda: wizard.step > step, "导入的下一步")
    return wizard


def _duplicates(session: Session, shown: Any) -> Any:
    shown.find()
    session.wait_until(lambda: shown.table.total > 0, "查重")
    shown.table.go_to(shown.table.current_id)
    return shown


def _nothing_found(session: Session, shown: Any) -> Any:
    shown.find("没有这样的记录")
    return shown


def _trouble(session: Session, shown: Any) -> Any:
    session.application.show_trouble(Path(PLACE), "数据库文件已损坏，无法打开。可以用下面的备份恢复。")
    return session.application.page


def _welcome(session: Session, shown: Any) -> Any:
    session.application.show_welcome()
    page: Any = session.application.page
    page.fields["database"].set(PLACE)  # not the folder of whoever takes the picture
    page.fields["database"].set_hint(None)
    return page


OWN = ("envelopes", "customer", "calls", "postcodes", "compose", "about")
"""Screens that are brought about in a way of their own."""
IMPORT = (screen("import"), _file_to_import)
CUSTOMER_FORM = _form(CUSTOMERS)
SCENES = (
    Scene("welcome", "欢迎", (_welcome,), is_outside=True),
    Scene("trouble", "数据库打不开", (_trouble,), is_outside=True),
    Scene("sign_in", "登录", (), is_outside=True),
    *(Scene(each.key, each.title, (screen(each.key),)) for each in MODULES if each.key not in OWN),
    Scene("envelopes", "客户信封打印", (_envelopes,)),
    Scene("envelope_preview", "信封打印预览", (_envelopes, call("preview"))),
    Scene("envelope_settings", "信封设置", (_envelopes, act("settings"))),
    Scene("envelope_positions", "信封字段位置", (_envelopes, act("positions"))),
    Scene("envelope_calibration", "信封校准", (_envelopes, act("calibrate"))),
    Scene("list_preview", "列表打印预览", (screen("customer_list"), call("print"))),
    Scene("customer", "客户详情", (_customer,)),
    Scene("about", "关于", (_about,)),
    Scene("calls", "客户呼叫中心", (_call,)),
    Scene("postcodes", "国内城市区号邮编查询", (_postcodes,)),
    Scene("compose", "写邮件", (_letter,)),
    *(Scene(f"compose.{id}", f"写邮件 {title}", (_letter, act(id)))
      for id, title in (("recipients", "收件人"), ("template", "模板"), ("field", "合并项"), ("preview", "预览"))),
    Scene("customer_form", "客户表单", (CUSTOMER_FORM,)),
    *(Scene(f"customer_form.{page + 1}", f"客户表单 第{page + 1}页", (CUSTOMER_FORM, _page(page)))
      for page in (1, 2, 3)),
    Scene("customer_form.new", "新客户表单", (_form(CUSTOMERS, is_new=True),)),
    *(Scene(f"{each.key.removesuffix('s')}_form", f"{each.label}表单", (_form(each),))
      for each in RECORDS if each is not CUSTOMERS),
    *(Scene(f"{each.key}.errors", f"{each.label}表单 有错", (_form(each), _with_errors))
      for each in (CUSTOMERS, COMPLAINTS)),
    Scene("customers.nothing", "客户信息 没有找到", (screen("customers"), _nothing_found)),
    Scene("import.columns", "导入 对应各列", (*IMPORT, _next)),
    Scene("import.preview", "导入 检查", (*IMPORT, _next, _next)),
    Scene("duplicates.found", "查重与合并 找到的", (screen("duplicates"), _duplicates)),
    Scene("duplicates.merge", "合并客户", (screen("duplicates"), _duplicates, act("merge"))),
    *FRONT_SCENES,
)  # fmt: skip

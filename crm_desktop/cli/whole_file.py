"""Commands about the whole file, for which nobody has to sign in: whoever can read it owns the office."""

import os
from pathlib import Path

from crm_desktop.cli.common import (
    BACKUP_PASSWORD,
    NEW_PASSWORD,
    Add,
    Options,
    ask_twice,
    backup_password,
    new_backup_password,
    new_database,
    opened,
)
from crm_desktop.clock import Clock
from crm_desktop.controllers import create_office, recover_administrator
from crm_desktop.controllers.backups import BackupInfo, back_up, inspect, restore_backup
from crm_desktop.controllers.context import unattended
from crm_desktop.controllers.rights import AREAS
from crm_desktop.controllers.sample import build_sample
from crm_desktop.db import Database, search_index
from crm_desktop.errors import DatabaseError
from crm_desktop.models.moments import local_text

SHOWN_FINDINGS = 5
FILES = "附件"


def add_commands(add: Add) -> None:
    init = add("init", init_office, f"建立新办公室（管理员密码取自 {NEW_PASSWORD}，否则询问）")
    init.add_argument("--company", required=True, help="单位名称")
    init.add_argument("--operator", default="admin", dest="administrator", help="管理员的操作员名")
    add("sample", make_sample, "建立示例办公室")
    backup = add("backup", make_backup, "备份到文件夹")
    backup.add_argument("folder", type=Path)
    backup.add_argument("--encrypt", action="store_true", help=f"加密；密码取自 {BACKUP_PASSWORD}，否则询问")
    add("verify", verify_file, f"检验一个备份（加密的：密码取自 {BACKUP_PASSWORD}）").add_argument("file", type=Path)
    add("restore", restore_file, "从备份恢复（保留安全副本）").add_argument("file", type=Path)
    add("check", check_file, "检查数据库并重建查找索引")
    recover = add("recover", recover_password, f"用找回码重设管理员密码（新密码取自 {NEW_PASSWORD}，否则询问）")
    recover.add_argument("code", help="管理员找回码")
    recover.add_argument("--operator", default="admin", dest="administrator", help="管理员的操作员名")


def init_office(options: Options) -> None:
    password = os.environ.get(NEW_PASSWORD) or ask_twice()
    with new_database(options.db) as database:
        code = create_office(database, options.company, options.administrator, password)
    print(f"已建立：{options.db}")
    print(f"管理员找回码（请抄写保存）：{code}")


def make_sample(options: Options) -> None:
    with new_database(options.db) as database:
        sample = build_sample(database, Clock())
    print(f"已建立示例办公室：{options.db}")
    print(f"操作员 {sample.operator}  密码 {sample.password}")


def make_backup(options: Options) -> None:
    password = new_backup_password() if options.encrypt else ""
    with opened(options.db) as database:
        info = back_up(unattended(database, Clock()), options.folder, password=password)
    print(f"{info.path}  客户 {info.counts['customers']}  联系人 {info.counts['contacts']}  已校验")


def verify_file(options: Options) -> None:
    info = inspect(options.file, backup_password(options.file), live=options.db)
    print(summary(info))
    counts = "  ".join(f"{AREAS.get(table, FILES)} {count}" for table, count in info.counts.items())
    print(f"{counts}\n备份完好。SHA-256 {info.sha256}")


def summary(info: BackupInfo) -> str:
    return f"{info.company}  客户 {info.counts['customers']}  最后修改 {local_text(info.last_change)}"


def restore_file(options: Options) -> None:
    password = backup_password(options.file)
    print(summary(inspect(options.file, password, live=options.db)))
    database = Database(options.db)
    try:
        safety = restore_backup(unattended(database, Clock()), options.file, password)
    finally:
        database.close_all()
    print(f"已恢复。原有数据的安全副本：{safety}")


def check_file(options: Options) -> None:
    with opened(options.db) as database:
        found = [row[0] for row in database.query("PRAGMA integrity_check")]
        orphans = len(database.query("PRAGMA foreign_key_check"))
        if found != ["ok"] or orphans:
            details = "；".join(map(str, found[:SHOWN_FINDINGS]))
            raise DatabaseError(f"数据库已损坏，请用最近的备份恢复：{details}，悬空引用 {orphans} 处。")
        search_index.rebuild(database)
    print("数据库完好，查找索引已重建。")


def recover_password(options: Options) -> None:
    password = os.environ.get(NEW_PASSWORD) or ask_twice()
    with opened(options.db) as database:
        recover_administrator(database, options.code, options.administrator, password)
    print("管理员密码已重设。")

"""The command line as a scheduler uses it: a process with pipes, exit codes, paths with blanks and Chinese."""

import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import Workbook, load_workbook

from crm_desktop.cli import main
from crm_desktop.controllers import create_office, sign_in
from crm_desktop.db import Database
from crm_desktop.models import Query

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "hongda2026"
Result = subprocess.CompletedProcess[str]
Run = Callable[..., Result]
MM = 25.4 / 72
ADMIN = ("--operator", "admin")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chosen = tmp_path / "客户 资料"
    chosen.mkdir()
    return chosen


@pytest.fixture
def process(folder: Path) -> Run:
    """Run a command on 办公室.db with the administrator's password in the environment."""

    def call(*arguments: object, password: str = PASSWORD) -> Result:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "CRM_PASSWORD": password, "CRM_NEW_PASSWORD": password}
        command = [sys.executable, "-m", "crm_desktop", *on_the_office(folder, arguments)]
        return subprocess.run(
            command, env=environment, cwd=folder, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False
        )

    return call


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same without the second that a process takes to start, for what follows from the arguments alone."""

    def call(*arguments: object, password: str = PASSWORD) -> Result:
        monkeypatch.chdir(folder)
        for name in ("CRM_PASSWORD", "CRM_NEW_PASSWORD", "CRM_BACKUP_PASSWORD"):
            monkeypatch.setenv(name, password)
        said, complained = io.StringIO(), io.StringIO()
        with redirect_stdout(said), redirect_stderr(complained):
            try:
                code: Any = main(on_the_office(folder, arguments))
            except SystemExit as end:
                code = end.code
        return subprocess.CompletedProcess([], code, said.getvalue(), complained.getvalue())

    return call


def on_the_office(folder: Path, arguments: tuple[object, ...]) -> list[str]:
    return ["--db", str(folder / "办公室.db"), *map(str, arguments)]


@pytest.fixture(scope="module")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that nobody has worked in."""
    path = tmp_path_factory.mktemp("founded") / "a.db"
    database = Database.open(path, create=True)
    create_office(database, "长春宏达", "admin", PASSWORD)
    database.close_all()
    return path


@pytest.fixture
def founded(run: Run, folder: Path, office_file: Path) -> Run:
    shutil.copyfile(office_file, folder / "办公室.db")
    return run


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_init_tells_the_recovery_code_and_refuses_a_second_time(process: Run, folder: Path) -> None:
    first = process("init", "--company", "长春宏达")
    assert re.search(r"找回码.*[A-Z2-9]{4}(-[A-Z2-9]{4}){3}", first.stdout)

    before = (folder / "办公室.db").read_bytes()
    second = process("init", "--company", "别的单位")
    assert (second.returncode, second.stdout) == (1, "")
    assert "已经存在" in second.stderr
    assert (folder / "办公室.db").read_bytes() == before


def test_a_weak_password_leaves_no_file(run: Run, folder: Path) -> None:
    result = run("init", "--company", "长春宏达", password="123456")

    assert result.returncode == 1
    assert "密码" in result.stderr
    assert list(folder.iterdir()) == []


def test_every_kind_of_record_comes_in_and_goes_out(founded: Run, folder: Path) -> None:
    assert founded(*ADMIN, "import", "customers", workbook(folder / "c.xlsx", ("客户名称",), ("吉林鑫源",))).returncode == 0
    sheet = workbook(folder / "t.xlsx", ("投诉日期", "公司名称", "投诉内容"), ("2024-3-5", "吉林鑫源", "漏油"), ("2024-3-5", "火星", "吵"))
    result = founded(*ADMIN, "import", "complaints", sheet, "--skip-bad")
    assert "没有客户“火星”" in result.stderr and result.stdout == "新增 1  更新 0  跳过 0  错误 1  联系人 0\n"
    assert founded(*ADMIN, "export", "complaints", folder / "out.csv").stdout.startswith("已导出 1 条")
    assert "TS20240305-001,2024-03-05,吉林鑫源" in (folder / "out.csv").read_text("utf-8-sig")
    assert founded(*ADMIN, "report", "complaint_list", folder / "out.pdf").returncode == 0
    assert founded(*ADMIN, "import", "operators", sheet).returncode == 2


def test_a_list_becomes_envelopes(founded: Run, folder: Path) -> None:
    workbook(
        folder / "客户 表.xlsx",
        ("公司名称", "联系人", "通讯地址", "邮政编码", "电话"),
        ("上海𠮷野商贸有限公司", "欧阳𬭎喆", "上海市静安区南京西路1266号", "200040", "021-62881266"),
        ("长春宏达机械有限公司", "李明", "吉林省长春市朝阳区前进大街2699号", "130012", "0431-85100001"),
    )
    assert founded("--operator", "admin", "import", "customers", "客户 表.xlsx").returncode == 0

    result = founded("--operator", "admin", "labels", "--sheet", "3x8", "--start", "24", "--copies", "2", "标签.pdf")
    assert (result.returncode, result.stdout.strip()) == (0, "2 张标签纸：标签.pdf")
    sheets = pypdfium2.PdfDocument(folder / "标签.pdf")
    assert sheets[1].get_textpage().get_text_range().count("上海市静安区") + sheets[0].get_textpage().get_text_range().count("上海市静安区") == 2
    result = founded("--operator", "admin", "labels", "--sheet", "3x8", "--start", "25", "标签.pdf")
    assert (result.returncode, "1 到 24" in result.stderr) == (1, True)

    result = founded("--operator", "admin", "envelopes", "--size", "C6", "--text", "𠮷野", "国际.pdf")
    assert result.returncode == 0 and "没有国家/地区" in result.stderr
    result = founded("--operator", "admin", "envelopes", "--size", "DL", "--text", "𠮷野", "信封.pdf")
    assert result.returncode == 0, result.stderr
    pdf = pypdfium2.PdfDocument(folder / "信封.pdf")
    assert len(pdf) == 1
    assert [round(side * MM, 1) for side in pdf[0].get_size()] == [220.0, 110.0]
    text = pdf[0].get_textpage().get_text_range()
    assert "欧阳𬭎喆" in text
    assert "上海𠮷野商贸有限公司" in text


def test_a_bad_row_refuses_the_whole_file_until_it_is_left_out(founded: Run, folder: Path) -> None:
    workbook(folder / "a.xlsx", ("客户名称", "邮编"), ("甲公司", "130012"), ("乙公司", "13x"))
    refused = founded("--operator", "admin", "import", "customers", "a.xlsx", "--bad-rows", "坏行.xlsx")
    assert refused.returncode == 1
    assert "第 3 行" in refused.stderr
    assert [row[0] for row in load_workbook(folder / "坏行.xlsx").active.iter_rows(min_row=2, values_only=True)] == [3]

    assert "新增 1" in founded("--operator", "admin", "import", "customers", "a.xlsx", "--skip-bad").stdout


def test_a_word_the_office_does_not_know_is_told(founded: Run, process: Run, folder: Path) -> None:
    workbook(folder / "a.xlsx", ("客户名称", "客户来源", "业务员"), ("甲公司", "行业协会推荐", "孙志强"))
    result = process("--operator", "admin", "import", "customers", "a.xlsx")

    assert result.returncode == 0
    assert "“行业协会推荐”在 1 行里出现，办公室还没有：新增" in result.stderr
    assert "“孙志强”在 1 行里出现，办公室还没有：留空" in result.stderr


def test_export_and_report_write_what_the_ending_says(founded: Run, folder: Path) -> None:
    workbook(folder / "a.xlsx", ("客户名称",), ("@甲公司",), ("乙公司",))
    founded("--operator", "admin", "import", "customers", "a.xlsx")

    assert "2 条" in founded("--operator", "admin", "export", "customers", "出.xlsx").stdout
    names = {row[0] for row in load_workbook(folder / "出.xlsx").active.iter_rows(min_row=2, values_only=True)}
    assert "@甲公司" in names
    assert founded("--operator", "admin", "export", "customers", "出.csv").returncode == 0
    assert (folder / "出.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for report in ("customer_list", "contact_list", "postcodes"):
        assert founded("--operator", "admin", "report", report, f"{report}.pdf").returncode == 0
        assert (folder / f"{report}.pdf").read_bytes().startswith(b"%PDF")
    for report, file, start in (("complaint_satisfaction", "分析.pdf", b"%PDF"), ("customer_statistics", "统计.xlsx", b"PK")):
        chosen = ("--from", "2026-01-01", "--to", "2026-12-31", "--group-by", "region")
        done = founded("--operator", "admin", "report", report, file, *chosen)
        assert (done.returncode, "按区域分组" in done.stdout) == (0, True)
        assert (folder / file).read_bytes().startswith(start)
    assert founded("--operator", "admin", "report", "service_month", "月报.pdf", "--month", "2026-10").returncode == 0
    assert (folder / "月报.pdf").read_bytes().startswith(b"%PDF")
    refused = founded("--operator", "admin", "report", "service_month", "月报.pdf", "--month", "十月")
    assert (refused.returncode, refused.stderr.strip()) == (1, "月份“十月”应类似 2026-10。")
    refused = founded("--operator", "admin", "report", "customer_list", "列表.docx")
    assert refused.returncode == 1


def test_backup_and_restore_need_no_operator(founded: Run, folder: Path) -> None:
    (folder / "备份").mkdir()
    assert founded("backup", "备份").returncode == 0
    (backup,) = (folder / "备份").glob("*.db")
    workbook(folder / "a.xlsx", ("客户名称",), ("甲公司",))
    founded("--operator", "admin", "import", "customers", "a.xlsx")

    restored = founded("restore", backup)
    assert restored.returncode == 0, restored.stderr
    assert "安全副本" in restored.stdout
    assert "0 条" in founded("--operator", "admin", "export", "customers", "x.csv").stdout


@pytest.mark.usefixtures("cheap_encryption")
def test_an_encrypted_backup_is_verified_and_restored(run: Run, folder: Path) -> None:
    (folder / "U盘").mkdir()
    run("init", "--company", "长春宏达")
    assert "已校验" in run("backup", "U盘", "--encrypt").stdout
    (backup,) = (folder / "U盘").glob("*.crmbak")
    verified = run("verify", backup)
    assert (verified.returncode, verified.stdout.splitlines()[1][:5]) == (0, "客户信息 ")
    assert "备份完好。SHA-256 " in verified.stdout
    refused = run("verify", backup, password="wrong-password")
    assert (refused.returncode, "密码不正确" in refused.stderr) == (1, True)
    assert run("restore", backup).returncode == 0
    backup.write_bytes(backup.read_bytes()[:-1])
    damaged = run("verify", backup)
    assert (damaged.returncode, "校验值不符" in damaged.stderr) == (1, True)


def test_everything_is_exported_by_who_may(founded: Run, run: Run, folder: Path) -> None:
    refused = founded("export-all", ".")
    assert (refused.returncode, "--operator" in refused.stderr) == (1, True)
    done = run("--operator", "admin", "export-all", ".")
    assert done.returncode == 0, done.stderr
    assert "个文件" in done.stdout
    (exported,) = folder.glob("*_全部数据_*")
    assert {"全部数据.xlsx", "CSV", "说明.txt"} <= {path.name for path in exported.iterdir()}


def test_check_says_what_it_found(founded: Run, process: Run, folder: Path) -> None:
    assert "完好" in founded("check").stdout

    (folder / "办公室.db").write_bytes(b"not a database at all" * 100)
    damaged = process("check")
    assert damaged.returncode == 1
    assert "数据库" in damaged.stderr


def test_check_fails_until_everything_is_repaired(founded: Run, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "办公室.db")) as file:
        file.execute("DROP INDEX customers_owner")
    found = founded("check")
    assert found.returncode == 1
    assert "索引 customers_owner：缺少" in found.stdout
    assert "--repair" in found.stderr

    repaired = founded("check", "--repair")
    assert repaired.returncode == 0, repaired.stderr
    assert "已修复" in repaired.stdout
    assert len(list((folder / "备份").iterdir())) == 1
    assert "完好" in founded("check").stdout


def test_recover_sets_the_administrators_password(run: Run) -> None:
    code = re.search(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}", run("init", "--company", "长春宏达").stdout)
    assert code
    recovered = run("recover", code[0], password="forgotten-99")
    assert recovered.returncode == 0
    assert re.search(r"新的管理员找回码（[^）]+）：[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}", recovered.stdout)

    assert run("--operator", "admin", "export", "customers", "x.csv").returncode == 1
    assert run("--operator", "admin", "export", "customers", "x.csv", password="forgotten-99").returncode == 0
    assert run("recover", "AAAA-BBBB-CCCC-DDDD").returncode == 1


def test_a_password_that_others_have_set_does_not_open_the_command_line(founded: Run, folder: Path) -> None:
    database = Database.open(folder / "办公室.db")
    sign_in(database, "admin", PASSWORD).operators.add({"name": "li", "full_name": "李", "role": "只读"}, "erstmal77")
    database.close_all()
    refused = founded("--operator", "li", "export", "customers", "x.csv", password="erstmal77")
    assert (refused.returncode, refused.stderr) == (1, "密码是别人设置的，请先在窗口里登录并改成自己的。\n")


def test_what_reads_customers_asks_for_an_operator(founded: Run) -> None:
    assert "--operator" in founded("export", "customers", "x.csv").stderr
    wrong = founded("--operator", "admin", "export", "customers", "x.csv", password="wrong-one")
    assert wrong.returncode == 1
    assert "密码" in wrong.stderr


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("envelopes", "--size", "A4", "x.pdf"), ("import",)])
def test_wrong_usage_is_exit_code_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2


def test_a_process_ends_with_the_code(process: Run) -> None:
    assert process("nonsense").returncode == 2


def test_the_sample_tells_how_to_enter(run: Run, folder: Path) -> None:
    result = run("sample")
    assert result.returncode == 0, result.stderr
    password = re.search(r"密码 (\w+)", result.stdout)
    assert password

    database = Database.open(folder / "办公室.db")
    assert sign_in(database, "admin", password[1]).customers.count(Query()).n == 300
    database.close_all()


def test_the_demo_writes_its_documents_and_ends_with_the_sign_in(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "crm_desktop.demo", str(tmp_path / "演示")]
    result = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stderr
    files = sorted(file.name for file in (tmp_path / "演示").iterdir())
    assert "07-备份.db.sha256" in files
    numbered = [name for name in files if name[:2].isdecimal() and not name.endswith(".sha256")]
    assert [name[:2] for name in numbered] == [f"{number:02d}" for number in range(1, 15)]
    lines = result.stdout.splitlines()
    assert all(any(name in line for line in lines) for name in numbered)
    assert re.search(r"admin\s+密码 \w{10}$", lines[-1])
    for page in pypdfium2.PdfDocument(tmp_path / "演示" / "01-客户信封.pdf"):
        assert [round(side * MM, 1) for side in page.get_size()] == [220.0, 110.0]
    copy = Database.open(tmp_path / "演示" / "07-备份.db")
    assert copy.value("SELECT count(*) FROM customers WHERE deleted_at IS NULL") == 300
    copy.close_all()


def test_a_paper_is_written_by_the_number_of_its_record(founded: Run, folder: Path) -> None:
    workbook(folder / "a.xlsx", ("客户名称", "客户编号"), ("甲公司", "n0431009"))
    founded("--operator", "admin", "import", "customers", "a.xlsx")
    result = founded("--operator", "admin", "paper", "customers", "n0431009", "卡.pdf", "--size", "A5")
    assert result.returncode == 0, result.stderr
    pdf = pypdfium2.PdfDocument(folder / "卡.pdf")
    assert [round(side * MM) for side in pdf[0].get_size()] == [148, 210]
    assert "甲公司" in pdf[0].get_textpage().get_text_range()
    refused = founded("--operator", "admin", "paper", "complaints", "TS20261122-001", "单.pdf")
    assert (refused.returncode, refused.stderr) == (1, "没有找到客户投诉“TS20261122-001”，或不是您的客户。\n")
    assert not (folder / "单.pdf").exists()

"""Photographs: of every screen, of the whole window, small, and without a trace in the database shown."""

import os
import platform
import subprocess
import sys
from types import SimpleNamespace

import pytest
from PIL import Image

from crm_desktop.views import photographs
from crm_desktop.views.modules import MODULES
from crm_desktop.views.preview.__main__ import SCALINGS, SIZES
from crm_desktop.views.preview.scenes import SCENES


@pytest.fixture
def photograph(tmp_path, office_file, password):
    """Run it as a person would, on an office whose password is told by the environment."""

    def run(*arguments):
        command = [sys.executable, "-m", "crm_desktop.views.preview", *arguments, "--db", str(office_file)]
        environment = {**os.environ, "CRM_PASSWORD": password, "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(
            command, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
        )

    return run


def picture_of(path):
    with Image.open(path) as picture:
        picture.load()
        return picture


def test_photographs_the_whole_window_and_leaves_the_database_alone(photograph, tmp_path, office_file):
    before = office_file.read_bytes()
    done = photograph("客户信息", str(tmp_path), "--size", "1280x700")
    path = tmp_path / "界面-客户信息.png"
    assert (done.returncode, done.stderr) == (0, "")
    assert str(path) in done.stdout
    picture = picture_of(path)
    assert picture.size == (1280, 700) and path.stat().st_size <= photographs.LARGEST_BYTES
    menu, status = picture.crop((0, 0, 600, 30)), picture.crop((600, 675, 1280, 700))
    assert all(len(part.convert("RGB").getcolors(1 << 16)) > 20 for part in (menu, status))  # words stand there
    assert office_file.read_bytes() == before


def test_the_variant_is_in_the_name(photograph, tmp_path):
    done = photograph("backups", str(tmp_path), "--scaling", "1.5", "--theme", "dark")
    assert done.returncode == 0
    picture = picture_of(tmp_path / "界面-数据备份与恢复-150%-深色.png").convert("RGB")
    assert sum(picture.getpixel((700, 600))) < 200


def test_pictures_for_the_documents_are_named_by_keys(photograph, tmp_path):
    assert photograph("关于", str(tmp_path / "new"), "--keys").returncode == 0
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["about.png"]


def test_an_unknown_screen_is_answered_with_those_there_are(photograph, tmp_path):
    done = photograph("没有的界面", str(tmp_path))
    assert done.returncode == 2
    assert "客户信息、" in done.stderr and "Traceback" not in done.stderr


def test_a_picture_names_no_folder_of_the_machine(root, window, tmp_path):
    """关于 tells where files lie; in its picture they lie where a clerk has them."""
    desk = window.desk
    desk.computer.path = tmp_path / "settings.json"
    session = SimpleNamespace(window=window, folder=tmp_path)
    (step,) = next(scene for scene in SCENES if scene.key == "about").steps
    told = step(session, None).pane.text.get("1.0", "end")
    assert str(tmp_path) not in told and "D:\\客户管理系统\\settings.json" in told and platform.release() not in told


def test_every_screen_has_its_scene():
    assert {module.key for module in MODULES} <= {scene.key for scene in SCENES}
    titles = [scene.title for scene in SCENES]
    assert len(titles) == len(set(titles))
    assert len({scene.key for scene in SCENES}) == len(SCENES)


def test_a_large_picture_gets_fewer_colours(tmp_path):
    noise = Image.effect_noise((640, 480), 60).convert("RGB")
    noise.putpixel((0, 0), (255, 0, 0))
    photographs.save_small(noise, tmp_path / "a.png")
    assert picture_of(tmp_path / "a.png").mode == "P"
    photographs.save_small(Image.new("RGB", (640, 480)), tmp_path / "b.png")
    assert picture_of(tmp_path / "b.png").mode == "RGB"


@pytest.mark.slow
def test_the_whole_matrix_has_its_own_names_and_the_sizes_asked_for(photograph, tmp_path):
    """A process for each scaling; every size in both appearances."""
    assert photograph("关于", str(tmp_path), "--matrix", "--keys").returncode == 0
    names = {path.name for path in tmp_path.iterdir() if path.suffix == ".png"}
    assert names == {
        f"about-{width}x{height}-{scaling:.0%}-{look}.png"
        for width, height in SIZES for scaling in SCALINGS for look in ("浅色", "深色")
    }  # fmt: skip
    for width, height in SIZES:
        light, dark = (picture_of(tmp_path / f"about-{width}x{height}-125%-{look}.png") for look in ("浅色", "深色"))
        assert light.size == dark.size == (width, height)
        assert sum(light.convert("RGB").getpixel((700, 600))) > 600 > 200 > sum(dark.convert("RGB").getpixel((700, 600)))

"""Photographs of the program's screens: ``python -m crm_desktop.views.preview SCREEN|--all|--manual [FOLDER]``.

Without ``--db`` the sample office is built for them; a database that is given is copied first. ``--matrix`` takes every
size, scaling and appearance, a process for each scaling, because fonts keep that with which the root was made.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from crm_desktop import system
from crm_desktop.console import speak_utf8
from crm_desktop.errors import CrmError
from crm_desktop.views.preview.looking import Looker
from crm_desktop.views.preview.scenes import SCENES
from crm_desktop.views.preview.session import Scene, Session
from crm_desktop.views.theme import APPEARANCES

SIZES = ((1366, 768), (1920, 1080))
SCALINGS = (1.0, 1.25, 1.5)
DOCUMENTS = Path(__file__).resolve().parents[3] / "docs"
PICTURE = re.compile(r"pictures/([\w.]+)\.png")


def main(arguments: list[str] | None = None) -> int:
    options = _parse(arguments)
    scenes = _chosen(options)
    if not scenes:
        print("可以拍摄：" + "、".join(scene.title for scene in SCENES), file=sys.stderr)
        return 2
    if len(options.scaling) > 1:
        return max(_process(arguments or sys.argv[1:], scaling) for scaling in options.scaling)
    system.enable_dpi_awareness()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="crm-preview-") as folder:
        session = Session(options, options.scaling[0], Path(folder))
        found = dict(_work(session, scenes, options))
        session.close()
    if options.look:
        options.look.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    return min(session.failures, 1)


Found = tuple[str, dict[str, list[str]]]


def _work(session: Session, scenes: list[Scene], options: argparse.Namespace) -> Iterator[Found]:
    """Photograph each scene in each variant, or look it over: (name, what is wrong)."""
    looker = Looker(session.root)
    for theme, size in product(options.theme, options.size):
        session.dress(size, theme)
        for scene in scenes:
            name = _name(scene, options, size, theme)
            session.show(scene)
            if options.look:
                session.camera.fit()  # the menu comes with signing in
                yield name, looker.look()
            else:
                path = options.folder / f"{name}.png"
                session.camera.photograph(path)
                print(f"{path}  {path.stat().st_size // 1024} KB", flush=True)
            session.close_scene()


def _process(arguments: list[str], scaling: float) -> int:
    """The same for one scaling."""
    command = [sys.executable, "-m", "crm_desktop.views.preview", *arguments, "--scaling", str(scaling)]
    return subprocess.run(command, check=False).returncode


def _chosen(options: argparse.Namespace) -> list[Scene]:
    if options.manual:
        return [scene for scene in SCENES if scene.key in pictures_shown()]
    return [scene for scene in SCENES if options.all or options.screen in (scene.key, scene.title)]


def pictures_shown() -> set[str]:
    """The pictures, without their ending, that the manual and the other documents show or name."""
    pages = [*DOCUMENTS.rglob("*.md"), *DOCUMENTS.parent.glob("README*.md")]
    return {name for page in pages for name in PICTURE.findall(page.read_text(encoding="utf-8"))}


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="preview", description="拍摄界面照片")
    parser.add_argument("names", nargs="*", metavar="SCREEN [FOLDER]", help="界面的标题或代号；文件夹，默认 demo")
    parser.add_argument("--all", action="store_true", help="全部界面；后面只写文件夹")
    parser.add_argument("--manual", action="store_true", help="文档里的照片；不写文件夹就更新 docs/pictures")
    parser.add_argument("--matrix", action="store_true", help="每种大小、缩放和外观各拍一张")
    parser.add_argument("--size", type=_sizes, help="整个窗口的像素，例如 1366x768；可以用逗号写几个")
    parser.add_argument("--scaling", type=_scalings, help="缩放，例如 1.5；可以用逗号写几个")
    parser.add_argument("--theme", type=_themes, help="外观：light、dark；可以用逗号写两个")
    parser.add_argument("--keys", action="store_true", help="照片以代号为文件名，例如 docs/pictures/customers.png")
    parser.add_argument("--look", type=Path, help="不拍照，把看到的毛病写入这个 JSON 文件")
    parser.add_argument("--db", type=Path, help="用这个数据库（不会改动它）")
    parser.add_argument("--operator", default="admin", help="登录用的操作员；密码取自 CRM_PASSWORD，否则询问")
    options = parser.parse_args(arguments)
    options.size = options.size or (SIZES if options.matrix else SIZES[:1])
    options.scaling = options.scaling or (SCALINGS if options.matrix else SCALINGS[:1])
    options.theme = options.theme or (tuple(APPEARANCES) if options.matrix else ("light",))
    names = [*([""] if options.all or options.manual else []), *options.names]
    options.keys = options.keys or (options.manual and len(names) == 1)
    default = DOCUMENTS / "pictures" if options.manual else "demo"
    options.screen, options.folder = names[0] if names else "", Path(names[1] if len(names) > 1 else default)
    return options


def _sizes(text: str) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(side) for side in size.split("x")) for size in text.split(","))


def _scalings(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(","))


def _themes(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if not set(names) <= APPEARANCES.keys():
        raise argparse.ArgumentTypeError(f"外观只有 {'、'.join(APPEARANCES)}")
    return names


def _name(scene: Scene, options: argparse.Namespace, size: tuple[int, int], theme: str) -> str:
    """The title or the key, and what tells the picture from the others that are taken."""
    scaling = options.scaling[0]
    parts = [scene.key] if options.keys else ["界面", scene.title]
    parts += [f"{size[0]}x{size[1]}"] if options.matrix or len(options.size) > 1 else []
    parts += [f"{scaling:.0%}"] if options.matrix or scaling != 1 else []
    parts += ["深色" if theme == "dark" else "浅色"] if options.matrix or theme == "dark" else []
    return "-".join(parts)


if __name__ == "__main__":
    speak_utf8()
    try:
        raise SystemExit(main())
    except CrmError as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from error

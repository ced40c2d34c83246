"""Every scene that is photographed, looked over: nothing cut, covered, faint, out of order or without its focus."""

import json
import os
import subprocess
import sys
from itertools import product

import pytest

from crm_desktop.clock import Clock
from crm_desktop.views.preview.__main__ import SCALINGS, SIZES
from crm_desktop.views.preview.scenes import SCENES
from crm_desktop.views.theme import APPEARANCES

TIGHTEST = (SIZES[0], 1.5, "light")
OTHERS = [variant for variant in product(SIZES, SCALINGS, APPEARANCES) if variant != TIGHTEST]
SECONDS = 240


@pytest.fixture
def look(tmp_path, sample_file):
    """What is wrong in a variant, as ``python -m crm_desktop.views.preview --all --look`` tells it."""

    def look_over(size, scaling, theme):
        answer = tmp_path / "found.json"
        options = ["--size", "{}x{}".format(*size), "--scaling", str(scaling), "--theme", theme, "--keys"]
        options += ["--db", str(sample_file(Clock()))]
        command = [sys.executable, "-m", "crm_desktop.views.preview", "--all", str(tmp_path), *options]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [*command, "--look", str(answer)], env=environment, capture_output=True, encoding="utf-8", check=False,
            timeout=SECONDS,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(answer.read_text(encoding="utf-8"))

    return look_over


@pytest.mark.timeout(SECONDS + 10)
def test_every_scene_is_right_where_there_is_least_room(look):
    found = look(*TIGHTEST)
    assert len(found) == len(SCENES)
    assert {scene: wrong for scene, wrong in found.items() if wrong} == {}


@pytest.mark.slow
@pytest.mark.timeout(SECONDS + 10)
@pytest.mark.parametrize("variant", OTHERS, ids=lambda variant: f"{variant[0][0]}-{variant[1]:.0%}-{variant[2]}")
def test_every_scene_is_right_everywhere_else(look, variant):
    assert {scene: wrong for scene, wrong in look(*variant).items() if wrong} == {}

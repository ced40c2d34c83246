"""An office on which a job is tried in many ways, each time from the same beginning."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.controllers import sign_in
from crm_desktop.controllers.backups import inspect
from crm_desktop.controllers.backups.due import LOCAL_FOLDER
from crm_desktop.db import Database
from tests.faults.jobs import JOBS, LIST, LISTED
from tests.faults.ledger import Held, Ledger
from tests.faults.whole import assert_whole, held_by
from tests.faults.work import PASSWORD

QUOTED = re.compile("“[^”]*”|：[^：]*[/\\\\][^：]*$")
"""Names of files and columns in a sentence, and the path at its end: as they are, in any language."""
SENTENCE = re.compile(r"[^a-zA-Z]*[\u4e00-\u9fff].*[。！]?")


def is_sentence(text: str) -> bool:
    """Whether this is what a clerk reads: Chinese from its beginning, not what a library says of itself."""
    words = QUOTED.sub("", text)
    return SENTENCE.fullmatch(words) is not None and (words.endswith(("。", "！")) or words != text)


@dataclass
class Scene:
    """``folder`` is a fresh copy of ``template``: office.db, earlier.db with less in it, an empty backups/."""

    template: Path
    folder: Path
    before: Held
    after: dict[str, Held]
    """What the office holds once a job is done."""

    def reset(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.template, self.folder)

    def look(self, held: Held) -> None:
        """The office is sound and holds this; every copy that has its name is whole."""
        database = Database.open(self.folder / "office.db")
        found = held_by(database)
        assert_whole(database)
        database.close_all()
        assert found == held
        for copy in [*(self.folder / "backups").glob("*.db"), *(self.folder / LOCAL_FOLDER).glob("*.db")]:
            assert inspect(copy).counts["operators"] == 1

    def leftovers(self) -> list[str]:
        names = [file.name for file in self.folder.rglob("*")]
        return [name for name in names if ".part" in name or ".restoring" in name]


def make_scene(template: Path, folder: Path) -> Scene:
    """Make an office's folder such a template."""
    (template / "backups").mkdir()
    (template / LIST).write_text(LISTED, encoding="utf-8")
    shutil.copyfile(template / "office.db", template / "earlier.db")
    database = Database.open(template / "office.db")
    earlier, ledger = held_by(database), Ledger()
    sign_in(database, "admin", PASSWORD).customers.create({"name": "后来的"})
    ledger.held = held_by(database)
    database.close_all()
    after = {name: ledger.after(job.result) if job.result else earlier for name, job in JOBS.items()}
    return Scene(template, folder, ledger.held, after)

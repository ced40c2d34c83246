"""Run by LibreOffice's own Python: merges the rows of a CSV into envelopes as a PDF and prints how long the merge took.

``libreoffice_merge.py FOLDER``, where FOLDER holds ``addressees.csv`` with the columns postcode, address and name.
"""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

TABLE = "addressees"
COLUMNS = ("postcode", "address", "name")
DL = (22000, 11000)
"""Width and height, hundredths of a millimetre."""
TABLE_COMMAND, TO_FILE = 0, 2
SECONDS_TO_START = 60


def main(folder: Path) -> None:
    pipe = f"merge{folder.name}"
    options = ["--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    office = subprocess.Popen(["soffice", *options, f"--accept=pipe,name={pipe};urp;"])
    try:
        context = connect(pipe)
        register(context, folder)
        letter = template(context, folder)
        started = time.perf_counter()
        merge(context, letter, folder)
        print(time.perf_counter() - started)
    finally:
        office.terminate()
        office.wait(timeout=SECONDS_TO_START)


def connect(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # it has a class of its own for "not there yet", known only to a connected office
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def service(context: Any, name: str) -> Any:
    return context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", context)


def properties(**values: Any) -> tuple[Any, ...]:
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def register(context: Any, folder: Path) -> None:
    """The folder as a database whose tables are its CSV files."""
    databases = service(context, "sdb.DatabaseContext")
    source = databases.createInstance()
    source.URL = f"sdbc:flat:{folder.as_uri()}"
    source.Info = properties(Extension="csv", HeaderLine=True, FieldDelimiter=",", CharSet="utf-8")
    source.DatabaseDocument.storeAsURL((folder / "addressees.odb").as_uri(), ())
    databases.registerObject(TABLE, source)


def template(context: Any, folder: Path) -> str:
    """A letter of DL size with the three fields, each a paragraph."""
    desktop = service(context, "frame.Desktop")
    letter = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, properties(Hidden=True))
    style = letter.StyleFamilies.getByName("PageStyles").getByName("Standard")
    style.IsLandscape, (style.Width, style.Height) = True, DL
    text = letter.Text
    cursor = text.createTextCursor()
    for column in COLUMNS:
        master = letter.createInstance("com.sun.star.text.FieldMaster.Database")
        master.DataBaseName = master.DataTableName = TABLE
        master.DataColumnName, master.DataCommandType = column, TABLE_COMMAND
        field = letter.createInstance("com.sun.star.text.TextField.Database")
        field.attachTextFieldMaster(master)
        text.insertTextContent(cursor, field, False)
        text.insertControlCharacter(cursor, 0, False)
    address = (folder / "letter.odt").as_uri()
    letter.storeAsURL(address, ())
    letter.close(True)
    return address


def merge(context: Any, letter: str, folder: Path) -> None:
    job = service(context, "text.MailMerge")
    job.DataSourceName = job.Command = TABLE
    job.CommandType, job.OutputType = TABLE_COMMAND, TO_FILE
    job.DocumentURL, job.OutputURL = letter, folder.as_uri()
    job.SaveAsSingleFile, job.SaveFilter, job.FileNamePrefix = True, "writer_pdf_Export", "merged"
    job.execute(())


if __name__ == "__main__":
    main(Path(sys.argv[1]))

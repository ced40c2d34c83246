"""A window of its own that sends a job until it is done or killed: ``sender.py FILE PASSWORD JOB``."""

import sys
from pathlib import Path

from crm_desktop.controllers import sign_in
from crm_desktop.controllers.mail import transport
from crm_desktop.db import Database
from tests.mail_servers import CODE, authority


def main(path: str, password: str, job: str) -> None:
    transport.trusted = authority
    database = Database.open(Path(path))
    office = sign_in(database, "admin", password)
    office.mail_setup.set_password(CODE)
    print("ready", flush=True)
    office.mail.run(int(job))
    database.close_all()


if __name__ == "__main__":
    main(*sys.argv[1:])

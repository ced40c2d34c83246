"""本单位信息: one record that feeds envelopes, reports and the customer codes."""

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.errors import DatabaseError
from crm_desktop.models import COMPANY
from crm_desktop.models.query import Values

COMPANY_ID = 1


class Company(EntityController):
    area = "company"
    entity = COMPANY

    @requires(ANYONE)
    def found(self, values: Values) -> None:
        """The profile of a new office, once."""
        if self._db.one("SELECT 1 FROM company") is not None:
            raise DatabaseError("本单位信息已经建立。")
        self._create_many([values])

    @requires(ANYONE)
    def profile(self) -> Record:
        """The office itself; everybody's envelopes carry it."""
        return self._get(COMPANY_ID)

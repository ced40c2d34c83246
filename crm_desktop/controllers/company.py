"""本单位信息: one record that feeds envelopes, reports and the customer codes."""

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.entity import EntityWriter
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.models import COMPANY
from crm_desktop.models.query import Values

COMPANY_ID = 1


class Company(EntityWriter):
    """There is one, made when the office is founded; it is changed, never deleted."""

    area = "company"
    entity = COMPANY

    def _found(self, values: Values) -> None:
        """The profile of a new office, once."""
        self._create_many([values])

    @requires(ANYONE)
    def profile(self) -> Record:
        """The office itself; everybody's envelopes carry it."""
        return self._get(COMPANY_ID)

"""Which form has a companion."""

from crm_desktop.views.contact_form import ContactCompanion
from crm_desktop.views.customer_form import CustomerCompanion
from crm_desktop.views.flow_form import ComplaintCompanion, FlowCompanion, InteractionCompanion
from crm_desktop.views.form_companion import Companion
from crm_desktop.views.form_place import PlaceCompanion
from crm_desktop.views.operator_form import OperatorCompanion
from crm_desktop.views.sale_form import SaleCompanion

COMPANIONS: dict[str, type[Companion]] = {
    "customers": CustomerCompanion,
    "contacts": ContactCompanion,
    "interactions": InteractionCompanion,
    "feedback": FlowCompanion,
    "complaints": ComplaintCompanion,
    "sales": SaleCompanion,
    "company": PlaceCompanion,
    "operators": OperatorCompanion,
}


def companion_of(entity: str) -> type[Companion]:
    """The class for an entity; most need nothing."""
    return COMPANIONS.get(entity, Companion)

"""Pure declarations: what records, queries and rules are, without any file, window or clock."""

from crm_desktop.models.contact import CONTACTS
from crm_desktop.models.customer import CUSTOMERS
from crm_desktop.models.entity import Entity
from crm_desktop.models.office import COMPANY, OPERATORS, ROLES
from crm_desktop.models.query import All, Any, Condition, Count, Not, Page, Query, Related

ENTITIES: dict[str, Entity] = {each.key: each for each in (CUSTOMERS, CONTACTS, OPERATORS, ROLES, COMPANY)}

__all__ = [
    "COMPANY", "CONTACTS", "CUSTOMERS", "ENTITIES", "OPERATORS", "ROLES",
    "All", "Any", "Condition", "Count", "Entity", "Not", "Page", "Query", "Related",
]  # fmt: skip

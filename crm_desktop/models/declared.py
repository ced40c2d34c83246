"""Every kind of record that is declared, and what questions about them are made of."""

from crm_desktop.models.complaint import COMPLAINTS
from crm_desktop.models.contact import CONTACTS
from crm_desktop.models.customer import CUSTOMERS
from crm_desktop.models.entity import Entity
from crm_desktop.models.feedback import FEEDBACK
from crm_desktop.models.interaction import INTERACTIONS
from crm_desktop.models.memo import MEMOS
from crm_desktop.models.office import COMPANY, OPERATORS, ROLES
from crm_desktop.models.product import PRODUCTS
from crm_desktop.models.query import All, Any, Condition, Count, Not, Page, Query, Related
from crm_desktop.models.sale import SALES

RECORDS = (CUSTOMERS, CONTACTS, INTERACTIONS, FEEDBACK, COMPLAINTS, PRODUCTS, SALES, MEMOS)
"""What the staff work with every day, in the order of the menus: listed, imported, exported and printed."""

ENTITIES: dict[str, Entity] = {each.key: each for each in (*RECORDS, OPERATORS, ROLES, COMPANY)}

__all__ = [
    "COMPANY", "COMPLAINTS", "CONTACTS", "CUSTOMERS", "ENTITIES", "FEEDBACK", "INTERACTIONS", "MEMOS", "OPERATORS",
    "PRODUCTS", "RECORDS", "ROLES", "SALES",
    "All", "Any", "Condition", "Count", "Entity", "Not", "Page", "Query", "Related",
]  # fmt: skip

"""What every record that belongs to a customer tells about that customer: for lists, conditions and analyses."""

from crm_desktop.models.fields import Choice, Field, Reference, Region, Text

OF_CUSTOMER: tuple[Field, ...] = (
    Text("customer_code", "客户编号", width=10),
    Reference("customer_owner", "客户业务员", entity="operators", width=10),
    Region("customer_region", "客户区域", width=16),
    Choice("customer_level", "客户级别", kind="level", width=8),
)
"""Computed columns of the ``v_…`` views."""


def customer(group: str) -> Reference:
    """The customer a record belongs to."""
    return Reference("customer", "客户", entity="customers", required=True, is_owner=True, group=group, width=28)


def contact(group: str) -> Reference:
    """The person at the customer who called, complained, bought."""
    return Reference("contact", "联系人", entity="contacts", within="customer", group=group, width=10)


def operator(name: str, label: str, group: str) -> Reference:
    """One of ourselves."""
    return Reference(name, label, entity="operators", group=group, width=10)

"""What an entity knows about itself, and what its declaration must not contradict."""

import pytest

from crm_desktop.models import COMPANY, CONTACTS, CUSTOMERS, ENTITIES, OPERATORS, ROLES, Entity
from crm_desktop.models.fields import Text

EACH = pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda each: each.key)


@EACH
def test_names_in_a_declaration_exist(entity: Entity) -> None:
    named = {entity.title, *entity.list_columns, *entity.search_fields, *entity.unique, entity.order.removeprefix("-")}
    if entity.scope_field:
        named.add(entity.scope_field)
    assert named <= entity.by_name.keys()


@EACH
def test_no_name_is_declared_twice(entity: Entity) -> None:
    names = [each.name for each in (*entity.fields, *entity.computed)]
    assert len(names) == len(set(names))


@EACH
def test_the_quick_search_looks_into_texts(entity: Entity) -> None:
    assert all(isinstance(entity.writable[name], Text) for name in entity.search_fields)


def test_computed_columns_cannot_be_written() -> None:
    assert "primary_contact" in CUSTOMERS.by_name
    assert "primary_contact" not in CUSTOMERS.writable


def test_an_entity_with_computed_columns_is_read_from_its_view() -> None:
    assert (CUSTOMERS.table, CUSTOMERS.source) == ("customers", "v_customers")
    assert (ROLES.table, ROLES.source) == ("roles", "roles")


def test_a_contact_belongs_to_its_customer() -> None:
    assert CONTACTS.owner_reference is CONTACTS["customer"]
    assert CUSTOMERS.owner_reference is None  # the operator a customer has does not take it along


def test_what_a_new_record_is_asked_for() -> None:
    assert OPERATORS.expected == {"name": None, "full_name": None, "role": None, "is_active": 1}
    assert COMPANY.expected == {"name": None}


def test_a_blank_record_is_a_fresh_one_each_time() -> None:
    CUSTOMERS.blank["name"] = "某公司"
    assert CUSTOMERS.blank["name"] == ""
    assert CUSTOMERS.blank.keys() == CUSTOMERS.writable.keys()

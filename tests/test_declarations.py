"""Every declaration is complete: what forms, lists, search, import and SQL take from it exists."""

import re

import pytest

from crm_desktop.controllers.rights import AREAS, DEFAULT_ROLES, VERBS
from crm_desktop.db.conditions import COMPARISONS
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.dictionaries import DICTIONARIES
from crm_desktop.models.fields import Choice, Field, Options, Reference, Text
from crm_desktop.models.periods import COUNTED, RELATIVE

CHINESE = re.compile("[\u4e00-\u9fff]")
WITHOUT_CHINESE = {"QQ"}
OPERATORS = {*COMPARISONS, *RELATIVE, *COUNTED, "contains", "starts", "in", "empty", "between", "within"}
FIELDS = [(entity, field) for entity in ENTITIES.values() for field in (*entity.fields, *entity.computed)]
EACH_ENTITY = pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda each: each.key)
EACH_FIELD = pytest.mark.parametrize(("entity", "field"), FIELDS, ids=[f"{entity.key}.{field.name}" for entity, field in FIELDS])


@EACH_ENTITY
def test_an_entity_is_named_in_chinese_and_keyed_in_english(entity: Entity) -> None:
    assert CHINESE.search(entity.label)
    assert re.fullmatch("[a-z_]+", entity.key)
    assert ENTITIES[entity.key] is entity


@EACH_ENTITY
def test_no_two_fields_of_an_entity_look_alike(entity: Entity) -> None:
    labels = [field.label for field in (*entity.fields, *entity.computed)]
    assert len(labels) == len(set(labels))


@EACH_ENTITY
def test_an_entity_s_rights_have_an_area(entity: Entity) -> None:
    assert entity.key in AREAS


@EACH_ENTITY
def test_whose_record_it_is_is_an_operator(entity: Entity) -> None:
    if entity.scope_field:
        owner = entity[entity.scope_field]
        assert isinstance(owner, Reference)
        assert owner.entity == "operators"


@EACH_FIELD
def test_a_field_is_labelled_in_chinese(entity: Entity, field: Field) -> None:
    assert CHINESE.search(field.label) or field.label in WITHOUT_CHINESE
    assert re.fullmatch("[a-z_]+", field.name)
    assert field.width > 0


@EACH_FIELD
def test_what_a_field_refers_to_exists(entity: Entity, field: Field) -> None:
    if isinstance(field, Choice):
        assert field.kind in DICTIONARIES
    if isinstance(field, Reference):
        assert field.entity in ENTITIES
        assert set(ENTITIES[field.entity].names) <= ENTITIES[field.entity].by_name.keys()
    if isinstance(field, Options):
        assert field.options
        assert len(set(field.options)) == len(field.options)
        assert field.default in (None, *field.options)


@EACH_FIELD
def test_a_field_is_compared_in_ways_that_are_known(entity: Entity, field: Field) -> None:
    assert set(field.operators) <= OPERATORS


@EACH_FIELD
def test_a_text_has_room(entity: Entity, field: Field) -> None:
    if isinstance(field, Text):
        assert 0 < field.length <= 2000


@pytest.mark.parametrize("role", DEFAULT_ROLES)
def test_a_default_role_has_rights_that_exist(role: str) -> None:
    scope, rights = DEFAULT_ROLES[role]
    assert scope in ENTITIES["roles"]["data_scope"].options  # type: ignore[attr-defined]
    assert {area for area, _ in rights} <= AREAS.keys()
    assert {verb for _, verb in rights} <= VERBS.keys()


@pytest.mark.parametrize("kind", DICTIONARIES.values(), ids=lambda each: each.key)
def test_a_dictionary_s_items_have_the_attributes_it_declares(kind: object) -> None:
    declared = {attribute.key for attribute in kind.attributes}  # type: ignore[attr-defined]
    assert all(set(item.attributes) <= declared for item in kind.items)  # type: ignore[attr-defined]
    keys = [item.key for item in kind.items if item.key]  # type: ignore[attr-defined]
    assert len(keys) == len(set(keys))

"""Many models in one operation of a migration: the same tables, rendered once."""

import pytest
from django.db import connection, models
from django.db.migrations import AddField, CreateModel, Migration
from django.db.migrations.state import ModelState, ProjectState

from portal.migration_operations import CreateModels, at_once

OPERATIONS = [
    CreateModel("Boat", [("id", models.BigAutoField(primary_key=True))]),
    CreateModel(
        "Oar",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("boat", models.ForeignKey("running.boat", models.CASCADE)),
            ("others", models.ManyToManyField("running.boat", related_name="+")),
        ],
    ),
    CreateModel("Rower", [("id", models.BigAutoField(primary_key=True))]),
    AddField("Rower", "oar", models.ForeignKey("running.oar", models.CASCADE, null=True)),
]
TABLES = ["running_boat", "running_oar", "running_oar_others", "running_rower"]


def columns():
    with connection.cursor() as cursor:
        introspection = connection.introspection
        there = set(introspection.table_names(cursor))
        return {
            table: (
                introspection.get_table_description(cursor, table),
                introspection.get_constraints(cursor, table),
            )
            for table in TABLES
            if table in there
        }


@pytest.fixture
def apply(monkeypatch):
    """`apply(operations)`: the tables that they make, how many models are rendered; then undone."""
    render = ModelState.render
    rendered = []

    def count(state, apps):
        rendered.append(state.name)
        return render(state, apps)

    monkeypatch.setattr(ModelState, "render", count)

    def apply(operations):
        rendered.clear()
        migration = type("Migration", (Migration,), {"operations": operations})("0001", "running")
        before = ProjectState()
        assert before.apps
        with connection.schema_editor() as editor:
            migration.apply(before.clone(), editor)
        made, times = columns(), len(rendered)
        with connection.schema_editor() as editor:
            migration.unapply(before.clone(), editor)
        return made, times

    return apply


@pytest.mark.django_db(transaction=True)
def test_tables_are_the_same_and_models_are_rendered_once(apply):
    one_by_one, often = apply(OPERATIONS)
    together, once = apply(at_once(OPERATIONS))

    assert list(together) == TABLES
    assert set(together["running_oar"][1]) == set(one_by_one["running_oar"][1])
    assert together == one_by_one
    assert columns() == {}
    assert once < often


def test_only_neighbours_are_joined_in_the_order_in_which_they_stand():
    add = OPERATIONS[3]
    joined = at_once([*OPERATIONS[:2], add, OPERATIONS[2]])

    assert [type(each) for each in joined] == [CreateModels, AddField, CreateModels]
    assert joined[0].operations == OPERATIONS[:2]
    assert joined[0].describe() == "Create model Boat; Create model Oar"


def test_states_are_those_of_the_operations_one_by_one():
    one_by_one, together = ProjectState(), ProjectState()
    assert together.apps
    for operation in OPERATIONS:
        operation.state_forwards("running", one_by_one)
    for operation in at_once(OPERATIONS):
        operation.state_forwards("running", together)

    assert together == one_by_one
    assert together.apps.get_model("running", "Rower")._meta.get_field("oar").related_model is (
        together.apps.get_model("running", "Oar")
    )

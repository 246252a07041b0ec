"""What migrations do with many models at once."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel, RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Create the models of several CreateModel operations.

    Django renders every model that is related to a new one again, for each new model anew: most of
    the time of a migration. Here all are added to the state first, and rendered once.
    """

    def __init__(self, operations: Sequence[Operation]):
        self.operations = list(operations)

    def deconstruct(self):
        return (type(self).__qualname__, [self.operations], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # what is rendered; Django renders it again when it asks
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


def at_once(operations: Sequence[Operation]) -> list[Operation]:
    """The operations of a migration, with neighbours that create models joined into one."""
    joined: list[Operation] = []
    for creates, run in groupby(operations, lambda each: type(each) is CreateModel):
        neighbours = list(run)
        joined += [CreateModels(neighbours)] if creates else neighbours
    return joined


def rename_permissions(app_label: str, names: Mapping[str, str]) -> RunPython:
    """What is granted on models goes by their new names; `names` has the new one by the old one.

    Django renames the content types of renamed models and leaves the permissions as they are, so
    whoever had one would be without. It comes after the RenameModel, in the same migration.
    """

    def rename(apps, schema_editor, names=names):
        permissions = apps.get_model("auth", "Permission").objects
        for old, new in names.items():
            for action in ("add", "change", "delete", "view"):
                known = permissions.filter(
                    content_type__app_label=app_label, codename=f"{action}_{old.lower()}"
                )
                known.update(codename=f"{action}_{new.lower()}")

    def back(apps, schema_editor):
        rename(apps, schema_editor, {new: old for old, new in names.items()})

    return RunPython(rename, back)

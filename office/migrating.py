"""Migrations in a fraction of Django's time, with the same result.

For every step that touches a model Django renders again each model that relations lead to. Here that is nearly all of
them, since every row names its author: of the 100 s of a first start 90 went into it. A migration that only adds reads
one model at a time, and those that it points to: the others may be those of before the step. Whatever asks for more
(a step of another kind, code that is run) is given all of them, rendered anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelOptions,
    CreateModel,
    Migration,
    RunPython,
    RunSQL,
)
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

ALONE = (CreateModel, AlterModelOptions, AddField, AddConstraint, AddIndex, AddTrigger, RemoveTrigger)
WHOLE = (RunPython, RunSQL)  # these have the state rendered for them


class Executor(MigrationExecutor):
    """Django's, quick where each step concerns one model."""

    def apply_migration(self, state: ProjectState, migration: Migration, **options) -> ProjectState:
        """Apply one migration."""
        if all(map(_concerns_one, migration.operations)):
            with _one_at_a_time():
                return super().apply_migration(state, migration, **options)
        state.clear_delayed_apps_cache()
        return super().apply_migration(state, migration, **options)


def _concerns_one(step: Operation) -> bool:
    """Whether a step reads one model and what it points to; a column that others point to is unique."""
    if isinstance(step, AlterField):
        return not (step.field.is_relation or step.field.unique)
    return isinstance(step, ALONE + WHOLE)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """A model that changes is rendered alone; the state knows that it owes the others (Django's `is_delayed`)."""
    whole = ProjectState.reload_model
    ProjectState.reload_model = _alone
    try:
        yield
    finally:
        ProjectState.reload_model = whole


def _alone(state: ProjectState, app: str, name: str, delay: bool = False) -> None:
    if "apps" in state.__dict__:  # asking for it would render everything
        state.is_delayed = True
        state._reload({(app, name)})

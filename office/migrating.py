"""Migrations in a fraction of Django's time, with the same result.

For every step that touches a model Django renders again each model that relations lead to. Here that is nearly all of
them, since every row names its author: of the 100 s of a first start 90 went into it. A step that concerns one model
reads that one, and those that it points to: the others may be those of before the step. Whatever asks for more (a step
of another kind, code that is run) is given all of them, rendered anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import zip_longest

from django.contrib.postgres.operations import CreateExtension
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterConstraint,
    AlterField,
    AlterModelOptions,
    CreateModel,
    Migration,
    RemoveConstraint,
    RemoveIndex,
    RunPython,
    RunSQL,
)
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

ALONE = (CreateModel, AlterModelOptions, AddField, AddConstraint, AddIndex, AddTrigger, RemoveTrigger)
ALONE += (AlterConstraint, RemoveConstraint, RemoveIndex)
WHOLE = (CreateExtension, RunPython, RunSQL)  # these change no model; what code asks for is rendered for it


class Executor(MigrationExecutor):
    """Django's, quick where a step concerns one model."""

    def apply_migration(self, state: ProjectState, migration: Migration, **options) -> ProjectState:
        """Apply one migration."""
        steps = migration.operations
        if steps and not _concerns_one(steps[0]):
            state.clear_delayed_apps_cache()
        for step, following in zip_longest(steps, steps[1:]):
            if _concerns_one(step):
                whole_next = following is not None and not _concerns_one(following)
                step.state_forwards = partial(_reading_one, step.state_forwards, whole_next)
        return super().apply_migration(state, migration, **options)


def _concerns_one(step: Operation) -> bool:
    """Whether a step reads one model and what it points to; a column that others point to is unique."""
    if isinstance(step, AlterField):
        return not (step.field.is_relation or step.field.unique)
    return isinstance(step, ALONE + WHOLE)


def _reading_one(forwards, whole_next: bool, app: str, state: ProjectState) -> None:
    """Bring the state a step forward; what comes next may need all models as they then are."""
    with _one_at_a_time():
        forwards(app, state)
    if whole_next:
        state.clear_delayed_apps_cache()


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

"""Columns of the dimensions `stage`, any phase of a path, and `step`, the parts of a stage; and of the rows of the plan,
which shows one path: `plan_stage`, `plan_step`, and the `review`s of a retainer."""

from calc import catalogue
from calc.catalogue.plan_step import PhaseEnd
from calc.structure.given import given, relation
from calc.structure.rows import Stage


def end_of(stage: Stage, after: Stage | None) -> PhaseEnd:
    """What can be decided when the phase ends; a prototype is core work that other core work of its path follows.

    after: the phase after it, which core work always has; None where it does not matter.
    """
    followed = stage.work == "core" and after is not None and after.work == "core"
    return catalogue.phase_end("prototype" if followed else stage.work, stage.model)


@given("stage", unit="number", label="Row", says="Row of the phase in the plan")
def stage(number):
    return number


@given("stage", unit="number", label="Path no.", says="Number of the path that the row belongs to")
def own_path(stage, path_numbers):
    return path_numbers[stage.path]


@given("stage", unit="number", label="Phase row", says="Row among the audit and core phases; 0 for the work after them")
def own_phase(stage):
    return stage.phase


@given("stage", unit="0/1", label="Feature work", says="1 for feature work, else 0")
def is_run(stage):
    return stage.work == "run"


@given("stage", unit="0/1", label="Retainer", says="1 for a retainer, else 0")
def is_retainer(stage):
    return stage.work == "retainer"


@given("stage", unit="text", label="Decision at its end", says="What is to be decided when the phase ends")
def stage_decision(stage, number, stages):
    return end_of(stage, stages[number] if stage.work == "core" else None).decision


@given("step", unit="number", label="Row of its phase", says="Row of the step's phase in the plan")
def own_stage(step):
    row, _ = step
    return row


@given(
    "step",
    unit="0/1",
    label="Counted from the end",
    says="1 where the step counts from the end of its phase, else 0",
)
def from_end(step):
    return step[-1].anchor == "end"


@given("step", unit="weeks", label="Begins after", says="Weeks from the phase's start or end to the step")
def offset(step):
    return step[-1].start_week


@given("step", unit="weeks", label="Lasts", says="Weeks that the step takes")
def length(step):
    return step[-1].weeks


@given("step", unit="0/1", label="Ends with its phase", says="1 where the step ends with its phase, else 0")
def has_until(step):
    return step[-1].until_end is not None


@given(
    "step",
    unit="weeks",
    label="Ends so long after it",
    says="Weeks from the end of the phase to the end of the step",
)
def until(step):
    return step[-1].until_end or 0


@given("plan_stage", unit="number", label="Phase of the plan", says="Number of the phase in the plan, from 1")
def plan_stage(number):
    return number


@given("plan_step", unit="number", label="Step of the plan", says="Number of the step in the plan, from 1")
def plan_step(number):
    return number


@given("review", unit="number", label="Review", says="Number of the review, from 1")
def review_number(number):
    return number


relation("own_phase", "stage", "phase", by="own_phase", label=" (its phase)", says="of the row's phase")
relation("own_path", "stage", "path", by="own_path", label=" (its path)", says="of the row's path")
relation("own_stage", "step", "stage", by="own_stage", label=" (its phase)", says="of the step's phase")

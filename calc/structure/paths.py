"""Columns of the dimension `path`: properties of a path that no figure changes, worked out from its phases."""

from calc import catalogue
from calc.structure.given import given, relation

# The firm whose remediation and audit are for systems that exist and fail.
FIRM = "production_firm"


def _prepares(phase):
    """An audit, or core work by a model that leaves documents."""
    return phase.work == "audit" or catalogue.models()[phase.model].documents


def _freelances(phase):
    return catalogue.models()[phase.model].freelances


@given("path", unit="number", label="Path no.", says="Number of the path")
def path(number):
    return number


@given(
    "path",
    unit="number",
    label="Feature work by model no.",
    says="Number of the model that does the feature work",
)
def runner(path, model_numbers):
    return model_numbers[path.run_by]


@given("path", unit="number", label="Retainer by model no.", says="Number of the model on retainer; 0 for none")
def keeper(path, model_numbers):
    return model_numbers.get(path.keeper, 0)


@given(
    "path",
    unit="number",
    label="Feature work's price no.",
    says="Row of the one price that the feature work is paid by",
)
def run_price_number(path, parameter_numbers):
    is_salaried = catalogue.models()[path.runner].pricing == "salary"
    return parameter_numbers[path.run_by, "annual_cost" if is_salaried else "run_rate"]


@given(
    "path",
    unit="number",
    label="Retainer's price no.",
    says="Row of the price of a review; 0 where the path has no retainer",
)
def retainer_price_number(path, parameter_numbers):
    return parameter_numbers.get((path.keeper, "retainer_per_quarter"), 0)


@given("path", unit="0/1", label="Has a retainer", says="1 where the path has a retainer, else 0")
def has_keeper(path):
    return path.keeper is not None


@given("path", unit="number", label="Row of the last core phase", says="Row of the path's last core phase")
def last_core(path, phase_rows):
    return phase_rows[path.core[-1]]


@given("path", unit="number", label="Row of the main core phase", says="Row of the core phase with the largest share")
def main_core(path, phase_rows):
    largest = max(phase.share for phase in path.core)
    return phase_rows[[phase for phase in path.core if phase.share == largest][-1]]


@given(
    "path",
    unit="number",
    label="Opens with no.",
    says="Number of its first step, alike for paths that begin alike; 0 for none",
)
def opens(path, opening_numbers):
    return opening_numbers.get(path.opening, 0)


@given("path", unit="number", label="Last core by model no.", says="Number of the model that does its last core phase")
def builder(path, model_numbers):
    return model_numbers[path.builder]


@given("path", unit="number", label="Main model no.", says="Number of the model that does most of the core work")
def main_model(path, model_numbers):
    largest = max(phase.share for phase in path.core)
    return model_numbers[[phase for phase in path.core if phase.share == largest][-1].model]


@given("path", unit="0/1", label="Core by freelancer only", says="1 where the whole core is by a freelancer, else 0")
def core_only_freelancer(path):
    return all(phase.model == "freelancer" for phase in path.core)


@given(
    "path",
    unit="0/1",
    label="Freelance core, nobody audited",
    says="1 where freelancers do core work that nobody audited or documented first, else 0",
)
def unprepared_freelance_core(path):
    prepared = False
    for phase in path.phases:
        if phase.work == "core" and _freelances(phase) and not prepared:
            return True
        prepared = prepared or _prepares(phase)
    return False


@given(
    "path",
    unit="0/1",
    label="Firm repairs or keeps",
    says="1 where a production engineering firm does core work or is on retainer, else 0",
)
def firm_repairs(path):
    return any(phase.model == FIRM for phase in path.core) or path.keeper == FIRM


@given("path", unit="0/1", label="Firm audits", says="1 where a production engineering firm audits, else 0")
def firm_audits(path):
    return any(phase.work == "audit" and phase.model == FIRM for phase in path.phases)


@given(
    "path",
    unit="0/1",
    label="Audits or documents",
    says="1 where the path audits, or a model that documents its work does core work, else 0",
)
def examines(path):
    return any(map(_prepares, path.phases))


@given("path", unit="0/1", label="Core by a freelance team", says="1 where a freelance team does core work, else 0")
def team_core(path):
    return any(phase.model == "freelancer_team" for phase in path.core)


@given("path", unit="0/1", label="Core by freelancers", says="1 where freelancers do core work, else 0")
def freelance_core(path):
    return any(map(_freelances, path.core))


@given(
    "path",
    unit="0/1",
    label="First core phase by a hire",
    says="1 where the first core phase is by a full-time hire, else 0",
)
def hire_first(path):
    return path.core[0].model == "full_time"


@given("path", unit="0/1", label="Hires anyone", says="1 where any phase is by a full-time hire, else 0")
def hires_anyone(path):
    return "full_time" in path.models


@given("path", unit="0/1", label="Opens with an audit", says="1 where the path opens with an audit, else 0")
def opens_with_audit(path):
    return path.phases[0].work == "audit"


@given(
    "path",
    unit="0/1",
    label="Opens with a prototype",
    says="1 where the path opens with a freelancer's prototype, else 0",
)
def opens_with_prototype(path):
    first, *rest = path.core
    return first.model == "freelancer" and first.share < 1 and any(phase.model != first.model for phase in rest)


@given("path", unit="number", label="First phase in the plan", says="Row of the path's first phase in the plan")
def first_stage(path, stages_of):
    return stages_of[path.id][0]


@given("path", unit="number", label="Phases in the plan", says="How many phases the path has in the plan")
def stages(path, stages_of):
    return len(stages_of[path.id])


@given(
    "path",
    unit="number",
    label="First step in the plan",
    says="Row of the path's first step in the plan; 0 where it has none",
)
def first_step_row(path, steps_of):
    return steps_of[path.id][0] if steps_of[path.id] else 0


@given("path", unit="number", label="Steps in the plan", says="How many steps the path has in the plan")
def steps(path, steps_of):
    return len(steps_of[path.id])


relation(
    "runner",
    "path",
    "model",
    by="runner",
    label=" (feature work)",
    says="of the model that does the feature work",
)
relation(
    "run_price",
    "path",
    "parameter",
    by="run_price_number",
    label=" (price of features)",
    says="of the price of the feature work",
)
relation(
    "retainer_price",
    "path",
    "parameter",
    by="retainer_price_number",
    label=" (price of a review)",
    says="of the price of a review",
)
relation("keeper", "path", "model", by="keeper", label=" (retainer)", says="of the model on retainer")
relation("last_core", "path", "phase", by="last_core", label=" (last core phase)", says="of the last core phase")
relation("main_core", "path", "phase", by="main_core", label=" (main core phase)", says="of the main core phase")

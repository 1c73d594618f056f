"""Columns of the dimension `phase`: the audit and core phases of all paths, one after the other."""

from calc import catalogue
from calc.structure.given import given, relation

# How a model is priced -> the parameter that is its price.
PRICES = {"hourly": "rate", "fee": "fee", "salary": "annual_cost"}


@given("phase", unit="number", label="Path no.", says="Number of the path that the phase belongs to")
def path_number(phase, path_numbers):
    return path_numbers[phase.path]


@given("phase", unit="number", label="Step in the path", says="Which step of its path the phase is, from 1")
def position(phase):
    return phase.position


@given("phase", unit="number", label="Model no.", says="Number of the model that does the phase")
def model_number(phase, model_numbers):
    return model_numbers[phase.who]


@given("phase", unit="0/1", label="Audit", says="1 for an audit, else 0")
def is_audit(phase):
    return phase.work == "audit"


@given("phase", unit="0/1", label="Core", says="1 for a core phase, else 0")
def is_core(phase):
    return phase.work == "core"


@given("phase", unit="share", label="Share of the core", says="Share of the core work, from 0 to 1")
def share(phase):
    return phase.share


@given("phase", unit="weeks", label="Weeks of audit", says="Weeks of an audit; 0 for a core phase")
def audit_weeks(phase):
    return phase.weeks


@given("phase", unit="number", label="Its price no.", says="Row of the one price that all of the phase is paid by")
def price_number(phase, parameter_numbers):
    return parameter_numbers[phase.who, PRICES[catalogue.models()[phase.model].pricing]]


@given(
    "phase",
    unit="number",
    label="Its hours covered no.",
    says="Row of the hours that one fee of the phase's model covers; 0 where it is not paid by a fee",
)
def coverage_number(phase, parameter_numbers):
    return parameter_numbers.get((phase.who, "fee_covers_hours"), 0)


relation("price", "phase", "parameter", by="price_number", label=" (its price)", says="of the phase's price")
relation(
    "coverage",
    "phase",
    "parameter",
    by="coverage_number",
    label=" (hours covered)",
    says="of the hours that one fee covers",
)
relation("model", "phase", "model", by="model_number", label="", says="of the phase's model")

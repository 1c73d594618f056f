"""Columns of the dimension `parameter`: each figure of each model, as (model, name, parameter).

Each article is published by a firm that sells the alternative of its lens.
"""

from calc import catalogue
from calc.scenario.schema import PLACES
from calc.structure.given import given

# Hours beyond the estimate as a share of it. They are more than -1, so a lognormal range of them begins there.
OVERRUN = "rework"


@given("parameter", unit="text", label="Parameter id", says="Id of the parameter")
def parameter_id(parameter):
    _, name, _ = parameter
    return name


@given("parameter", unit="number", label="Model no.", says="Number of the model that the figure is of")
def model_of_row(parameter, model_numbers):
    model, _, _ = parameter
    return model_numbers[model]


@given("parameter", unit="number", label="Published, low", says="Published low end")
def published_low(parameter):
    return parameter[-1].range.low


@given("parameter", unit="number", label="Published, likely", says="Published likely value")
def published_likely(parameter):
    return parameter[-1].range.likely


@given("parameter", unit="number", label="Published, high", says="Published high end")
def published_high(parameter):
    return parameter[-1].range.high


@given("parameter", unit="0/1", label="Published in USD", says="1 where the figure is published in USD, else 0")
def in_dollars(parameter):
    return parameter[-1].in_dollars


@given(
    "parameter",
    unit="1 / -1",
    label="Published in the US: 1, in Eastern Europe: -1",
    says="1 where the model's source has it in the US, -1 where in Eastern Europe",
)
def located(parameter, bases):
    model, _, _ = parameter
    return PLACES[catalogue.models()[bases[model]].located]


@given(
    "parameter",
    unit="0/1",
    label="High is better",
    says="1 where the high end is better for the payer, else 0",
)
def high_is_better(parameter):
    return parameter[-1].better == "high"


@given(
    "parameter",
    unit="0/1",
    label="Price from its seller",
    says="1 for a price that comes from a firm that sells the model, else 0",
)
def from_seller(parameter, bases):
    model, _, figure = parameter
    sellers = [lens.id for lens in catalogue.lenses().values() if lens.alternative == bases[model]]
    # An assumption may cite a firm; its figure is not that firm's.
    is_theirs = figure.basis != "assumption" and any(reference.source in sellers for reference in figure.references)
    return figure.in_dollars and is_theirs


@given("parameter", unit="0/1", label="May have a tail", says="1 for hours beyond an estimate, which have no upper end")
def is_overrun(parameter):
    _, name, _ = parameter
    return name == OVERRUN

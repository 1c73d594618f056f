"""Columns of the dimension `model`: how each engagement model is paid, scales and leaves the work, from models.toml."""

from calc import catalogue
from calc.structure.given import given, relation


def _data(model):
    return catalogue.models()[model]


@given("model", unit="number", label="Model no.", says="Number of the model")
def model(number):
    return number


@given(
    "model",
    unit="number",
    label="Kind no.",
    says="Number of the model itself, or of the one that a quote comes closest to",
)
def kind(model, model_numbers):
    return model_numbers[model]


@given("model", unit="0/1", label="Priced by the hour", says="1 where work is priced by the hour, else 0")
def hourly(model):
    return _data(model).pricing == "hourly"


@given("model", unit="0/1", label="Priced by a fee", says="1 where work is priced by a fee an engagement, else 0")
def by_fee(model):
    return _data(model).pricing == "fee"


@given("model", unit="0/1", label="Paid a salary", says="1 where people are paid a salary, else 0")
def salaried(model):
    return _data(model).pricing == "salary"


@given("model", unit="0/1", label="Leaves documents", says="1 where the model leaves documents, else 0")
def documents(model):
    return _data(model).documents


@given(
    "model",
    unit="0/1",
    label="As many people as specialists",
    says="1 where there are as many people as specialists, else 0",
)
def scales_with_specialists(model):
    return _data(model).scales == "specialists"


@given("model", unit="0/1", label="As many people as hires", says="1 where there are as many people as hires, else 0")
def scales_with_hires(model):
    return _data(model).scales == "hires"


@given("model", unit="0/1", label="Works alone", says="1 for a model of single people or hires, else 0")
def works_alone(model):
    return _data(model).works_alone


@given("model", unit="0/1", label="Freelances", says="1 for freelancers and freelance teams, else 0")
def freelances(model):
    return _data(model).freelances


@given("model", unit="0/1", label="Freelance team", says="1 for a freelance team, else 0")
def is_team(model):
    return _data(model).freelances and _data(model).scales == "specialists"


@given("model", unit="number", label="Its lens no.", says="Number of the model's own lens; 0 for none")
def own_lens_number(model, lens_numbers):
    own = (key for key, lens in catalogue.lenses().items() if lens.alternative == model)
    return lens_numbers.get(next(own, None), 0)


@given(
    "model",
    unit="0/1",
    label="Has a long-term rule",
    says="1 where answers can make the model the best in the long run, else 0",
)
def has_long_term(model):
    return catalogue.model_rules()[catalogue.LONG_TERM].model == model


@given("model", unit="0/1", label="Has a sign", says="1 where a sign beside its lens speaks for the model, else 0")
def has_sign(model):
    return catalogue.model_rules()[catalogue.SIGN].model == model


@given("model", unit="0/1", label="Can inherit", says="1 where the model can take over a system for good, else 0")
def can_inherit(model):
    return catalogue.model_rules()[catalogue.INHERITS].model == model


relation("own_lens", "model", "lens", by="own_lens_number", label=" (own lens)", says="of the model's own lens")

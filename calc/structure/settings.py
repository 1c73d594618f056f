"""Columns of the dimension `setting`: the figures that are no model's."""

from calc.structure.given import given


@given("setting", unit="number", label="Published", says="Published value")
def published_setting(setting):
    return setting.value

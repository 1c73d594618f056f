"""The inputs that a workbook asks for, each with its places and its allowed values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calc import catalogue
from calc.scenario import field_fault, override_faults
from calc.scenario.faults import Fault
from calc.scenario.input_field import InputField
from calc.scenario.schema import FIELDS, SECTIONS, WEIGHT
from calc.scenario.value import Asked, asked

ENDS = ("likely", "low", "high")


@dataclass(frozen=True)
class Field:
    """An input. dotted: as in a scenario; table: the sheet that asks for it; key and labels: the texts in its row.

    ends: the cells of the row that belong to it, the likely one first, each with its defined name, or "".
    """

    dotted: str
    table: str
    key: str
    labels: tuple[str, ...]
    ends: tuple[tuple[str, str], ...]
    optional: bool = False

    @property
    def asked(self) -> Asked:
        """What it asks for."""
        known = asked(self.dotted)
        assert known, f"{self.dotted} asks for nothing"
        return known

    def fault(self, value: object, where: str) -> Fault:
        """The fault of a value that the field does not allow; where: its place."""
        section, _, rest = self.dotted.partition(".")
        if section in SECTIONS:
            return field_fault(self.dotted, value, where)
        if section == "overrides":
            model, _, name = rest.partition(".")
            return override_faults(model, name, "", where)[0]
        if section == "answers":
            return Fault(where, "", "yes, no or unknown", "yes")
        return Fault(where, "", WEIGHT.said(), "1")


@cache
def fields() -> tuple[Field, ...]:
    """Every input, in the order of the sheets."""
    inputs = [_input(field) for field in FIELDS.values()]
    for lens, described in catalogue.lenses().items():
        one = (("likely", f"weight_{lens}"),)
        inputs.append(Field(f"weights.{lens}", "Inputs", f"weights.{lens}", (described.label,), one))
    for question, about in catalogue.questions().items():
        one = (("likely", f"answer_{question}"),)
        inputs.append(Field(f"answers.{question}", "Answers", question, (about.text,), one, True))
    for model, name, parameter in catalogue.parameter_rows():
        labels = (catalogue.models()[model].label, parameter.label)
        inputs.append(_own(model, name, labels, ENDS))
    for name, setting in catalogue.settings().items():
        inputs.append(_own("decision", name, ("Decision", setting.label), ENDS[:1]))
    return tuple(inputs)


def _input(field: InputField) -> Field:
    ends = [("likely", f"in_{field.name}")]
    if field.is_estimate:
        ends += [(end, f"in_{field.name}_{end}") for end in ENDS[1:]]
    return Field(field.dotted, "Inputs", field.dotted, (field.label,), tuple(ends), field.is_optional)


def _own(model: str, name: str, labels: tuple[str, ...], ends: tuple[str, ...]) -> Field:
    key = f"{model}.{name}"
    return Field(f"overrides.{key}", "Parameters", key, labels, tuple((end, "") for end in ends), True)

"""A scenario from plain data, from TOML or JSON text, and back to plain data with every default filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from calc import catalogue
from calc.scenario.actuals import KEY as ACTUALS
from calc.scenario.actuals import as_plain, in_form
from calc.scenario.basis import KEY as BASIS
from calc.scenario.defaults import (
    MAIL,
    STAND_IN,
    Defaults,
    exchange_of_defaults,
    mail_server,
    merged,
    of_one_project,
    with_currency,
)
from calc.scenario.exchange import Exchange
from calc.scenario.faults import Fault, Refused, problem, shown
from calc.scenario.quotes import KEY as QUOTES
from calc.scenario.refusals import exchange_in, faults_in, field_fault, override_faults
from calc.scenario.schema import ENDS, FIELDS, USUAL_WEIGHT, Scenario
from calc.scenario.sections import with_settings_moved
from calc.scenario.spelled import Spelled, fault_of
from calc.scenario.text import BrokenLines, is_json, plain_data
from calc.scenario.toml_lines import lines_of_fields, placed
from calc.scenario.value import asked

__all__ = [
    "Defaults", "Fault", "Refused", "Scenario", "as_given", "defaults_from_text", "exchange_in", "exchange_of", "field_fault",
    "from_text", "normal_form", "override_faults", "scenario",
]  # fmt: skip

Read = TypeVar("Read")


def scenario(
    data: Any, where: str = "scenario", notes: list[str] | None = None, defaults: Defaults | None = None
) -> Scenario:
    """The scenario in the data, a mapping in the form of the scenario file. Raises Refused with every fault in it.

    notes: gets a sentence for each value that was read although it is spelled in another way, such as "8%" for 0.08.
    defaults: what holds where the data says nothing.
    """
    plain = _plain(data, where, notes, defaults or Defaults())
    plain["overrides"] = {m: {p: _range(v) for p, v in own.items()} for m, own in plain.get("overrides", {}).items()}
    plain[ACTUALS] = in_form(plain.get(ACTUALS, {}))
    return Scenario.model_validate(plain)


def _plain(data: Any, where: str, notes: list[str] | None, defaults: Defaults) -> dict[str, Any]:
    """Checked data in the form of a scenario, with the defaults under it. Raises Refused."""
    if not isinstance(data, Mapping):
        raise Refused(
            where, [problem("", f"found {shown(data)} where the sections of a scenario belong", "begin with [project]")]
        )
    given = with_settings_moved(data)
    spelled = Spelled(with_currency(given, defaults))
    exchange = exchange_in(spelled.data)
    data = merged(spelled.data, given, defaults, exchange)
    if faults := faults_in(data, exchange):
        unclear = spelled.unclear
        faults = [fault_of(fault, unclear[fault.field]) if fault.field in unclear else fault for fault in faults]
        raise Refused(where, list({fault.field: fault for fault in reversed(faults)}.values())[::-1])
    if notes is not None:
        notes += spelled.notes
    return {key: [dict(one) for one in value] if key == QUOTES else dict(value) for key, value in data.items()}


def from_text(text: str, where: str, notes: list[str] | None = None, defaults: Defaults | None = None) -> Scenario:
    """The scenario in TOML text, or in JSON text (which begins with a brace, or comes from a .json file). Raises Refused.

    notes, defaults: as for `scenario`.
    """
    return _read_text(text, where, lambda data: scenario(data, where, notes, defaults))


def defaults_from_text(text: str, where: str, notes: list[str] | None = None) -> Defaults:
    """A company's defaults in TOML or JSON text. Raises Refused with every fault in it."""
    return _read_text(text, where, lambda data: _defaults(data, where, notes))


def _defaults(data: Any, where: str, notes: list[str] | None) -> Defaults:
    if not isinstance(data, Mapping):
        raise Refused(where, [problem("", f"found {shown(data)} where sections belong", "begin with [project]")])
    server, faults = mail_server(data.get(MAIL, {}))
    faults += of_one_project(data)
    project = data.get("project", {})
    own = {name: value for name, value in data.items() if name not in (MAIL, "answers", QUOTES, ACTUALS)}
    stood_in = own | {"project": {**project, **STAND_IN}} if isinstance(project, Mapping) else own
    plain: dict[str, Any] = {}
    try:
        plain = _plain(stood_in, where, notes, Defaults())
    except Refused as refused:
        faults += refused.faults
    if faults:
        raise Refused(where, faults)
    plain["project"] = {name: value for name, value in plain["project"].items() if name not in STAND_IN}
    return Defaults(where, plain, exchange_of_defaults(plain), server)


def _read_text(text: str, where: str, read: Callable[[Any], Read]) -> Read:
    """What the data of a text stands for; of TOML, every fault with its line, be it of the line or of the value in it."""
    broken: BrokenLines | None = None
    try:
        data = plain_data(text, where)
    except BrokenLines as refused:
        if refused.rest is None:
            raise
        broken, data = refused, refused.rest
    try:
        made = read(data)
    except Refused as refused:
        if is_json(text, where):
            raise
        lines = lines_of_fields(text)
        # Of a value that is no TOML, one fault is enough; an unknown name is another.
        known = broken.lines if broken else frozenset()
        faults = [
            placed(fault, lines)
            for fault in refused.faults
            if lines.get(fault.field) not in known or asked(fault.field) is None
        ]
        raise Refused(where, [*(broken.faults if broken else ()), *faults]) from None
    if broken:
        raise broken
    return made


def exchange_of(given: Scenario) -> Exchange:
    """The exchange rate that the scenario goes by."""
    return Exchange(given.project.currency, given.project.usd_rate)


def normal_form(given: Scenario) -> dict[str, Any]:
    """The scenario as plain data with every field, question and weight in it, ready for JSON.

    An empty field that a published figure stands for holds that figure, in the project's currency.
    """
    plain = as_given(given)
    for field in FIELDS.values():
        section = plain[field.section]
        section[field.name] = field.in_force(section[field.name], exchange_of(given))
    return plain


def as_given(given: Scenario) -> dict[str, Any]:
    """The scenario as plain data with empty fields left empty, so that they keep following the exchange rate."""
    plain = given.model_dump(mode="json")
    plain["answers"] = {question: given.answers.get(question, "unknown") for question in catalogue.questions()}
    plain["weights"] = {lens: given.weights.get(lens, USUAL_WEIGHT) for lens in catalogue.lenses()}
    plain["overrides"] = {model: own for model, own in plain["overrides"].items() if own}
    for path in plain["paths"].values():
        for phase in path["phases"]:
            if phase["quote"] is None:
                del phase["quote"]
    plain[QUOTES] = [{name: value for name, value in one.items() if value or value == 0} for one in plain[QUOTES]]
    plain[ACTUALS] = as_plain(given.actuals)
    for section in (QUOTES, BASIS, ACTUALS):
        if not plain[section]:
            del plain[section]
    return plain


def _range(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return dict(zip(ENDS, value, strict=True))
    if isinstance(value, Mapping):
        return {"low": value["likely"], "high": value["likely"]} | dict(value) if len(value) > 1 else value["likely"]
    return value

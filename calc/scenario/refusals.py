"""What is wrong with plain data in the form of a scenario: every fault at once, each with what is allowed and an example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from pydantic import ValidationError

from calc import catalogue
from calc.scenario.actuals import KEY as ACTUALS
from calc.scenario.actuals import actuals_faults
from calc.scenario.basis import KEY as BASIS
from calc.scenario.basis import basis_faults
from calc.scenario.bounds import DECISION, bounds
from calc.scenario.exchange import DOLLAR, Exchange, lacks_rate
from calc.scenario.faults import MOST_SHOWN, Fault, problem, short, shown
from calc.scenario.limits import Between, is_blank
from calc.scenario.paths import path_faults
from calc.scenario.quotes import KEY as QUOTES
from calc.scenario.quotes import quote_faults
from calc.scenario.schema import ANSWERS, FIELDS, SECTIONS, WEIGHT, Range
from calc.text.suggestion import near

NOT_IN_ORDER = ", which is not in order"
TABLES = (*SECTIONS, "answers", "overrides", "weights", "paths", QUOTES, BASIS, ACTUALS)


def faults_in(data: Mapping[str, Any], exchange: Exchange | None) -> list[Fault]:
    """All faults, section by section. exchange: as `exchange_in` gives it."""
    return [
        *_unknown_names(data),
        *_field_faults(data, exchange),
        *_rate_faults(data),
        *_answer_faults(data),
        *_override_faults(data, exchange),
        *_weight_faults(data),
        *path_faults(data.get("paths"), data.get(QUOTES)),
        *quote_faults(data, exchange),
        *basis_faults(data),
        *actuals_faults(data),
    ]


def _no_such(field: str, names: Iterable[Any], kind: str, known: list[str]) -> list[Fault]:
    """A fault for each name that is unknown. field: what comes before the name.

    A suggestion takes time, so only the faults that are shown get one.
    """
    there = set(known)
    unknown = (str(name) for name in names if name not in there)
    faults = [_unknown(field, name, kind, known) for name in islice(unknown, MOST_SHOWN)]
    return faults + [problem(f"{field}{short(name)}", f"unknown {kind}") for name in unknown]


def _unknown(field: str, name: str, kind: str, known: list[str]) -> Fault:
    like, elsewhere = near(name, known), [section for section, of in SECTIONS.items() if name in of.model_fields]
    if like:
        hint = f"did you mean: {like}?"
    elif kind == "field" and elsewhere:
        hint = f"it belongs under {' or '.join(f'[{section}]' for section in elsewhere)}"
    else:
        hint = f"known: {', '.join(known[:8])}{' ...' if len(known) > 8 else ''}"
    return problem(f"{field}{short(name)}" if name else f'{field}""', f"unknown {kind}", hint)


def _unknown_names(data: Mapping[str, Any]) -> list[Fault]:
    faults = _no_such("", data, "section", list(TABLES))
    for section in TABLES:
        value = data.get(section, {})
        if section == QUOTES:
            continue
        if not isinstance(value, Mapping):
            faults.append(Fault(section, shown(value), "a section with fields of its own", f"[{section}]"))
        elif section in SECTIONS:
            faults += _no_such(f"{section}.", value, "field", list(SECTIONS[section].model_fields))
    return faults


def exchange_in(data: Mapping[str, Any]) -> Exchange | None:
    """The exchange rate that plain data names; None where it is invalid, or missing although it is needed."""
    project = data.get("project", {})
    if not isinstance(project, Mapping) or lacks_rate(project):
        return None
    currency, rate = project.get("currency", DOLLAR), project.get("usd_rate", FIELDS["project.usd_rate"].default)
    known = isinstance(currency, str) and FIELDS["project.usd_rate"].between.holds(rate)
    return Exchange(currency, float(rate)) if known else None


def _rate_faults(data: Mapping[str, Any]) -> list[Fault]:
    """The question for an exchange rate that only the user knows."""
    project = data.get("project", {})
    if not isinstance(project, Mapping) or not lacks_rate(project):
        return []
    currency, field = project["currency"], FIELDS["project.usd_rate"]
    hint = f"for example {field.example_in()}"
    return [problem(field.dotted, f"is missing: how many {currency} is one {DOLLAR}?", hint)]


def _field_faults(data: Mapping[str, Any], exchange: Exchange | None) -> list[Fault]:
    faults = []
    for section, schema in SECTIONS.items():
        given = data.get(section, {})
        if not isinstance(given, Mapping):
            continue
        known = {key: value for key, value in given.items() if key in schema.model_fields}
        try:
            schema.model_validate(known)
        except ValidationError as error:
            for name in dict.fromkeys(str(detail["loc"][0]) for detail in error.errors()):
                faults.append(field_fault(f"{section}.{name}", known.get(name), exchange=exchange))
        for name, value in known.items():
            if _is_beyond(FIELDS[f"{section}.{name}"].limit, value, exchange):
                faults.append(field_fault(f"{section}.{name}", value, exchange=exchange))
    return faults


def _is_beyond(limit: object, value: Any, exchange: Exchange | None) -> bool:
    """Whether an amount of money, or an end of its range, is more than the rate allows."""
    if exchange is None or not isinstance(limit, Between) or not limit.money:
        return False
    numbers = [v for v in (value if isinstance(value, list | tuple) else [value]) if isinstance(v, int | float)]
    return any(limit.refuses(number, exchange.per_usd) for number in numbers)


def field_fault(dotted: str, value: Any, field: str | None = None, exchange: Exchange | None = None) -> Fault:
    """The fault of a field whose value is not allowed. field: what to call it, if not by its dotted name."""
    about = FIELDS[dotted]
    found, example = shown(value), about.example_in(exchange)
    if isinstance(value, str) and value and is_blank(value):
        found += ", which is blank"
    elif in_order := _put_in_order(value) if about.is_estimate else "":
        found, example = f"{found}{NOT_IN_ORDER}", in_order
    return Fault(field or dotted, found, about.allowed(exchange), example)


def _put_in_order(ends: Any) -> str:
    """Low, likely and high in their order, where they are given in another; else an empty text."""
    if not isinstance(ends, list | tuple) or len(ends) != 3:
        return ""
    if not all(isinstance(end, int | float) and not isinstance(end, bool) and end == end for end in ends):
        return ""
    return "" if ends[0] <= ends[1] <= ends[2] else shown(sorted(ends))


def _answer_faults(data: Mapping[str, Any]) -> list[Fault]:
    answers = data.get("answers", {})
    if not isinstance(answers, Mapping):
        return []
    questions = catalogue.questions()
    faults = _no_such("answers.", answers, "question", list(questions))
    for question, answer in answers.items():
        if question in questions and (answer not in ANSWERS or not isinstance(answer, str)):
            faults.append(Fault(f"answers.{question}", shown(answer), "yes, no or unknown (text)", '"yes"'))
    return faults


def _override_faults(data: Mapping[str, Any], exchange: Exchange | None) -> list[Fault]:
    overrides = data.get("overrides", {})
    if not isinstance(overrides, Mapping):
        return []
    known_models = [*catalogue.models(), DECISION]
    faults = _no_such("overrides.", overrides, "engagement model", known_models)
    for model in known_models:
        own = overrides.get(model, {})
        if not isinstance(own, Mapping):
            faults.append(Fault(f"overrides.{model}", shown(own), "parameters of the model with their values"))
            continue
        known = _parameters(model)
        faults += _no_such(f"overrides.{model}.", own, f"parameter of {model}", known)
        for name in known:
            if name in own:
                faults += override_faults(model, name, own[name], f"overrides.{model}.{name}", exchange)
    return faults


def _parameters(model: str) -> list[str]:
    return list(catalogue.settings() if model == DECISION else catalogue.parameters()[model])


def override_faults(model: str, name: str, value: Any, field: str, exchange: Exchange | None = None) -> list[Fault]:
    """The faults of one override: no such parameter, or not a number or low/likely/high within the bounds.

    exchange: None where the rate is not known; no amount of money is too high then.
    """
    limit = bounds(model, name)
    if limit is None:
        return _no_such(field.removesuffix(name), [name], f"parameter of {model}", _parameters(model))
    numbers = limit.said(exchange)
    if model != DECISION:
        numbers += ", or low, likely and high in this order"
    middle = _example(model, name, exchange)
    fault = [Fault(field, shown(value), numbers, middle)]

    def holds(number: Any) -> bool:
        return limit.holds(number, exchange)

    if isinstance(value, Range):
        value = value.model_dump()
    if isinstance(value, Mapping):
        if "likely" not in value or not set(value) <= {"low", "likely", "high"}:
            return fault
        value = [value.get("low", value["likely"]), value["likely"], value.get("high", value["likely"])]
    if isinstance(value, list | tuple):
        if model == DECISION or len(value) != 3 or not all(map(holds, value)):
            return fault
        in_order = _put_in_order(value)
        return [Fault(field, f"{shown(list(value))}{NOT_IN_ORDER}", numbers, in_order)] if in_order else []
    return [] if holds(value) else fault


def _example(model: str, name: str, exchange: Exchange | None) -> str:
    """The published value, in the project's currency where the rate is known."""
    if model == DECISION:
        return f"{catalogue.settings()[name].value:g}"
    parameter = catalogue.parameters()[model][name]
    rate = exchange.per_usd if exchange and parameter.in_dollars else 1
    return f"{parameter.range.likely * rate:g}"


def _weight_faults(data: Mapping[str, Any]) -> list[Fault]:
    weights = data.get("weights", {})
    if not isinstance(weights, Mapping):
        return []
    lenses = catalogue.lenses()
    faults = _no_such("weights.", weights, "lens", list(lenses))
    for lens, weight in weights.items():
        if lens in lenses and not WEIGHT.holds(weight):
            faults.append(Fault(f"weights.{lens}", shown(weight), WEIGHT.said(), "1"))
    return faults

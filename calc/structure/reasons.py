"""Columns of the dimensions `reason`, what can speak for the recommended path, and `alert`.

A reason is a step of the ladder, a rule of a single model, an indicator's word, or a rule of a lens. Reasons that ask for the
same answers on behalf of the same model are one: the first of them speaks for all (`same_reason`).
"""

from __future__ import annotations

from dataclasses import dataclass

from calc import catalogue
from calc.structure.given import given, relation

# What an indicator's question says when it is answered, as a reason.
INDICATED = {
    "yes": "the work needs constant decisions together",
    "no": "the work needs almost no decisions together",
}


@dataclass(frozen=True)
class Reason:
    """Something that can speak for a model: what it says, where it stands, and the answers that it asks for.

    asks: empty where no other asks for the same. model: the one that it speaks for; None for freelancers. rule: of a lens;
    None where it stands beside them. above: it stands above the rules. share: its part of its side of the lens.
    """

    id: str
    text: str
    citation: str
    lens: str
    model: str | None
    asks: frozenset[tuple[str, str]] = frozenset()
    rule: str | None = None
    above: bool = False
    share: float = 0.0


def reasons() -> tuple[Reason, ...]:
    """All of them: what stands above the rules first."""
    return (*_steps(), *_model_rules(), *_indications(), *_rules())


def beside_rules() -> list[str]:
    """The ids of those that are not rules of a lens, in their order."""
    return [reason.id for reason in reasons() if reason.rule is None]


def _steps() -> list[Reason]:
    found = []
    for key, step in catalogue.ladder().items():
        asks = frozenset({(step.question, step.answer)})
        found.append(Reason(key, step.text, step.citation, step.lens, _speaks_for(step.says), asks, above=True))
    return found


def _model_rules() -> list[Reason]:
    lens_of = {lens.alternative: key for key, lens in catalogue.lenses().items()}
    long_term, sign = (catalogue.model_rules()[name] for name in (catalogue.LONG_TERM, catalogue.SIGN))
    lens = lens_of[sign.model]
    return [
        Reason(
            catalogue.LONG_TERM,
            long_term.text,
            long_term.citation,
            lens_of[long_term.model],
            long_term.model,
            above=True,
        ),
        Reason(catalogue.SIGN, sign.text, sign.citation, lens, sign.model, share=_share(lens, "alternative")),
    ]


def _indications() -> list[Reason]:
    found = []
    for lens, indicator in catalogue.indicators().items():
        for answer, model in (("yes", indicator.yes), ("no", indicator.no)):
            own = _speaks_for(model)
            share = _share(lens, "alternative" if own else "freelancer")
            asks = frozenset({(indicator.question, answer)})
            text = INDICATED[answer]
            found.append(Reason(f"{indicator.id}_{answer}", text, indicator.citation, lens, own, asks, share=share))
    return found


def _rules() -> list[Reason]:
    found = []
    for key, rule in catalogue.rules().items():
        model = None if rule.side == "freelancer" else catalogue.lenses()[rule.lens].alternative
        several: tuple[tuple[str, str], ...] = ((rule.needs, ""),) if len(rule.conditions) > 1 else ()
        asks = frozenset((*((one.question, one.answer) for one in rule.conditions), *several))
        share = _share(rule.lens, rule.side)
        found.append(Reason(key, rule.text, rule.citation, rule.lens, model, asks, key, share=share))
    return found


def _speaks_for(model: str) -> str | None:
    return None if catalogue.models()[model].freelances else model


def _share(lens: str, side: str) -> float:
    return 1 / sum((rule.lens, rule.side) == (lens, side) for rule in catalogue.rules().values())


@given("reason", unit="number", label="Reason no.", says="Number of the reason")
def reason_number(number):
    return number


@given(
    "reason", unit="number", label="Rule no.", says="Number of the reason's rule; 0 where it stands beside the rules"
)
def reason_rule(reason, rule_numbers):
    return rule_numbers.get(reason.rule, 0)


@given(
    "reason",
    unit="number",
    label="Beside the rules no.",
    says="Number among the reasons that are no rules; 0 for a rule",
)
def reason_beside(reason, beside_numbers):
    return beside_numbers.get(reason.id, 0)


@given(
    "reason",
    unit="number",
    label="Speaks for model no.",
    says="Number of the model that it speaks for; 0 for freelancers",
)
def reason_model(reason, model_numbers):
    return model_numbers.get(reason.model, 0)


@given("reason", unit="number", label="Lens no.", says="Number of the lens that the reason belongs to")
def reason_lens(reason, lens_numbers):
    return lens_numbers[reason.lens]


@given("reason", unit="0/1", label="Stands above the rules", says="1 where it stands above the rules, else 0")
def reason_above(reason):
    return reason.above


@given("reason", unit="share", label="Part of its side", says="What one rule is of all on its side of the lens")
def reason_share(reason):
    return reason.share


@given(
    "reason",
    unit="number",
    label="Said by reason no.",
    says="Number of the first reason that asks for the same answers",
)
def same_reason(reason, reason_rows):
    return 1 + next(
        at
        for at, other in enumerate(reason_rows)
        if (other.model, other.asks or other.id) == (reason.model, reason.asks or reason.id)
    )


@given("alert", unit="number", label="Alert no.", says="Number of the alert")
def alert_number(number):
    return number


relation("reason_rule", "reason", "rule", by="reason_rule", label=" (its rule)", says="of the reason's rule")
relation("reason_lens", "reason", "lens", by="reason_lens", label=" (its lens)", says="of the reason's lens")

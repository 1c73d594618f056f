"""What an argument of a formula is, in words: from the quantities, the catalogue, the scenario's schema and here."""

from __future__ import annotations

from functools import cache

from calc import catalogue
from calc.quantity import QUANTITIES
from calc.scenario.schema import ESTIMATES, SECTIONS

# Arguments that Excel's own language has a different use for.
RENAMED = {"until": "until_end"}
RELATIONS = {
    "runner": "of the model that does the feature work",
    "keeper": "of the model on retainer",
    "last_core": "of the last core phase",
    "first_question": "to the rule's first question",
    "second_question": "to the rule's second question",
    "need_question": "to the need's question",
    "own_lens": "of the model's own lens",
    "own_phase": "of the row's phase",
    "own_path": "of the row's path",
    "own_stage": "of the step's phase",
}
# What comes with the structure of paths, models and rules, and the inputs that no schema describes.
STRUCTURE = {
    "path": "Number of the path",
    "runner": "Number of the model that does the feature work",
    "has_keeper": "1 where the path has a retainer, else 0",
    "core_only_freelancer": "1 where the whole core is by a freelancer, else 0",
    "unprepared_freelance_core": "1 where freelancers do core work that nobody audited or remediated first, else 0",
    "team_core": "1 where a freelance team does core work, else 0",
    "freelance_core": "1 where freelancers do core work, else 0",
    "hire_first": "1 where the first core phase is by a full-time hire, else 0",
    "hires_anyone": "1 where any phase is by a full-time hire, else 0",
    "opens_with_audit": "1 where the path opens with an audit, else 0",
    "opens_with_prototype": "1 where the path opens with a freelancer's prototype, else 0",
    "first_stage": "Row of the path's first phase in the plan",
    "stages": "How many phases the path has in the plan",
    "first_step_row": "Row of the path's first step in the plan; 0 where it has none",
    "steps": "How many steps the path has in the plan",
    "path_number": "Number of the path that the phase belongs to",
    "position": "Which step of its path the phase is, from 1",
    "model_number": "Number of the model that does the phase",
    "is_audit": "1 for an audit, else 0",
    "is_core": "1 for a core phase, else 0",
    "share": "Share of the core work, from 0 to 1",
    "audit_weeks": "Weeks of an audit; 0 for a core phase",
    "model": "Number of the model",
    "hourly": "1 where work is priced by the hour, else 0",
    "by_fee": "1 where work is priced by a fee an engagement, else 0",
    "salaried": "1 where people are paid a salary, else 0",
    "documents": "1 where the model leaves documents, else 0",
    "scales_with_specialists": "1 where there are as many people as specialists, else 0",
    "scales_with_hires": "1 where there are as many people as hires, else 0",
    "works_alone": "1 for a model of single people or hires, else 0",
    "freelances": "1 for freelancers and freelance teams, else 0",
    "is_team": "1 for a freelance team, else 0",
    "lens": "Number of the lens",
    "has_ladder": "1 where the lens has a ladder, else 0",
    "has_indicator": "1 where the lens has an indicator, else 0",
    "weight": "Weight of the lens, from 0 to 5",
    "rule_lens": "Number of the lens that the rule belongs to",
    "for_freelancer": "1 where the rule speaks for the freelancer, else 0",
    "first_wanted": "Answer that the rule's first condition wants: yes or no",
    "second_wanted": "Answer that the rule's second condition wants: yes or no",
    "has_second": "1 where the rule has a second condition, else 0",
    "needed": "How many of the rule's conditions must hold",
    "need_model": "Number of the model that the need asks for",
    "asks_losing": "1 for the question about losses, else 0",
    "asks_under_gate": "1 for the question that follows from the budget, else 0",
    "asked": "1 for a question that is asked, else 0",
    "in_dollars": "1 where the figure is published in USD, else 0",
    "high_is_better": "1 where the high end is better for the payer, else 0",
    "month": "Month, from 1",
    "searched_low": "Published low end of the range in which a break-even is looked for; blank where none is",
    "searched_high": "Published high end of that range; blank where none is",
    "searched_in_dollars": "1 where that range is published in USD, else 0",
    "plan_stage": "Number of the phase in the plan, from 1",
    "plan_step": "Number of the step in the plan, from 1",
    "review_number": "Number of the review, from 1",
    "weeks_between_reviews": "Weeks between two reviews of a retainer",
    "is_run": "1 for feature work, else 0",
    "is_retainer": "1 for a retainer, else 0",
    "from_end": "1 where the step counts from the end of its phase, else 0",
    "offset": "Weeks from the phase's start or end to the step",
    "length": "Weeks that the step takes",
    "has_until": "1 where the step ends with its phase, else 0",
    "until": "Weeks from the end of the phase to the end of the step",
    "published_low": "Published low end",
    "published_likely": "Published likely value",
    "published_high": "Published high end",
    "published_setting": "Published value",
    "override_low": "One's own low end, in the project's currency; may be blank",
    "override_likely": "One's own likely value, in the project's currency; blank for the published figure",
    "override_high": "One's own high end, in the project's currency; may be blank",
    "override_setting": "One's own value; blank for the published one",
    "given_low": "Low end of the estimate; blank where it follows the likely value",
    "given_likely": "Likely value of the estimate",
    "given_high": "High end of the estimate; blank where it follows the likely value",
    "given_answer": "Answer as given: yes, no or unknown",
    "case_number": "Case: best, likely or worst",
    "start_day": "First day of the project, a date",
    "plan_choice": "Number of the path picked for the plan; 0 for the recommended one",
    "first_choice": "Number of the first path that is compared; 0 for the recommended one, -1 for the next best",
    "second_choice": "Number of the second path that is compared; 0 for the recommended one, -1 for the next best",
}


def description(argument: str) -> str:
    """What the function wizard says of an argument, named as the formula names it."""
    if argument.startswith("all_"):
        return f"Range, one cell for each: {_one(argument.removeprefix('all_'))}"
    stem, separator, relation = argument.rpartition("_of_")
    if separator and relation in RELATIONS:
        return f"{_one(stem)}, {RELATIONS[relation]}"
    return _one(argument)


def _one(name: str) -> str:
    if name in QUANTITIES:
        return _with_unit(QUANTITIES[name].label, QUANTITIES[name].unit)
    if name.startswith("answer_") and name.removeprefix("answer_") in catalogue.questions():
        return f"{catalogue.questions()[name.removeprefix('answer_')].short}: yes, no or unknown"
    if name == "answer_under_gate":
        return "Budget under the small-job limit: yes, no or unknown"
    return STRUCTURE.get(name) or _named()[name]


@cache
def _named() -> dict[str, str]:
    """Parameters, settings and inputs by name."""
    found = {name: _with_unit(parameter.label, parameter.unit) for _, name, parameter in catalogue.parameter_rows()}
    found |= {name: _with_unit(setting.label, setting.unit) for name, setting in catalogue.settings().items()}
    for schema in SECTIONS.values():
        for name, field in schema.model_fields.items():
            found[name] = _with_unit(field.title, field.json_schema_extra["unit"])
            if name in catalogue.reaches():
                for end in ("from", "to"):
                    found[f"searched_{end}_{name}"] = f"{found[name]}: break-even looked for {end}"
            if name in ESTIMATES:
                found[f"likely_{name}"] = f"{found[name]}, likely value"
    return found


def _with_unit(label: str, unit: str) -> str:
    return f"{label}, {unit.replace('USD', 'currency')}"

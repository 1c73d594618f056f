"""What the searches found, in sentences for people: what would have to be true, what to ask first, finding out first.

Everything is read from a result (`calc.results`); without searches there are no sentences.
"""

from __future__ import annotations

from collections.abc import Mapping

from calc import catalogue
from calc.reasons import amount, answer_to, label, listed
from calc.sentences.quotes import lower_in_words

MOST_QUESTIONS_NAMED = 3


def answers_in_words(answers: Mapping[str, str]) -> str:
    """A set of answers, for example "AI is the core: yes; Evolving scope: no"."""
    return "; ".join(answer_to(question, answer) for question, answer in answers.items())


def would_be_recommended(result: dict, path: str) -> list[str]:
    """With which answers, or at which prices, a path that is not recommended would be; empty where with none."""
    ways = ways_to(result, path)
    return [f"{label(result, path)}: would be recommended {ways}."] if ways else []


def ways_to(result: dict, path: str) -> str:
    """The conditions under which a path would be recommended, each "if ..."; an empty text where there is none."""
    found, given = result["paths"][path], result["scenario"]["answers"]
    ways = [_if(answers, given) for answers in found["must_be_true"] or ()]
    if found["price_factor"] is not None:
        ways.append(f"if its own prices were {lower_in_words(found['price_factor'])} lower")
    return "; or ".join(ways)


def how_firm(result: dict) -> list[str]:
    """In how many of the ways to answer the open questions the same path is recommended."""
    choice = result["recommendation"]
    if choice["holds"] is None:
        return []
    if not choice["ask"]:
        return ["Every question is answered."]
    if choice["holds"] == 1:
        return ["No more answers are needed: this path comes out however the open questions are answered."]
    return [
        f"The same path comes out in {_share(choice['holds'])} of the ways in which the open questions could be answered."
    ]


def ask_first(result: dict) -> list[str]:
    """The open questions whose answers matter most, a line each; none where the recommendation holds whatever they say."""
    ask = [swing for swing in result["recommendation"]["ask"] or () if swing["swing"] > 0][:MOST_QUESTIONS_NAMED]
    return [
        f"{number}. {catalogue.questions()[one['question']].text} ({decides(one['swing'])})"
        for number, one in enumerate(ask, 1)
    ]


def decides(swing: float) -> str:
    """How often the answer to a question changes what comes out."""
    return f"its answer changes the outcome in {_share(swing)} of the cases"


def finding_out_first(result: dict) -> list[str]:
    """What it is worth to know whether the problem is systemic, beside the price of finding out."""
    found = result["recommendation"]["finding_out"]
    if found is None:
        return []
    today, systemic, other = result["recommendation"]["path"], found["if_systemic"], found["if_not"]
    prices = (
        f"a production firm's one-week audit costs {amount(result, found['audit_price'])}, "
        f"a partner's pilot {amount(result, found['pilot_price'])}"
    )
    if today == systemic == other:
        return [f"Finding out first whether the problem is systemic would not change the recommendation; {prices}."]
    if systemic == other:
        then = f"“{label(result, systemic)}” would be recommended either way"
    else:
        then = f"“{label(result, systemic)}” if it is, “{label(result, other)}” if not"
    if found["worth"] < 0:
        value = f"costs {amount(result, -found['worth'])} more, for a path that fits better"
    else:
        value = f"saves {amount(result, found['worth'])}"
    return [
        f"Finding out first whether the problem is systemic (chance {_share(found['chance'])}) would lead to another path: "
        f"{then}. On average that {value}; {prices}."
    ]


def finding_out_in_short(result: dict) -> str:
    """The same in one line; empty where there is nothing to find out."""
    found = result["recommendation"]["finding_out"]
    if found is None:
        return ""
    prices = f"an audit costs {amount(result, found['audit_price'])}, a pilot {amount(result, found['pilot_price'])}"
    about = f"Finding out first whether the problem is systemic (chance {_share(found['chance'])})"
    if result["recommendation"]["path"] == found["if_systemic"] == found["if_not"]:
        return f"{about} would change nothing; {prices}."
    if found["worth"] < 0:
        return f"{about} costs {amount(result, -found['worth'])} more, for a path that fits better; {prices}."
    return f"{about} is worth {amount(result, found['worth'])}; {prices}."


def _if(answers: Mapping[str, str], given: Mapping[str, str]) -> str:
    """A set of changed answers as a condition, each marked where another one was given."""
    first, *more = (
        (_name(question), answer if given[question] == "unknown" else f"{answer} (now {given[question]})")
        for question, answer in answers.items()
    )
    return f"if {listed([' were answered '.join(first), *map(' '.join, more)])}"


def _name(question: str) -> str:
    """The short form of a question in quotes."""
    return f"“{catalogue.questions()[question].short}”"


def _share(share: float) -> str:
    """In whole percent, but never 0% or 100% of what is neither."""
    percent = round(100 * share)
    return f"{min(99, max(1, percent)) if 0 < share < 1 else percent}%"

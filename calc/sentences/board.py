"""What a board reads on the first page, each in one line: alerts, reasons, why not the next best or a cheaper path, what could
go wrong.

code: the project's currency; label: of the recommended path. Of a list, the n-th entry; an empty text past its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from calc.clauses import Values
from calc.native import rounded
from calc.reductions import largest, picked, picked_or, position, summed, whole
from calc.sentences import alerts
from calc.sentences.apart import by_side, more_or_less
from calc.sentences.grounds import named
from calc.sentences.weeks import in_weeks
from calc.text.live import amount, formatted, joined

# Alerts

ALL_ALERTS = "What not to miss"


def above_budget(alert_above_budget, recommended_invoiced, over_by, budget, code, chance_above):
    """By how much the recommended path is invoiced above the budget, and how likely that is."""
    invoiced = joined("Above the budget: ", code, " ", amount(recommended_invoiced), " is invoiced, ", amount(over_by))
    more = joined(invoiced, " more than the budget of ", amount(budget))
    often = joined("; ", formatted(chance_above, "0%"), " of the trials exceed it.")
    return np.where(alert_above_budget == 1, joined(more, np.where(np.isnan(chance_above), ".", often)), "")


def cheaper_exists(alert_cheaper_exists, cheapest_label, cheapest_saves, cheapest_chance, code):
    """How much an eligible path saves, and with which chance of failing it no longer does."""
    saves = joined("A cheaper path exists: “", cheapest_label, "” saves ", code, " ", amount(cheapest_saves))
    unless = joined(", unless its chance of failing is above ", formatted(cheapest_chance, "0%"), ".")
    return np.where(alert_cheaper_exists == 1, joined(saves, unless), "")


def seller(alert_seller, label):
    """That the prices come from who sells it."""
    prices = joined("The prices of “", label, "” are published by a firm that sells it: ask for a quote.")
    return np.where(alert_seller == 1, prices, "")


# In the order of calc.sentences.alerts, shorter where a line would not hold the sentence.
ALERTS: dict[str, Callable[..., Any]] = alerts.SENTENCES | {
    "above_budget": above_budget,
    "cheaper_exists": cheaper_exists,
    "seller": seller,
}


def out_of_date(changed, run_once):
    """That figures which were computed once belong to other inputs. changed: inputs that have changed; run_once: trials."""
    sentence = "Out of date: the inputs have changed; what was computed once is left out. Build the workbook again."
    return np.where(changed > 0, np.where(run_once > 0, sentence, ""), "")


def further_alerts(alerts_standing, shown):
    """That more alerts hold than there are lines, in the last of these. shown: lines."""
    more = joined(
        formatted(alerts_standing - shown + 1, "0"), f" more alerts: see “{ALL_ALERTS}” on the sheet Decision."
    )
    return np.where(alerts_standing > shown, more, "")


# Reasons


def sentence_of(text: str) -> str:
    """A reason as a sentence."""
    return f"{text[0].upper()}{text[1:]}."


def colliding(gates: Iterable[str]) -> Callable:
    """The rules that exclude a path, by name, each before a blank. It reads gate_<id> and label_<id> of each."""
    ids = list(gates)

    def names(values: Values) -> Any:
        said = {gate: joined(values[f"label_{gate}"], ". ") for gate in ids}
        return joined(*(np.where(summed(values[f"gate_{gate}"]) > 0, said[gate], "") for gate in ids))

    reads = [f"{kind}_{gate}" for gate in ids for kind in ("gate", "label")]
    return named(names, reads, "The rules that exclude a path, by name.")


def without_reasons(status, reasons_for, colliding, cheapest_label, cheapest_same_scope, code):
    """What stands where no reason does: the rules that leave no path, or the cheapest where nothing speaks for any.

    colliding: the first of these rules; `further_rules` has the others, for the lines below.
    """
    firm = np.where(reasons_for > 0, "", "No single answer speaks for it more than for the others.")
    least = joined("“", cheapest_label, "”, ", code, " ", amount(cheapest_same_scope), ".")
    silent = joined("Of the paths that are left, this one costs least for the same scope: ", least)
    return np.choose(whole(status), ["", firm, firm, silent, joined("Together these rules leave no path: ", colliding)])


def further_rules(status, colliding):
    """The next of the rules that leave no path; empty while one is left."""
    return np.choose(whole(status), ["", "", "", "", joined(colliding, "")])


# Why not another path

STANDS = (
    "",
    "it is ruled out",
    "no answer speaks for it",
    "it fits the answers less well",
    "it fits about as well",
)


def stands(why_not):
    """How another path fits, as the end of a sentence."""
    return np.choose(whole(why_not), list(STANDS))


def on_top(status):
    """What the leader's time and losses are beside what is paid; without a path, that nothing is asked for."""
    known, nothing = (
        "On top, not paid: leader's time, losses.",
        "Nothing is asked for until a path is recommended.",
    )
    return np.choose(whole(status), ["", known, known, nothing, nothing])


def simulated_by(trials):
    """Of how many trials the amounts are that are half sure and 80% sure: the large run of the command has more."""
    return joined("P50 and P80: from ", amount(trials), " simulated trials.")


def begins_in(fiscal_month):
    """In which month the fiscal year begins."""
    return joined("The fiscal year begins in month ", formatted(fiscal_month, "0"), ".")


def no_phases(status):
    """What stands where no path is recommended, and so no phase comes first."""
    silent = "Answer the questions named above; then a path can be planned."
    none = "Change one of the answers that rule everything out; then a path can be planned."
    return np.choose(whole(status), ["", "", "", silent, none])


def entry(values, at, more):
    """An entry of a list by its position, or what stands in its place where that is no empty text."""
    return np.where(more == "", picked_or(values, at, ""), more)


def entry_or_after(values, at, place_number, explained_paths, after):
    """An entry of a list by its position; past the last one, what follows the list."""
    return np.where(place_number == explained_paths + 1, after, picked_or(values, at, ""))


def other_name(values, at, place_number, explained_paths, alert_cheaper_exists):
    """The name of a path that is explained; past the last one, of what follows where a cheaper path exists."""
    follows = (place_number == explained_paths + 1) * alert_cheaper_exists
    given = np.where(follows == 1, "Beside the cheapest path", "")
    return np.where(at > 0, picked(values, np.maximum(at, 1)), given)


def last_line(place_number, explained_paths, more, after):
    """What follows a list that fills all its lines but this one, or that there is more of it than lines."""
    return np.where(more == "", np.where(place_number == explained_paths + 1, after, ""), more)


def costs_beside(same_scope_difference, code):
    """What another path costs less or more for the same scope, as the beginning of a sentence; empty without a difference."""
    by = joined(code, " ", amount(np.absolute(same_scope_difference)))
    said = by_side(same_scope_difference, joined(by, " less, but "), "the same cost, and ", joined(by, " more, and "))
    return np.where(np.isnan(same_scope_difference), "", said)


def compared(stands, costs_beside, is_next, break_even_chance, later_by):
    """What another path costs less or more for the same scope, how it fits, when it is no longer cheaper, and how much later
    it is stable; of one that is not cheaper, also how much earlier, which is what it buys."""
    by = joined(np.where(is_next == 1, "Next best: ", ""), costs_beside, stands)
    saves = joined("; saves nothing if over ", formatted(break_even_chance, "0%"), " likely to fail")
    weeks = joined("; stable ", amount(np.absolute(later_by)), " weeks ")
    is_earlier = (rounded(later_by, 0) < -1) * np.isnan(break_even_chance)
    by = joined(by, np.where(np.isnan(break_even_chance), "", saves))
    by = joined(by, np.where(is_earlier > 0, joined(weeks, "earlier"), ""))
    nothing = (stands == "") * 1 + (costs_beside == "") * 1
    return np.where(nothing > 0, "", joined(by, np.where(rounded(later_by, 0) > 1, joined(weeks, "later"), ""), "."))


def dearer_buys(alert_cheaper_exists, later_by, loses_more, code):
    """What the recommended path gives or takes beside the cheapest one, whose figures these are."""
    weeks = in_weeks(np.absolute(later_by))
    sooner = by_side(later_by, joined(weeks, " later"), "as soon", joined(weeks, " sooner"))
    by = joined(code, " ", amount(np.absolute(loses_more)))
    lost = by_side(loses_more, joined(by, " more"), "as much", joined(by, " less"))
    buys = joined("Stable ", sooner, ", and ", lost, " lost to instability.")
    return np.where(alert_cheaper_exists == 1, buys, "")


def further_paths(explained_paths, shown):
    """That more paths are cheaper than there are lines. shown: lines."""
    more = joined(formatted(explained_paths - shown, "0"), " more cost less for the same scope: see all paths below.")
    return np.where(explained_paths > shown, more, "")


def no_other(status, explained_paths):
    """What stands where there is no other path to explain."""
    alone = np.where(explained_paths > 0, "", "No other path for which something speaks is left, and none is cheaper.")
    nothing = "Nothing is recommended, so paths are not compared here; the table below shows what each costs."
    return np.choose(whole(status), ["", alone, alone, nothing, nothing])


def ruled_out(first_exclusion, exclusions, rules):
    """The first rule that excludes a path, by its name, and how many more do. rules: the names of all, (..., n)."""
    name = picked_or(rules, first_exclusion, "")
    more = joined(" and ", formatted(exclusions - 1, "0"), " more")
    return joined(name, np.where(exclusions > 1, more, ""))


def of_cheapest(values, at):
    """A figure of the cheapest path that is left; empty where none is. at: its position."""
    return picked_or(values, at, np.nan)


def short_ground(why_not, excluded, same_scope_difference):
    """Why a path is not recommended, in a few words. excluded: by which rules."""
    out = joined("Ruled out: ", excluded)
    dearer = by_side(same_scope_difference, "", "Costs the same, listed later", "Costs more")
    return np.choose(whole(why_not), ["Recommended", out, "Nothing speaks for it", "Fits less well", dearer])


def ranked(place_number, path_at_place, labels):
    """A path with its place. labels: of all paths, (..., path)."""
    return joined(formatted(place_number, "0"), ". ", picked(labels, path_at_place))


# What could go wrong, from what was computed once


def said_so_far(line, lines, texts):
    """How many of the sentences up to a line are no empty text. lines: their numbers; texts: (..., n); returns (..., 1)."""
    return summed((lines <= line) * (texts != ""))


def said_in_line(line, counts):
    """Which sentence stands in a line if none is left empty between them; 0 past the last. counts: `said_so_far` of each."""
    return np.where(line <= largest(counts), position(line, counts), 0)


def flips_from(value, side, changed, trials):
    """The value from which a figure changes the recommendation; empty where it is not shown, or said in words by its side."""
    shown = (trials > 0) * (changed == 0) * (side == "")
    return np.where(shown > 0, np.where(np.isnan(value), np.nan, value), np.nan)


def flips_from_unit(unit, side, changed, trials):
    """Its unit, empty where it is not shown."""
    return np.where((trials > 0) * (changed == 0) * (side == "") > 0, joined(unit, ""), "")


def gap_in_words(gap, code):
    """What the next best path costs beside the recommended one with a figure at one of its ends; empty without a figure."""
    return np.where(np.isnan(gap), "", more_or_less(gap, code))


def _moves(figure, low, high):
    return joined(figure, ": the next best path costs ", low, " at the low end and ", high, " at the high end.")


def moved(figure, low, high):
    """How far a figure moves the gap to the next best path. low, high: the gap at its ends, in words."""
    return np.where(figure == "", "", _moves(figure, low, high))


def moved_first(figure, low, high, recommended, gap):
    """The same of the first figure; without any, why there is none. recommended: the path's number, 0 for none; gap: to the
    next best path, NaN where there is none."""
    found = 2 * (recommended > 0) - (recommended > 0) * np.isnan(gap)
    none = np.choose(
        whole(found),
        [
            "No path is recommended, so that there is no gap to a next best one.",
            "There is no next best path: the answers speak for no other that can be taken.",
            "No figure moves the gap to the next best path.",
        ],
    )
    return np.where(figure == "", none, _moves(figure, low, high))


def answer_flips(question, answer, path):
    """The first answer that would change the recommendation."""
    said = joined("Answering ", answer, " to “", question, "” would lead to: “", path, "”.")
    return np.where(question == "", "No other answer to a single question would change the recommendation.", said)


def figure_flips(figure, path, side, value, now):
    """The nearest figure that would change the recommendation, and from where on; its value stands beside it.

    side: which side of today's value that is where both read alike, else an empty text; value, now: then and today.
    """
    leads = joined(figure, ": “", path, "” ")
    beyond = np.choose(whole((value < now) * 1), ["at or above", "at or below"])
    said = joined(leads, np.where(side == "", beyond, joined(side, " its current value.")))
    return np.where(figure == "", "No single figure would change the recommendation within its range.", said)


def to_ask(first, second, third, holds):
    """The questions to answer first, and how firmly the path stands."""
    more = np.where(second == "", "", joined("; “", second, "”"))
    last = np.where(third == "", "", joined("; “", third, "”"))
    firm = joined(" The same path holds in ", formatted(holds, "0%"), " of the ways to answer the open questions.")
    said = joined("Answer first: “", first, "”", more, last, ".", np.where(np.isnan(holds), "", firm))
    return np.where(first == "", "No open question would change the recommendation.", said)

"""Where the results of the product differ from those of the second program, scenario by scenario."""

import math

MONEY = 1e-9
FIT = 2e-9
CENT = 0.0101
PATH_MONEY = ("npv", "same_scope", "same_place", "invoiced", "paid", "own_time", "losses", "core_cost")
PATH_FACTS = ("eligible", "evidence", "frontier", "finished")
CHOICES = ("path", "status", "provisional", "cheapest", "best_fit", "runner_up")


class Difference(tuple):
    """(field, where in the result, the product's value, the definition's)."""

    __slots__ = ()


def close(ours, theirs, scale=0.0):
    """Equal to 1e-9 of the amount, or of the path's total where the amount is a small rest of it."""
    if ours is None or theirs is None:
        return ours is theirs
    return math.isclose(ours, theirs, rel_tol=MONEY, abs_tol=MONEY * max(1.0, abs(scale)))


def near(ours, theirs):
    return math.isclose(ours, theirs, abs_tol=FIT)


def within_a_cent(ours, theirs):
    """Both none, or equal to the cent."""
    if ours is None or theirs is None:
        return ours is theirs
    return abs(ours - theirs) <= CENT + MONEY * abs(theirs)


def same_chance(ours, theirs):
    if ours is None or theirs is None:
        return ours is theirs
    return math.isclose(ours, theirs, abs_tol=1e-6)


def differences(result, costs, decision):
    """Every Difference of one scenario. costs: by case; decision: of the likely case."""
    found = []

    def compare(field, place, ours, theirs, same=None):
        if not (same(ours, theirs) if same else ours == theirs):
            found.append(Difference((field, place, ours, theirs)))

    compare("paths", "", list(result["paths"]), list(decision["paths"]))
    for path, theirs in costs["likely"].items():
        path_differences(compare, path, result["paths"][path], theirs, costs, decision["paths"][path])
    lens_and_gate_differences(compare, result, decision)
    recommendation_differences(compare, result["recommendation"], decision["recommendation"])
    return found


def path_differences(compare, path, ours, theirs, costs, decided):
    scale = max(abs(theirs["total"]), abs(theirs["same_scope"]))

    def money(one, other):
        return close(one, other, scale)

    compare("total", path, ours["total"], theirs["total"], close)
    compare("best", path, ours["best"], costs["best"][path]["total"], close)
    compare("worst", path, ours["worst"], costs["worst"][path]["total"], close)
    for name in PATH_MONEY:
        compare(name, path, ours[name], decided[name] if name == "same_place" else theirs[name], money)
    for name, amount in theirs["beyond"].items():
        compare("beyond", (path, name), ours["beyond"][name], amount, money)
    compare("lines", path, list(ours["lines"]), list(theirs["lines"]))
    for line, amount in theirs["lines"].items():
        compare("lines", (path, line), ours["lines"].get(line), amount, money)
    compare("months", path, len(ours["months"]), len(theirs["months"]))
    for month, (mine, amount) in enumerate(zip(ours["months"], theirs["months"], strict=False), 1):
        compare("months", (path, month), mine, amount, money)
    compare("weeks_to_stable", path, ours["weeks_to_stable"], theirs["weeks_to_stable"], close)
    compare("fit", path, ours["fit"], decided["fit"], near)
    for name in PATH_FACTS:
        compare(name, path, ours[name], theirs[name] if name == "finished" else decided[name])
    phase_differences(compare, path, ours["phases"], theirs["phases"])
    why_not_differences(compare, path, ours["why_not"], decided["why_not"])


def phase_differences(compare, path, ours, theirs):
    compare("phases", path, [(p["model"], p["work"]) for p in ours], [(p["model"], p["work"]) for p in theirs])
    for position, (mine, wanted) in enumerate(zip(ours, theirs, strict=False)):
        scale = sum(wanted["lines"].values())
        for name in ("start_week", "end_week"):
            compare("phases", (path, position, name), mine[name], wanted[name], close)
        for line, amount in wanted["lines"].items():
            compare(
                "phases",
                (path, position, line),
                mine["lines"].get(line, 0),
                amount,
                lambda one, other, scale=scale: close(one, other, scale),
            )


def why_not_differences(compare, path, ours, theirs):
    compare("why_not", path, ours is None, theirs is None)
    if ours is None or theirs is None:
        return
    for name in ("kind", "gates"):
        compare("why_not", (path, name), ours[name], theirs[name])
    compare("why_not", (path, "amount"), ours["amount"], theirs["amount"], within_a_cent)
    compare("why_not", (path, "break_even_chance"), ours["break_even_chance"], theirs["break_even_chance"], same_chance)


def lens_and_gate_differences(compare, result, decision):
    compare("lenses", "", set(result["lenses"]), set(decision["lenses"]))
    for lens, theirs in decision["lenses"].items():
        ours = result["lenses"][lens]
        compare("lenses", (lens, "verdict"), ours["verdict"], theirs["verdict"])
        compare("lenses", (lens, "lean"), ours["lean"], theirs["lean"], near)
        for side, share in theirs["support"].items():
            compare("lenses", (lens, side), ours["support"][side], share, near)
    compare("gates", "", list(result["gates"]), list(decision["gates"]))
    for gate, theirs in decision["gates"].items():
        for name in ("fired", "excludes"):
            compare("gates", (gate, name), result["gates"].get(gate, {}).get(name), theirs[name])
    for model, theirs in decision["models"].items():
        compare("models", model, result["models"][model]["fit"], theirs["fit"], near)


def recommendation_differences(compare, ours, theirs):
    for name in CHOICES:
        compare("recommendation", name, ours[name], theirs[name])
    compare("recommendation", "completeness", ours["completeness"], theirs["completeness"], near)
    compare("alerts", "", [alert["id"] for alert in ours["alerts"]], theirs["alerts"])
    budget = theirs["budget"]
    compare("budget", "", ours["budget"] is None, budget is None)
    if budget is not None and ours["budget"] is not None:
        for name, amount in budget.items():
            compare("budget", name, ours["budget"][name], amount, within_a_cent)


def finding_out_differences(ours, theirs):
    """The same of finding out first, which is asked for only where it is wanted."""
    if ours is None or theirs is None:
        return [] if ours is theirs else [Difference(("finding_out", "", ours, theirs))]
    found = []
    for name, value in theirs.items():
        same = ours[name] == value if isinstance(value, str) else close(ours[name], value, 1e5)
        if not same:
            found.append(Difference(("finding_out", name, ours[name], value)))
    return found

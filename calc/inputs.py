"""The inputs of the graph besides the fields of the scenario's schema: dimensions, unit, label and description."""

from __future__ import annotations

from dataclasses import dataclass

from calc.scenario.actuals import SERIES


@dataclass(frozen=True)
class Input:
    """One array of a scenario: the dimensions it runs over, its unit, the label above it, and what it is in words."""

    name: str
    over: tuple[str, ...]
    unit: str
    label: str
    says: str


# fmt: off
INPUTS = {
    entry.name: entry
    for entry in (
        Input("case_number", (), "number", "Case", "Case: best, likely or worst"),
        Input("start_day", (), "date", "Start", "First day of the project, a date"),
        Input("other_currency", (), "0/1", "Another currency", "1 where the project's currency is not the US dollar, else 0"),
        Input("plan_choice", (), "number", "Path of the plan",
              "Number of the path picked for the plan; 0 for the recommended one"),
        Input("first_choice", (), "number", "First path compared",
              "Number of the first path that is compared; 0 for the recommended one, -1 for the next best"),
        Input("second_choice", (), "number", "Second path compared",
              "Number of the second path that is compared; 0 for the recommended one, -1 for the next best"),
        Input("place", (), "-1 / 0 / 1", "Place of work",
              "Where everybody works: 1 in the US, -1 in Eastern Europe, 0 each model where its source has it"),
        Input("override_setting", ("setting",), "number", "Own value", "One's own value; blank for the published one"),
        Input("override_low", ("parameter",), "number", "Own low",
              "One's own low end, in the project's currency; may be blank"),
        Input("override_likely", ("parameter",), "number", "Own likely",
              "One's own likely value, in the project's currency; blank for the published figure"),
        Input("override_high", ("parameter",), "number", "Own high",
              "One's own high end, in the project's currency; may be blank"),
        Input("history_low", ("parameter",), "number", "From own history, low",
              "P10 of one's own past jobs, where one's own figure is based on them; else blank"),
        Input("history_likely", ("parameter",), "number", "From own history, likely",
              "Median of one's own past jobs, where one's own figure is based on them; else blank"),
        Input("history_high", ("parameter",), "number", "From own history, high",
              "P90 of one's own past jobs, where one's own figure is based on them; else blank"),
        Input("given_low", ("estimate",), "number", "Low",
              "Low end of the estimate; blank where it follows the likely value"),
        Input("given_likely", ("estimate",), "number", "Likely", "Likely value of the estimate"),
        Input("given_high", ("estimate",), "number", "High",
              "High end of the estimate; blank where it follows the likely value"),
        Input("given_answer", ("question",), "answer", "Answer as a number", "Answer as given: yes, no or unknown"),
        Input("weight", ("lens",), "0 to 5", "Weight", "Weight of the lens, from 0 to 5"),
    )
}
# fmt: on
# What really happened, by month: `actual_labour` and the like; blank where nothing is known.
INPUTS |= {
    f"actual_{name}": Input(
        f"actual_{name}",
        ("month",),
        allowed.unit,
        f"Actual: {name.replace('_', ' ')}",
        f"What really happened in the month ({name.replace('_', ' ')}); blank where nothing is known",
    )
    for name, allowed in SERIES.items()
}  # fmt: skip

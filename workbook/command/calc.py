"""`engagement calc`: the recommendation, every path and its costs, in the terminal or as JSON."""

from __future__ import annotations

from typing import Annotated

import typer

from workbook.command.defaults_option import DefaultsName
from workbook.command.json_option import AsJson
from workbook.command.scenario_argument import ScenarioName
from workbook.command.table_option import TableName, check_table
from workbook.command.trials_option import checked_trials
from workbook.files.collecting import uncollected


@uncollected()
def calc(
    scenario: ScenarioName,
    json: AsJson = False,
    trials: Annotated[
        int, typer.Option(callback=checked_trials, help="Trials of the simulation; 0 for none.")
    ] = 10_000,
    table: TableName = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing table.")] = False,
    defaults: DefaultsName = None,
) -> None:
    """Recommend a path, and show what every path costs.

    Shows the answer and what a reader must not miss; what has to be paid, the leader's time and the losses expected; all
    paths in order of preference, those that are ruled out with the reason; where the money goes; why not the others; and
    what to ask first.
    """
    from calc.results import results
    from workbook.command.actuals_noted import read_noted
    from workbook.command.terminal import write_json

    check_table(table)
    read = read_noted(scenario, defaults)
    [result] = results([read], trials=trials)
    if table:
        from workbook.costs import Project
        from workbook.costs import table as rows
        from workbook.files.saving import save_pieces

        save_pieces(table, rows(table, [Project(1, "1", read)]), force)
    if json:
        write_json(result)
    else:
        show(result, trials)


def show(result: dict, trials: int) -> None:
    """Print the answer, the costs, every path, why not the others, what to ask first, and the answer in one sentence."""
    from calc.reasons import alternatives, in_short
    from workbook.command.answer import print_answer, print_list, print_questions
    from workbook.command.cost_tables import asked_for, by_line
    from workbook.command.path_tables import print_paths
    from workbook.command.sentences import paragraph
    from workbook.command.terminal import console

    out, chosen = console(), result["recommendation"]["path"]
    print_answer(out, result)
    if chosen:
        out.print(asked_for(result, trials))
    print_paths(out, result, trials)
    if chosen:
        out.print(by_line(result))
    print_list(out, "The quotes", [quote["text"] for quote in result.get("quotes", [])])
    print_list(out, "Why not the others", alternatives(result))
    print_questions(out, result)
    paragraph(out, in_short(result), style="bold")

"""The model: everything that is calculated, and the data it is calculated from. It knows nothing of Excel or a terminal.

From the data to the answer, room by room:

    catalogue     parameters, paths, rules, gates and their sources, as data that is checked when it is read
    scenario      the user's file: its fields and limits, and what is wrong with it, all at once
    structure     the paths and their phases: columns and relations that no scenario changes
    quantities    the formulas; each is a plain NumPy function, and the same function becomes the cells of a workbook
    results       scenarios in, answers out: plain data in the shape of `engagement calc --json`
    simulation    every range as a distribution: quantiles of the totals, and chances
    searches      what other answers would lead to: what would have to be true, what to ask first, finding out first
    sensitivity   what the recommendation depends on: the tornado, and the figures that flip it
    interview     what to ask a person first, and when to stop; the short form of a scenario
    break_even    where one path becomes cheaper than another
    sequences     the best sequence of all that the grammar of a path allows
    budget        which path for which of many projects, within a budget for all
    calibration   what a team's own past jobs say of its estimates, and the ranges that follow
    tracking      actuals against the plan: the forecast, and whether to stay or to switch
    difference    two scenarios compared, and which input explains what
    sentences     what a reader is told of the decision, once for a terminal and for cells
    text          text from people, made printable and compared with known names; text made from values
    udfs          functions for Excel; the one room that knows xlwings

What the rooms are built upon:

    quantity, graph, arguments    how a formula becomes a named quantity, how quantities find each other, and read each other
    model, inputs, gates          the graph for a set of paths, what a scenario gives it, and gates as formulas
    clauses, model_rules          conditions of the catalogue as formulas; the ladder and the rules of single models
    native, reductions            functions that NumPy and a spreadsheet share
    elementary, normal            exp, log, power and the normal distribution with the same digits on every processor
    actual_lines                  plan, actual and forecast of every cost line, as formulas
    reasons, what_if              why a path is recommended, and what the searches found, in sentences
    facts, worked_examples        the catalogue as JSON, and the articles' claims recalculated
    json_form, facts_form         how what is printed as JSON is described for programs that read it
    stories                       the articles' stories, compared with the results that a scenario of each has
    checks, gantt                 what sheets calculate to check or to draw; nothing else depends on it
"""

__version__ = "1.0.0"

"""Renews the parts of docs/model.md that follow from code and data: python build/model_doc.py

What stands there between `<!-- generated: ... -->` and `<!-- end -->` is replaced; the sentences around it are written
by hand. A test says when it was forgotten.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from calc import catalogue, clauses  # noqa: E402
from calc import quantities as every_quantity  # noqa: E402
from calc.catalogue.figure import Parameter, Setting  # noqa: E402
from calc.catalogue.path import Phase  # noqa: E402
from calc.quantity import DIMENSIONS, QUANTITIES, Quantity  # noqa: E402
from calc.scenario.schema import FIELDS  # noqa: E402
from calc.sensitivity.swings import swings  # noqa: E402
from calc.structure import COLUMNS  # noqa: E402
from workbook.write.formula.expression import Expression  # noqa: E402
from workbook.write.formula.tracing import traced  # noqa: E402

DOCUMENT = ROOT / "docs" / "model.md"
PART = re.compile(r"(<!-- generated: (?P<what>\w+)(?: (?P<of>\w+))? -->\n).*?(<!-- end -->)", re.DOTALL)
MARKS = {"source": "", "derived": " d", "assumption": " a"}


def renewed(text: str) -> str:
    """The document with its generated parts as code and data are now. Raises KeyError for a part that nobody makes."""

    def part(found: re.Match) -> str:
        lines = PARTS[found["what"]](*([found["of"]] if found["of"] else []))
        return "\n".join((found[1], *lines, "", found[4]))

    return PART.sub(part, text)


def quantities(module: str) -> Iterator[str]:
    """Every quantity of a module, in its order: label, name, unit, dimensions, what it is, and its formula."""
    yield f"From [calc/quantities/{module}.py](../calc/quantities/{module}.py):\n"
    for found in QUANTITIES.values():
        if found.function.__module__ == f"{every_quantity.__name__}.{module}":
            yield _entry(found, formula(found))


def gate_formulas() -> Iterator[str]:
    """Every formula that is made from data (gates, ladder, rules of one model), as in cells, with names for addresses."""
    for found in QUANTITIES.values():
        if found.function.__module__ == clauses.__name__:
            kinds = {name: "range" if name.startswith("all_") else "value" for name in found.arguments}
            cells = {name: Expression((name.removeprefix("all_"),), kind=kind) for name, kind in kinds.items()}
            yield _entry(found, traced(found.function, cells).printed({}))


def _entry(found: Quantity, text: str) -> str:
    over = f", by {' and '.join(found.over)}" if found.over else ""
    about = " ".join((inspect.getdoc(found.function) or "").split())
    return f"- **{found.label}**, `{found.name}` ({found.unit}{over}). {about}<br>`{text}`"


def formula(found: Quantity) -> str:
    """The body of the function on one line."""
    [definition] = ast.parse(textwrap.dedent(inspect.getsource(found.function))).body
    *before, last = [line for line in definition.body if not isinstance(line, ast.Expr)]
    return "; ".join([*map(ast.unparse, before), ast.unparse(last.value)])


def dimensions() -> Iterator[str]:
    yield from _table(
        ("Dimension", "Quantities over it"),
        ((f"`{name}`", sum(name in found.over for found in QUANTITIES.values())) for name in DIMENSIONS),
    )


def scenario() -> Iterator[str]:
    rows = []
    for field in FIELDS.values():
        default = "required" if field.is_required else field.default_said or _default(field.default)
        mark = " †" if field.is_estimate else ""
        rows.append((f"`{field.dotted}`{mark}", field.label, field.unit, field.allowed(), default))
    yield from _table(("Field", "What it is", "Unit", "Allowed", "Default"), rows)


def _default(value: object) -> object:
    return "empty" if value in (None, "") else f"{value:g}" if isinstance(value, float) else value


def models() -> Iterator[str]:
    found = catalogue.models().items()
    rows = ((f"`{key}`", m.label, m.pricing, "yes" if m.documents else "no", m.scales, m.located) for key, m in found)
    yield from _table(("Model", "Name", "Pricing", "Documents", "People at work", "Located"), rows)


def parameters() -> Iterator[str]:
    labels = {name: parameter for _, name, parameter in reversed(catalogue.parameter_rows())}
    rows = [
        (f"{labels[name].label}<br>`{name}`, {labels[name].unit}", *map(_range, _of_models(name)))
        for name in catalogue.parameter_names()
    ]
    yield from _table(("Parameter", *(f"`{model}`" for model in catalogue.models())), rows)


def _of_models(name: str) -> list[Parameter | None]:
    return [found.get(name) for found in catalogue.parameters().values()]


def _range(parameter: Parameter | None) -> str:
    if parameter is None:
        return "–"
    ends = [parameter.range.low, parameter.range.likely, parameter.range.high]
    return ("/".join(map(_number, ends)) if len(set(ends)) > 1 else _number(ends[0])) + MARKS[parameter.basis]


def derivations() -> Iterator[str]:
    for model, name, parameter in catalogue.parameter_rows():
        if parameter.basis == "derived":
            yield f"- `{model}.{name}`: {parameter.note}"


def settings() -> Iterator[str]:
    found = catalogue.settings().items()
    rows = ((f"{s.label}<br>`{name}`", _setting(s), s.unit, s.basis, s.note) for name, s in found)
    yield from _table(("Setting", "Value", "Unit", "Basis", "Why"), rows)


def _setting(setting: Setting) -> str:
    ends = setting.range
    return " / ".join(map(_number, (ends.low, ends.likely, ends.high))) if ends else _number(setting.value)


def paths() -> Iterator[str]:
    rows = ((f"`{p.id}`", p.label, " · ".join(map(_phase, p.phases))) for p in catalogue.paths().values())
    yield from _table(("Path", "Name", "Phases"), rows)


def _phase(phase: Phase) -> str:
    weeks = f" {phase.weeks:g} weeks" if phase.weeks else ""
    share = f" {phase.share:.0%}" if phase.share and phase.share < 1 else ""
    return f"{phase.work}{weeks}{share} by {phase.model}"


def questions() -> Iterator[str]:
    found = catalogue.questions().values()
    rows = ((f"`{q.id}`", q.text, ", ".join(dict.fromkeys(r.source for r in q.asked_by))) for q in found)
    yield from _table(("Question", "In full", "Asked by"), rows)


def lenses() -> Iterator[str]:
    rows = []
    for lens in catalogue.lenses().values():
        sides = {side: [r for r in catalogue.rules().values() if (r.lens, r.side) == (lens.id, side)] for side in SIDES}
        conditions = (" · ".join(map(_conditions, sides[side])) for side in SIDES)
        rows.append((f"`{lens.id}`", f"`{lens.alternative}`", *conditions))
    yield from _table(("Lens", "Alternative", "For the freelancer", "For the alternative"), rows)


SIDES = ("freelancer", "alternative")


def _conditions(rule) -> str:
    joint = " and " if rule.needs == "all" else " or "
    text = joint.join(f"{c.question}={c.answer}" for c in rule.conditions)
    return f"({text})" if len(rule.conditions) > 1 else text


def gates() -> Iterator[str]:
    """Every gate in words, and as its formulas are made: when it fires, and which property of a path it excludes."""
    found = catalogue.gates().values()
    rows = ((f"`{g.id}`", g.when, g.then, f"`{g.condition}`", f"`{g.property}`") for g in found)
    yield from _table(("Gate", "When", "Then", "It fires where", "It excludes"), rows)


def properties() -> Iterator[str]:
    """What the structure says of a path that is so or not, whatever the figures are."""
    found = (column for column in COLUMNS.values() if (column.dimension, column.unit) == ("path", "0/1"))
    yield from _table(("Property", "Label", "What it is"), ((f"`{c.name}`", c.label, c.says) for c in found))


def needs() -> Iterator[str]:
    asked = {
        model: [need.question for need in catalogue.needs() if need.model == model] for model in catalogue.models()
    }
    rows = ((f"`{model}`", ", ".join(questions) or "none") for model, questions in asked.items())
    yield from _table(("Model", "Needs of the feature work that ask for it"), rows)


def moves() -> Iterator[str]:
    """How far figures without a range of their own are moved, and where break-evens are looked for."""

    def reach(relative: float | None) -> str:
        return "all that is allowed" if relative is None else f"{relative:.0%} down and up"

    rows = ((f"`{field}`", reach(found.relative), found.note) for field, found in swings().items())
    yield from _table(("Figure", "Moved by", "Why"), rows)
    yield ""
    found = catalogue.reaches().items()
    rows = [(f"`{name}`", f"{_number(r.low)} to {_number(r.high)} {r.unit}", r.note) for name, r in found]
    yield from _table(("Break-even in", "Looked for from", "Why"), rows)


def _table(heads: tuple[str, ...], rows) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in row)} |"


def _number(value: float) -> str:
    return f"{value:,.10g}" if value >= 1000 else f"{value:.4g}"


MADE = (
    quantities, dimensions, scenario, models, parameters, derivations, settings, paths, questions, lenses, gates, needs,
    moves, properties, gate_formulas,
)  # fmt: skip
PARTS = {part.__name__: part for part in MADE}


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")

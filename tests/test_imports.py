"""What may import what: the room of every module, read from the source, without importing anything."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TREES = ("calc", "workbook")
# The package for programs in Python is imported from here, and holds the two others once it is installed.
FACE, HOME = "engagement_calculator", ROOT / "workbook" / "python"

# What nothing outside these modules imports. A terminal is the command's business, spreadsheets are the workbook's.
ONLY_IN = {
    "openpyxl": ("workbook",),
    "xlwings": ("calc.udfs", "workbook"),
    "typer": ("workbook.command",),
    "rich": ("workbook.command",),
    "workbook": ("workbook", "engagement_calculator"),
    # What this program is installed as is known to nothing inside it.
    "engagement_calculator": ("engagement_calculator",),
}

# Every room, and the others that it may know. A room is a package; a module at the top of a wing is part of its face.
CALC = {
    "calc": ("catalogue", "quantities", "scenario", "sentences", "structure", "text"),
    "calc.text": ("",),
    "calc.catalogue": (),
    "calc.scenario": ("", "catalogue", "text"),
    "calc.structure": ("", "catalogue", "scenario"),
    "calc.quantities": ("",),
    "calc.simulation": ("", "catalogue", "scenario"),
    "calc.searches": ("", "catalogue", "scenario"),
    "calc.sensitivity": ("", "catalogue", "quantities", "scenario", "text"),
    "calc.break_even": ("", "scenario", "sensitivity"),
    "calc.interview": ("", "catalogue", "scenario", "searches", "sensitivity", "sentences"),
    "calc.sentences": ("", "catalogue", "scenario", "text"),
    "calc.calibration": ("", "catalogue", "scenario", "simulation"),
    "calc.results": ("", "catalogue", "quantities", "scenario", "searches", "sentences", "simulation", "structure"),
    "calc.budget": (),
    "calc.sequences": ("", "catalogue", "scenario", "sentences", "structure"),
    "calc.tracking": ("", "catalogue", "quantities", "scenario", "sentences", "structure"),
    "calc.difference": ("", "results", "scenario"),
    "calc.udfs": (
        "", "break_even", "catalogue", "quantities", "results", "scenario", "searches", "sensitivity", "sentences", "sequences",
        "simulation", "structure", "text",
    ),
}  # fmt: skip
# The rooms of the workbook know calc, too, whichever of its rooms they need; `files` and what judges a file know little.
WORKBOOK = {
    "workbook": (),
    "workbook.files": (),
    "workbook.write": ("write.formula", "write.once", "write.pack", "write.ready", "write.sheets", "write.sheets.summary", "files"),
    "workbook.write.formula": ("files",),
    "workbook.write.charts": ("write", "files"),
    "workbook.write.pack": ("write", "files"),
    "workbook.write.once": ("write", "write.pack"),
    "workbook.write.ready": ("write.formula", "write.sheets", "files"),
    "workbook.write.sheets": ("write", "write.charts", "write.formula", "write.once", "files"),
    "workbook.write.sheets.summary": ("write", "write.charts", "write.formula", "write.sheets", "files"),
    "workbook.receive": (),
    "workbook.receive.intake": ("receive.intake.ods", "receive.intake.xlsx", "files"),
    "workbook.receive.intake.ods": ("receive.intake", "files"),
    "workbook.receive.intake.xlsx": ("receive.intake", "files"),
    "workbook.receive.reading": ("receive.intake", "write", "write.pack", "files"),
    "workbook.receive.checking": (
        "receive.intake", "receive.intake.xlsx", "receive.reading", "receive.soundness", "write", "write.once", "write.pack",
        "files",
    ),
    "workbook.receive.soundness": ("files",),
    "workbook.table": ("receive.intake", "files"),
    "workbook.history": ("table", "write", "write.charts", "write.pack", "files"),
    "workbook.costs": (),
    "workbook.bulk": (),
    "workbook.bulk.portfolio": ("table",),
    "workbook.bulk.portfolio.reports": ("write", "write.charts", "write.pack", "files"),
    "workbook.bulk.batch": (
        "bulk.portfolio", "bulk.portfolio.reports", "costs", "table", "write", "write.once", "write.pack", "write.sheets", "files",
    ),
    "workbook.mail": ("receive.intake", "files"),
    "workbook.buttons": ("write", "write.once", "write.sheets", "files"),
    "workbook.addin": ("buttons", "write", "write.pack", "write.sheets", "files"),
    "workbook.command": (
        "addin", "bulk.batch", "bulk.portfolio", "bulk.portfolio.reports", "costs", "history", "mail", "receive.checking",
        "receive.intake", "receive.reading", "table", "write", "files",
    ),
}  # fmt: skip
# Wings whose modules all stand at their top: their face is what their package exports.
FLAT = ("workbook.mail", "workbook.addin", "workbook.costs")


@cache
def modules():
    """Every module of the two packages: its dotted name and its file."""
    files = [file for tree in TREES for file in sorted((ROOT / tree).rglob("*.py"))]
    return {
        ".".join(file.relative_to(HOME if HOME in file.parents else ROOT).with_suffix("").parts).removesuffix(
            ".__init__"
        ): file
        for file in files
    }


@cache
def imported(module, at_once=False):
    """The modules that a module imports; at_once: only while it is imported itself, not inside functions or for types."""
    tree = ast.parse(modules()[module].read_text(encoding="utf-8"))
    found = set()
    for node in _at_once(tree) if at_once else ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = _source(module, node)
            found.update(name if (name := f"{source}.{alias.name}") in modules() else source for alias in node.names)
    return frozenset(found)


def _source(module, node):
    if not node.level:
        return node.module
    package = module.split(".") if modules()[module].name == "__init__.py" else module.split(".")[:-1]
    return ".".join([*package[: len(package) - node.level + 1], *([node.module] if node.module else [])])


def _at_once(tree):
    """The statements that run while the module is imported."""
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [
                child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt | ast.excepthandler)
            ]


def within(module, places):
    return any(module == place or module.startswith(f"{place}.") for place in places)


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_stays_in_its_room(library):
    users = [module for module in modules() if any(within(name, (library,)) for name in imported(module))]
    assert [module for module in users if not within(module, ONLY_IN[library])] == []


def test_the_model_knows_only_itself_and_libraries_that_calculate_and_read():
    allowed = {
        "calc",
        "numpy",
        "pydantic",
        "pydantic_core",
        "orjson",
        "scipy",
        "tomli",
        "tomlkit",
        *sys.stdlib_module_names,
    }
    found = {
        (module, name)
        for module in modules()
        if within(module, ("calc",)) and module not in ("calc.udfs", "calc.udfs.lite")
        for name in imported(module)
        if name.partition(".")[0] not in allowed
    }
    assert found == set()


@cache
def packages():
    return {module for module, file in modules().items() if file.name == "__init__.py"}


def room(name):
    """`workbook.write.sheets.inputs` -> workbook.write.sheets."""
    while name not in packages():
        name = name.rpartition(".")[0]
    return name


def wing(name):
    """`workbook.write.sheets.inputs` -> workbook.write."""
    return ".".join(name.split(".")[:2])


def is_ours(name):
    return name.partition(".")[0] in TREES


def test_every_room_is_listed():
    assert {room(module) for module in modules()} == CALC.keys() | WORKBOOK.keys() | {FACE}


def test_a_room_of_the_model_knows_only_what_it_is_built_upon():
    wrong = []
    for module in modules():
        own = room(module)
        allowed = {own, *(f"calc.{name}".rstrip(".") for name in CALC.get(own, ()))}
        others = {room(name) for name in imported(module) if is_ours(name)}
        wrong += [f"{module} imports {other}" for other in others - allowed if own in CALC]
    assert wrong == []


def test_a_room_of_the_workbook_knows_only_what_it_is_built_upon():
    wrong = []
    for module in modules():
        own = room(module)
        allowed = {own, "workbook", *(f"workbook.{name}" for name in WORKBOOK.get(own, ()))}
        others = {room(name) for name in imported(module) if within(name, ("workbook",))}
        wrong += [f"{module} imports {other}" for other in others - allowed if own in WORKBOOK]
    assert wrong == []


def test_a_wing_knows_another_only_through_its_face():
    wrong = []
    for module in modules():
        for source, name in sources(module):
            found = f"{source}.{name}" if f"{source}.{name}" in modules() else source
            if wing(found) == wing(module) or not within(found, ("workbook",)):
                continue
            at_top = found.count(".") == 2 and wing(found) not in FLAT
            if source not in packages() and not at_top:
                wrong.append(f"{module} imports {name} from {source}")
    assert wrong == []


def sources(module):
    """What a module imports from where, as it says it: (workbook.write.pack, Package)."""
    for node in ast.walk(ast.parse(modules()[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from ((_source(module, node), alias.name) for alias in node.names)


def test_a_formula_of_the_model_knows_only_numbers_and_the_other_formulas():
    allowed = ("numpy", "calc.native", "calc.quantity", "calc.quantities", "calc.reductions")
    quantities = [module for module in modules() if within(module, ("calc.quantities",))]
    found = [(module, name) for module in quantities for name in imported(module) if not within(name, allowed)]
    assert found == []


def test_no_module_imports_itself_by_way_of_others():
    graph = {module: imported(module, at_once=True) & modules().keys() for module in modules()}
    done, circles = set(), []

    def visit(module, way):
        if module in way:
            circles.append(" -> ".join([*way[way.index(module) :], module]))
        elif module not in done:
            for name in sorted(graph[module]):
                visit(name, [*way, module])
            done.add(module)

    for module in graph:
        visit(module, [])
    assert circles == []


def test_tests_do_not_come_along_with_the_product():
    assert [module for module in modules() if any(within(name, ("tests",)) for name in imported(module))] == []

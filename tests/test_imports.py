"""What may import what: the room of every module, read from the source, without importing anything."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TREES = ("calc", "workbook")

# What nothing outside these modules imports. A terminal is the command's business, spreadsheets are the workbook's.
ONLY_IN = {
    "openpyxl": ("workbook",),
    "xlwings": ("calc.udfs", "workbook"),
    "typer": ("workbook.command",),
    "rich": ("workbook.command",),
    "workbook": ("workbook",),
}

# Rooms of the workbook from the ground up: each knows its own floor and those below.
FLOORS = (
    ("formula", "style"),
    ("book",),
    ("rows", "heights", "charts", "package"),
    ("sheets",),
    ("build",),
    ("command",),
)
# Rooms that stand apart, and the only others that they know: what judges a file must not know how it was made.
APART = {"confined": (), "intake": ("confined",), "rules": ("formula", "style", "package")}


@cache
def modules():
    """Every module of the two packages: its dotted name and its file."""
    files = [file for tree in TREES for file in sorted((ROOT / tree).rglob("*.py"))]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


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
    allowed = {"calc", "numpy", "pydantic", "pydantic_core", "orjson", "tomlkit", *sys.stdlib_module_names}
    found = {
        (module, name)
        for module in modules()
        if within(module, ("calc",)) and module != "calc.udfs"
        for name in imported(module)
        if name.partition(".")[0] not in allowed
    }
    assert found == set()


def room(name):
    """`workbook.write.sheets.inputs` -> sheets; nothing for what is not of the workbook."""
    parts = name.split(".")
    return parts[1] if parts[0] == "workbook" and len(parts) > 1 else ""


def test_a_room_of_the_workbook_knows_only_what_it_is_built_upon():
    floor = {name: level for level, names in enumerate(FLOORS) for name in names}
    wrong = []
    for module in modules():
        own = room(module)
        for other in {room(name) for name in imported(module)} - {"", own}:
            above = own in floor and floor.get(other, 0) > floor[own]
            if above or (own in APART and other not in APART[own]):
                wrong.append(f"{module} imports workbook.{other}")
    assert wrong == []


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

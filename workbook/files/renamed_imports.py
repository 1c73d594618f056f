"""The source of this program under one name: `calc` and `workbook` as parts of `engagement_calculator`.

In the repository they are two packages beside each other, and every import names one of them. Installed like that they would
take two common names from everybody else. So whatever leaves the repository, a wheel or the file for xlwings Lite, has them
inside the package that alone bears our name, and their imports say so. What is there already stays as it is.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

# The one name that is ours wherever this program is installed.
PRIVATE = "engagement_calculator"
PACKAGES = ("calc", "workbook")
NAMES = "|".join(PACKAGES)
EXAMPLE = re.compile(rf"^(\s*(?:>>>|\.\.\.) (?:from|import) )(?=(?:{NAMES})\b)", re.MULTILINE)


class NotMovableError(ValueError):
    """A module would not find its imports again inside another package; the message names the line and the way out."""


def renamed(source: str, name: str, modules: Collection[str] = ()) -> str:
    """A module with its imports, also those of the examples in its docstrings, under the private name.

    name: of the module, for messages; modules: names of ours that no text may be. Raises
    NotMovableError for what names our packages in another way.

    >>> renamed("from calc.graph import Node\\n", "calc.model")
    'from engagement_calculator.calc.graph import Node\\n'
    """
    lines = source.encode().splitlines(keepends=True)
    tree = ast.parse(source)
    for line, column in sorted(_places(tree, name, modules), reverse=True):
        lines[line] = lines[line][:column] + f"{PRIVATE}.".encode() + lines[line][column:]
    return EXAMPLE.sub(rf"\g<1>{PRIVATE}.", b"".join(lines).decode())


def _places(tree: ast.Module, name: str, modules: Collection[str]) -> Iterator[tuple[int, int]]:
    """Line and column, in bytes, of each of our names in an import."""
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    texts = _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            if not node.level and _is_ours(node.module or ""):
                yield node.lineno - 1, node.col_offset + len("from ")
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if not _is_ours(alias.name):
                    continue
                if alias.asname or "." not in alias.name or alias.name.partition(".")[0] in used:
                    says = f"import {alias.name}: write from ... import ..."
                    raise NotMovableError(f"{name}, line {node.lineno}: {says}")
                yield alias.lineno - 1, alias.col_offset
        elif isinstance(node, ast.Constant) and node.value in modules and node not in texts:
            says = f'"{node.value!s}" names a module: take it from __package__ or __name__'
            raise NotMovableError(f"{name}, line {node.lineno}: {says}")


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in PACKAGES


def _docstrings(tree: ast.Module) -> set[ast.Constant]:
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }

"""Names say what a thing is: in the wings that receive and send files, a word that says nothing is no name."""

import ast

import pytest

from tests.test_imports import modules, within

WINGS = ("workbook.receive", "workbook.bulk", "workbook.mail", "workbook.files")
# `found` is the field of a fault and of a finding: what stands where something else is allowed or expected.
SAY_NOTHING = {"found", "told", "said", "typed", "doubt"}


def named(tree):
    """Every function, class, parameter and variable of a module, without the fields of classes."""
    fields = {
        id(line.target)
        for one in ast.walk(tree)
        if isinstance(one, ast.ClassDef)
        for line in one.body
        if isinstance(line, ast.AnnAssign)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in fields:
            yield node.id


@pytest.mark.parametrize("wing", WINGS)
def test_no_name_is_a_word_that_says_nothing(wing):
    files = {module: file for module, file in modules().items() if within(module, (wing,))}
    assert {
        (module, name)
        for module, file in files.items()
        for name in named(ast.parse(file.read_text(encoding="utf-8")))
        if name in SAY_NOTHING
    } == set()

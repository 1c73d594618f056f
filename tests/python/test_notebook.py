"""The notebook runs in this environment, and shows what it says."""

import runpy
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[2]


def shown(notebook):
    """For each cell of code what it shows as text."""
    return [
        "".join(output.get("text") or output["data"]["text/plain"] for output in cell.outputs)
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def test_the_notebook_runs_and_its_outputs_are_those_that_stand_in_it():
    script = runpy.run_path(str(ROOT / "build" / "notebook.py"))
    written = nbformat.read(script["NOTEBOOK"], as_version=4)
    assert all(shown(written)), "a cell shows nothing"
    assert shown(script["executed"]()) == shown(written), "run: python build/notebook.py"

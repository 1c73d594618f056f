"""Renews the outputs of docs/python.ipynb: runs it with this environment and writes what its cells show.

python build/notebook.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "docs" / "python.ipynb"


def executed() -> nbformat.NotebookNode:
    """The notebook with the outputs of a run in an empty folder. Raises CellExecutionError where a cell fails."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook,
            timeout=300,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": folder}},
        )
        client.execute()
    return notebook


def main() -> None:
    notebook = executed()
    # Which Python ran it is nobody's business but its own.
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    nbformat.write(notebook, NOTEBOOK)


if __name__ == "__main__":
    main()

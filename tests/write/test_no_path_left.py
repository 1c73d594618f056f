"""A workbook in which no path is left: no scenario of the published gates leads there, so a gate is changed, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# The gate keeps only paths by freelancers whatever else speaks against them, and another rules these out.
MADE = """
import json

from calc import catalogue

gates = catalogue.gates()
gates["one_thing"] = gates["one_thing"].model_copy(update={"unless": []})

from calc.scenario import scenario
from tests.write.printed_pages import printed_sheets
from tests.write.seen_cells import nothing_below
from workbook.write.build import book

answers = {"bounded": "yes", "isolated": "yes", "regulated": "yes", "leadership": "no", "losing": "yes"}
project = {"name": "Payments", "start": "2026-12-01"}
given = {"project": project, "work": {"core_hours": 100}, "answers": answers}
made = book([scenario(given)], 0, is_usual=False)
made.finish()
faults = [fault for sheet in printed_sheets(made) for fault in nothing_below(sheet)]
print(json.dumps({"left": made.values["eligible_paths"].ravel().tolist(), "faults": faults}))
"""


def test_no_printed_row_is_ruled_or_headed_where_no_path_is_left():
    line = [sys.executable, "-c", MADE]
    ran = subprocess.run(line, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120)
    assert json.loads(ran.stdout) == {"left": [0], "faults": []}

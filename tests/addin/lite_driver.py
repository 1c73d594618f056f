"""Runs where Lite's Python runs, beside main.py: calls every function and every button, and writes what they answer."""

import json
import sys
import types
from pathlib import Path

# Lite has xlwings; here its names only note what is registered.
xlwings = types.ModuleType("xlwings")
noted = {"func": [], "script": []}


def decorator(kind):
    def decorate(function=None, **given):
        if function is None:
            return lambda made: decorate(made)
        if function.__name__ not in noted[kind]:
            noted[kind].append(function.__name__)
        return function

    return decorate


xlwings.func, xlwings.script = decorator("func"), decorator("script")
xlwings.arg = lambda name, **given: lambda function: function
xlwings.Book = object
sys.modules["xlwings"] = xlwings
sys.path[:0] = json.loads(Path("paths.json").read_text())

import main  # noqa: E402
from lite_book import Book  # noqa: E402

early = [name for name in ("openpyxl", "orjson") if name in sys.modules]
given = json.loads(Path("given.json").read_text())
answers = [
    {
        name: getattr(main, name)(*(cells if each == "SCENARIO" else each for each in arguments))
        for name, arguments in given["calls"].items()
    }
    for cells in given["scenarios"]
]
buttons = []
for button in given["buttons"]:
    book = Book(button["sheets"], button["selected"])
    count = len(book.sheets.all)
    getattr(main, button["script"])(book, *button["more"])
    buttons.append([sheet.rows for sheet in book.sheets.all[count:]])
known = {name: getattr(sys.modules.get(name), "__version__", None) for name in ("numpy", "pydantic", "pydantic_core")}
# Lite registers what main.py has.
registered = {kind: [name for name in names if hasattr(main, name)] for kind, names in noted.items()}
found = {"registered": registered, "early": early, "answers": answers, "buttons": buttons, "versions": known}
Path("answers.json").write_text(json.dumps(found))

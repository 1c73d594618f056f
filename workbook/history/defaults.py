"""The ranges of a history as a file of defaults, in which every figure says what it is based on."""

from __future__ import annotations

import tomlkit

from calc.calibration import Calibration, OwnRange
from calc.scenario.basis import OWN_HISTORY

# Of a share or a week; more would look more exact than a history is.
DECIMALS = 4


def defaults(found: Calibration, name: str) -> str:
    """The text of a file for --defaults. name: of the history, for its first line."""
    document = tomlkit.document()
    document.add(tomlkit.comment(f"Ranges of {' '.join(name.split())}, made by engagement calibrate; for --defaults"))
    overrides, basis = (tomlkit.table(is_super_table=True) for _ in range(2))
    for model, of_model in found.ranges.items():
        figures, reasons = tomlkit.table(), tomlkit.table()
        for parameter, own in of_model.items():
            figures.add(parameter, [round(end, DECIMALS) for end in own.ends])
            reasons.add(parameter, based_on(own))
        overrides.add(model, figures)
        basis.add(model, reasons)
    if found.ranges:
        document.add("overrides", overrides)
        document.add("basis", basis)
    return tomlkit.dumps(document)


def based_on(own: OwnRange) -> str:
    """What a range is based on, in words."""
    return f"{OWN_HISTORY}, n = {own.n}"

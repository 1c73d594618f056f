"""Rule 12, for simple readers: drawings with the prefixes that Excel writes, and relative targets.

Both are a matter of form, but exceljs and the previewers built on it know no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Contents

ROOTS = {"xl/drawings/drawing": b"xdr:wsDr", "xl/charts/chart": b"c:chartSpace"}
ELEMENT = re.compile(rb"<([A-Za-z_][^\s/>]*)")


def breaches(workbook: Contents) -> Iterator[Breach]:
    for name, content in workbook.parts.items():
        for place, root in ROOTS.items():
            if name.startswith(place) and name.endswith(".xml"):
                elements = ELEMENT.findall(content)
                if elements[:1] != [root] or not all(b":" in one for one in elements):
                    yield Breach(
                        12, "", name, f"some readers know its elements by prefixes alone, as in {root.decode()}"
                    )
        if name.endswith(".rels"):
            targets = [one.get("Target", "") for one in ElementTree.fromstring(content)]
            for target in (one for one in targets if one.startswith("/")):
                yield Breach(12, "", name, f"some readers find no absolute target: {target}")

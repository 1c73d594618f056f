"""Builds everything of the Excel add-in from a checkout: python build/addin.py [FOLDER]

Writes engagement.xlam, engagement-example.xlsx, and main.py and requirements.txt for xlwings Lite into the folder lite;
into demo/addin where no folder is named. Needs pyOpenVBA (the extra `addin`), neither Excel nor Windows.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from calc.scenario import scenario  # noqa: E402
from workbook.addin import (  # noqa: E402
    EXAMPLE,
    addin,
    example,
    lite,
)
from workbook.addin.names import FILE  # noqa: E402


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "demo" / "addin"
    made = {FILE: addin(), "engagement-example.xlsx": example(scenario(EXAMPLE))}
    made |= {f"lite/{name}": content for name, content in lite().items()}
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        print(folder / name)


if __name__ == "__main__":
    main()

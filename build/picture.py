"""Draws docs/summary.png, the picture in the README: python build/picture.py

The sheet Summary of the first example as LibreOffice prints it, cut to what stands on it. Needs LibreOffice Calc and
Poppler.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from calc.scenario import from_text  # noqa: E402
from tests.engines import libreoffice  # noqa: E402
from workbook.write.build import build  # noqa: E402

EXAMPLE = ROOT / "build" / "examples" / "ai_built_app.toml"
PICTURE = ROOT / "docs" / "summary.png"
DOTS_PER_INCH = 130
# Header and footer of the printed page lie within this distance of its edges; around what is left stays some white.
EDGE, WHITE = 0.43, 12
PAGE_ONE = ("pdftoppm", "-f", "1", "-l", "1", "-singlefile", "-r", str(DOTS_PER_INCH))
LARGEST = 350_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder, "summary.xlsx")
        workbook.write_bytes(build(from_text(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name)))
        pdf = libreoffice.to_pdf(workbook, Path(folder, "pdf"))
        left, top, right, bottom = filled(drawn(pdf, Path(folder, "page")))
        area = ("-x", left, "-y", top, "-W", right - left, "-H", bottom - top)
        drawing = (*PAGE_ONE, *map(str, area), "-png", pdf, PICTURE.with_suffix(""))
        subprocess.run(drawing, check=True)
    size = PICTURE.stat().st_size
    print(f"{PICTURE}: {right - left} x {bottom - top} dots, {size / 1000:.0f} KB")
    raise SystemExit(size > LARGEST)


def drawn(pdf: Path, place: Path) -> np.ndarray:
    """The first page as grey values, shape (row, column)."""
    subprocess.run((*PAGE_ONE, "-gray", pdf, place), check=True)
    content = place.with_suffix(".pgm").read_bytes()
    width, height = map(int, content.split(maxsplit=3)[1:3])
    return np.frombuffer(content[-width * height :], np.uint8).reshape(height, width)


def filled(page: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all that is not white between header and footer."""
    edge = int(EDGE * DOTS_PER_INCH)
    ink = page < 255
    ink[:edge] = ink[-edge:] = False
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    left, top = max(columns[0] - WHITE, 0), max(rows[0] - WHITE, 0)
    return left, top, min(columns[-1] + WHITE, page.shape[1]), min(rows[-1] + WHITE, page.shape[0])


if __name__ == "__main__":
    main()

"""Draws docs/summary.png, the picture in the README: python build/picture.py

The sheet Summary of the first example as LibreOffice prints it, cut to what stands on it. Needs LibreOffice Calc and
Poppler.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import zlib
from datetime import date
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from calc.scenario import from_text  # noqa: E402
from tests.engines import libreoffice  # noqa: E402
from workbook.write.build import build  # noqa: E402

EXAMPLE = ROOT / "build" / "examples" / "ai_built_app.toml"
PICTURE = ROOT / "docs" / "summary.png"
# The day that the picture shows; any one, so that the same program draws the same picture.
MADE_ON = date(2026, 11, 26)
DOTS_PER_INCH = 140
# Header and footer of the printed page lie within this distance of its edges; around what is left stays some white.
EDGE, WHITE = 0.43, 12
PAGE_ONE = ("pdftoppm", "-f", "1", "-l", "1", "-singlefile", "-r", str(DOTS_PER_INCH))
LARGEST = 200_000
# Colours are rounded to steps of so much, sixteen a channel.
STEP = 17


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder, "summary.xlsx")
        workbook.write_bytes(build(from_text(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name), made_on=MADE_ON))
        pdf = libreoffice.to_pdf(workbook, Path(folder, "pdf"))
        left, top, right, bottom = filled(drawn(pdf, Path(folder, "page")))
        area = ("-x", left, "-y", top, "-W", right - left, "-H", bottom - top)
        drawing = Path(folder, "drawing")
        subprocess.run((*PAGE_ONE, *map(str, area), pdf, drawing), check=True)
        PICTURE.write_bytes(png(pixels(drawing.with_suffix(".ppm"), 3)))
    size = PICTURE.stat().st_size
    print(f"{PICTURE}: {right - left} x {bottom - top} dots, {size / 1000:.0f} KB")
    raise SystemExit(size > LARGEST)


def drawn(pdf: Path, place: Path) -> np.ndarray:
    """The first page as grey values, shape (row, column)."""
    subprocess.run((*PAGE_ONE, "-gray", pdf, place), check=True)
    return pixels(place.with_suffix(".pgm"), 1)[..., 0]


def pixels(drawing: Path, colours: int) -> np.ndarray:
    """A picture as Poppler writes it without -png, shape (row, column, colours)."""
    content = drawing.read_bytes()
    width, height = map(int, content.split(maxsplit=3)[1:3])
    return np.frombuffer(content[-width * height * colours :], np.uint8).reshape(height, width, colours)


def png(picture: np.ndarray) -> bytes:
    """The picture as a PNG of at most 256 colours, which is a third in size. picture: shape (row, column, 3)."""
    height, width, _ = picture.shape
    rounded = (picture.astype(int) + STEP // 2) // STEP
    numbers = (rounded * np.array([256, 16, 1])).sum(axis=-1)
    known, counts = np.unique(numbers, return_counts=True)
    palette = np.sort(known[np.argsort(-counts)[:256]])
    channels = np.stack([palette // 256, palette // 16 % 16, palette % 16], axis=-1)
    nearest = {n: np.abs(channels - [n // 256, n // 16 % 16, n % 16]).sum(axis=1).argmin() for n in known.tolist()}
    indexes = np.array([nearest[n] for n in known.tolist()], np.uint8)[np.searchsorted(known, numbers)]
    rows = np.hstack([np.zeros((height, 1), np.uint8), indexes]).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = np.minimum(channels * STEP, 255).astype(np.uint8).tobytes()
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )


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

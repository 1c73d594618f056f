"""The charts of a workbook: where each takes its points from, and which points it carries along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from workbook.receive.soundness.contents import Contents

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass
class Points:
    """One reference of a chart, with the points that stand beside it by their number, or None where there are none."""

    part: str
    formula: str
    count: int
    cached: dict[int, str] | None


def points(workbook: Contents) -> Iterator[Points]:
    """Every reference of every chart."""
    for part, content in workbook.parts.items():
        if part.startswith("xl/charts/chart") and part.endswith(".xml"):
            root = ElementTree.fromstring(content)
            for kind in ("numRef", "strRef", "multiLvlStrRef"):
                for element in root.iter(CHART + kind):
                    yield _points(part, element, kind.replace("Ref", "Cache"))


def _points(part: str, element: Element, cache: str) -> Points:
    formula = element.findtext(f"{CHART}f", "")
    cached_values = element.find(CHART + cache)
    if cached_values is None:
        return Points(part, formula, 0, None)
    count = cached_values.find(f"{CHART}ptCount")
    cached = {int(point.get("idx", "0")): point.findtext(f"{CHART}v", "") for point in cached_values.iter(f"{CHART}pt")}
    return Points(part, formula, int(count.get("val", "0")) if count is not None else 0, cached)

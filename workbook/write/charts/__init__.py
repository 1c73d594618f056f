"""Native charts as openpyxl makes them, with alt text, colours by meaning and units on their axes.

A `Picture` stands in `sheet.charts`. `bars` and `scatter` draw; `looks` is what all charts have alike.
"""

from workbook.write.charts.bars import bars
from workbook.write.charts.picture import Line, Picture, Point, area
from workbook.write.charts.scatter import against

__all__ = ["Line", "Picture", "Point", "against", "area", "bars"]

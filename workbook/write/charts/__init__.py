"""Native charts: made by openpyxl, with alt text, colours by meaning and units on their axes."""

from workbook.write.charts.make import Line, Picture, Point, against, area, bars

__all__ = ["Line", "Picture", "Point", "against", "area", "bars"]

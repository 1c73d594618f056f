"""From a laid-out book to the bytes of an .xlsx.

package    everything around the cells, by openpyxl; `rows` and `listing_rows` write the cells themselves
style      how cells look; `heights` of rows that wrap; `chart_caches`, the points that charts show
"""

from workbook.write.pack.number_formats import FORMATS
from workbook.write.pack.package import Package, zipped
from workbook.write.pack.rows import TYPED, escaped
from workbook.write.sheet import PLAIN_ROW

__all__ = ["FORMATS", "PLAIN_ROW", "TYPED", "Package", "escaped", "zipped"]

"""What differs between two scenarios: inputs, results, and how much of each path's difference each changed input explains.

difference(a, b) -> dict      plain data, ready for JSON
"""

from workbook.difference.compare import difference

__all__ = ["difference"]

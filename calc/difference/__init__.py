"""What differs between two scenarios: inputs, results, and how much of a path's difference each input explains.

difference(a, b) -> dict      plain data, ready for JSON
"""

from calc.difference.compare import difference

__all__ = ["difference"]

"""The functions that people use, as the classic add-in registers them."""

from __future__ import annotations

from calc.udfs import FUNCTIONS, OF_SCENARIOS

globals().update({function.__name__: FUNCTIONS[function.__name__] for function in OF_SCENARIOS})
__all__ = [function.__name__ for function in OF_SCENARIOS]

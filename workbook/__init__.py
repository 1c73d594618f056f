"""How it is shown: formulas traced from calc, where each quantity lives, one module per sheet, style, charts, packing."""

"""Native formulas, traced from the plain NumPy functions of calc."""

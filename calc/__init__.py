"""What is true: the catalogue, the scenario, the quantities, the decision and the simulation.

Nothing in this package knows of Excel or of a terminal.
"""

__version__ = "1.0.0"

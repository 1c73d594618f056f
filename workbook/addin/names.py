"""Names: of the VBA project, its configuration and its file, and of the modules that hold functions and buttons."""

NAME = "engagement"
FILE = f"{NAME}.xlam"
# The functions that people use; with --all, one for each formula as well.
USUAL_UDFS, ALL_UDFS = "engagement_calculator.scenario_udfs", "engagement_calculator.udfs"
BUTTONS = "engagement_calculator.buttons"

"""Names: of the VBA project, its configuration and its file, and of the module that holds the functions."""

NAME = "engagement"
FILE = f"{NAME}.xlam"
UDF_MODULE = "engagement_calculator.udfs"

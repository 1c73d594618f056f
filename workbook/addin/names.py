"""What the VBA project, its configuration and its file are called, and the module that holds the functions."""

NAME = "engagement"
FILE = f"{NAME}.xlam"
UDF_MODULE = "calc.udfs"

"""What takes long and is the same for every process of the tests: made by the first that needs it, in a folder of this run."""

import os
import pickle
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path

# The folder, which tests/conftest.py makes.
FOLDER: list[Path] = []


def file_of(name: str, make: Callable[[], bytes]) -> Path:
    """The file of this name with what `make` gives; two processes that need it at the same moment both make it."""
    path = FOLDER[-1] / name
    if not path.exists():
        begun = path.with_name(f"{name}.{os.getpid()}")
        begun.write_bytes(make())
        begun.replace(path)
    return path


def shared(function):
    """A function without arguments whose result is calculated once for all processes, and read from a file by the others."""

    @cache
    @wraps(function)
    def result():
        made = []

        def make():
            made.append(function())
            return pickle.dumps(made[0])

        path = file_of(f"{function.__module__}.{function.__qualname__}.pickle", make)
        return made[0] if made else pickle.loads(path.read_bytes())

    return result

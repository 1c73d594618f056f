"""The wheel of the model and the buttons as a file; tests/addin/test_in_lite.py runs what is in it."""

import subprocess
import sys

from workbook.addin.lite import lite
from workbook.addin.slim_wheel import modules
from workbook.files.renamed_imports import PRIVATE


def test_the_wheel_holds_the_model_and_of_the_rest_only_what_the_buttons_need():
    wings = {
        name.split("/")[2] for name in modules() if name.startswith(f"{PRIVATE}/workbook/") and name.count("/") > 2
    }
    assert wings == {"buttons", "files", "write"}
    assert f"{PRIVATE}/workbook/buttons/classic.py" not in modules()


def test_pip_reads_the_wheel_and_it_is_the_same_on_every_run(tmp_path):
    made, again = (lite(address="https://example.com") for _ in range(2))
    assert made == again
    [name] = [name for name in made if name.endswith(".whl")]
    (tmp_path / name).write_bytes(made[name])
    place = tmp_path / "installed"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        str(place),
        str(tmp_path / name),
    ]
    assert subprocess.run(install, capture_output=True, text=True, check=False).returncode == 0
    assert (place / "engagement_calculator" / "calc" / "catalogue" / "data" / "parameters.toml").is_file()

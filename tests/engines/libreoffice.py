"""LibreOffice as a judge of values and as the eye for pictures: headless, with a profile of its own."""

import atexit
import functools
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from . import cells

MISSING = "install LibreOffice Calc (Debian: libreoffice-calc) and Poppler (poppler-utils)"

# By default LibreOffice trusts most of the values saved in a workbook and repeats them. 0 is "always recalculate", 1 that.
# And it would write numbers into texts in the way of the machine's language; here it is that of the profile.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{trusting}</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>{trusting}</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{language}</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


FORMATS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods"}


def available() -> bool:
    return _soffice() is not None and shutil.which("pdftoppm") is not None


def recalculate(paths, edits=None, outdir=None, timeout=600, language="en-US", format="xlsx") -> list[Path]:
    """Each workbook as LibreOffice calculates it anew, saved under outdir with its values; all by one process.

    edits: for each workbook the cells to type over first, or None. language: the one that it reads format codes and
    writes numbers in. format: xlsx or ods.
    """
    paths = [Path(path) for path in paths]
    edits = edits or [None] * len(paths)
    outdir = Path(outdir or _scratch("recalculated-"))
    outdir.mkdir(parents=True, exist_ok=True)
    names = Counter(path.name for path in paths)
    recalculated = []
    with tempfile.TemporaryDirectory() as folder:
        staged = []
        for number, (path, typed) in enumerate(zip(paths, edits, strict=True)):
            # Numbered, since workbooks of one name from several folders would write over one another.
            staged.append(Path(folder, f"{number:05}-{path.name}"))
            cells.edited(path, typed or {}, staged[-1])
            named = path if names[path.name] == 1 else staged[-1]
            recalculated.append(outdir / named.with_suffix(f".{format}").name)
        converted = _convert(staged, FORMATS[format], Path(folder, "out"), timeout, language)
        for one, place in zip(converted, recalculated, strict=True):
            shutil.move(one, place)
    return recalculated


def values(path, edits=None) -> cells.Values:
    """The values of one workbook as LibreOffice calculates it; for several, `recalculate` starts it only once."""
    with tempfile.TemporaryDirectory() as outdir:
        return cells.read_cached(recalculate([path], [edits], outdir)[0])[0]


def to_pdf(path, outdir, timeout=300, pages="") -> Path:
    """The workbook as LibreOffice prints it. pages: those to print, such as 1-2, or all."""
    only = f':{{"PageRange":{{"type":"string","value":"{pages}"}}}}' if pages else ""
    return _convert([Path(path)], f"pdf:calc_pdf_Export{only}", Path(outdir), timeout)[0]


def words(pdf, page) -> list[tuple[str, float, float, float, float]]:
    """The words of a page with their left, top, right and lower edges in points."""
    given = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), pdf, "-"]
    html = subprocess.run(given, check=True, capture_output=True, text=True, timeout=300).stdout
    found = re.findall(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', html)
    return [(word, *map(float, edges)) for *edges, word in found]


def to_png(path, outdir, dpi=60) -> list[Path]:
    """A picture of every printed page, in order."""
    pdf = to_pdf(path, outdir)
    for old in pdf.parent.glob(f"{pdf.stem}-*.png"):
        old.unlink()
    subprocess.run(["pdftoppm", "-png", "-r", str(dpi), pdf, pdf.with_suffix("")], check=True, timeout=300)
    return sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))


def _soffice():
    if found := shutil.which("soffice") or shutil.which("libreoffice"):
        return found
    usual = (
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.com",
    )
    return next((place for place in usual if Path(place).exists()), None)


def _scratch(prefix):
    """A folder that goes when the tests end."""
    folder = tempfile.mkdtemp(prefix=prefix)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@functools.cache
def _profile(language, trusting):
    """One profile for each process of the tests: two soffice that share one get in each other's way."""
    folder = Path(_scratch("soffice-profile-"))
    settings = folder / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(PROFILE.format(language=language, trusting=int(trusting)), encoding="utf-8")
    return folder


def _convert(paths, target, outdir, timeout, language="en-US", trusting=False):
    outdir.mkdir(parents=True, exist_ok=True)
    made = [outdir / path.with_suffix(f".{target.partition(':')[0]}").name for path in paths]
    for one in made:
        one.unlink(missing_ok=True)
    command = [
        _soffice(),
        f"-env:UserInstallation={_profile(language, trusting).as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        target,
        "--outdir",
        outdir,
        *paths,
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        said, _ = process.communicate(timeout=timeout)
    except BaseException:
        # soffice is a script around the program that hangs: the whole group has to go.
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        raise
    if absent := [one.name for one in made if not one.exists()]:
        raise RuntimeError(f"LibreOffice did not write {', '.join(absent)} (exit {process.returncode}):\n{said}")
    return made

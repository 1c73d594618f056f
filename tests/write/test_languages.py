"""Whoever opens a workbook in another language sees the same figures and sentences, and `check` finds nothing in their copy.

The judges calculate everything anew in that language, in which they read format codes, write numbers into texts and group
thousands: of all that, only how FIXED groups thousands may show.
"""

import functools
import os
import random
from datetime import date

import pytest

from calc.scenario import scenario
from tests import engines
from tests.definition.scenarios import random_scenario
from tests.engines import aspose_engine, cells, libreoffice
from tests.receive.checking.conftest import built_once  # noqa: F401
from tests.receive.reading.filled_in import RICH
from workbook.receive.checking.inspection import report_of
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered
from workbook.write.build import build
from workbook.write.edition import Edition

THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
LANGUAGES = ("de-DE", "fr-FR", "pt-BR")
SEEDS = range(24 if THOROUGH else 2)


@pytest.fixture(scope="module", autouse=True)
def _place(tmp_path_factory):
    FOLDER.append(tmp_path_factory.mktemp("languages"))


FOLDER = []


@functools.cache
def sent():
    """Workbooks of the rich scenario and of random ones, every second of these with paths of its own or values far out, and, as
    full ones take longest, light."""
    made = []
    for number, data in enumerate(
        [RICH, *(random_scenario(random.Random(seed + 40), wild=seed % 2) for seed in SEEDS)]
    ):
        given = scenario(data | {"project": data["project"] | {"start": date(2026, 12, 1)}})
        made.append(FOLDER[-1] / f"sent{number}.xlsx")
        made[-1].write_bytes(build(given, edition=Edition.full if THOROUGH and number % 2 else Edition.light))
    return made


def sent_to(language):
    """All of them, or by default one for each language."""
    return sent() if THOROUGH else [sent()[LANGUAGES.index(language)]]


def shown(differences):
    return [f"{len(differences)} cells differ, among them:", *map(str, differences[:12])] if differences else []


def as_calculated(path, values, language):
    saved, formulas = cells.read_cached(path)
    return shown(cells.differences(saved, values, only=formulas, language=language))


def finds_nothing(anew, path):
    """`check` finds nothing in a copy, and the same inputs are read from it as were sent."""
    book, as_sent = read_here(anew.read_bytes()), read_here(path.read_bytes())
    report = report_of(book, "x", anew)
    assert (report.findings, report.notes) == ([], [])
    assert gathered(book, "x").scenario == gathered(as_sent, "x").scenario


@functools.cache
def in_libreoffice(language, format="xlsx"):
    """The workbooks as a LibreOffice of that language calculates and saves them, all by one process, and how they were sent."""
    folder, books = FOLDER[-1] / f"{language}-{format}", sent_to(language)
    anew = libreoffice.recalculate(books, outdir=folder, timeout=120 * len(books), language=language, format=format)
    return list(zip(books, anew, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_and_number_is_right_in_a_libreoffice_of_another_language_and_check_is_silent(language):
    engines.need(libreoffice)
    for path, anew in in_libreoffice(language):
        assert as_calculated(path, cells.read_cached(anew)[0], language) == []
        finds_nothing(anew, path)


@pytest.mark.parametrize("language", LANGUAGES if THOROUGH else LANGUAGES[:1])
def test_check_is_silent_where_a_libreoffice_of_another_language_saved_an_ods(language):
    engines.need(libreoffice)
    for path, anew in in_libreoffice(language, "ods"):
        finds_nothing(anew, path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_and_number_is_right_in_an_aspose_of_another_language(language):
    engines.need(aspose_engine)
    for path in sent_to(language):
        assert as_calculated(path, aspose_engine.recalculate(path, language=language), language) == []

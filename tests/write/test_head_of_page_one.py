"""What stands at the head of the first page ends in its own space on paper, however long it is and however wide its letters."""

import itertools

from calc.scenario import scenario
from tests import engines
from tests.engines import libreoffice
from workbook.write import build
from workbook.write.edition import Edition
from workbook.write.title_lines import title_lines

# The longest that the fields may be: words of the widest letters, letters of a script without blanks, and both.
WORDS, SCRIPT = " ".join(["WWWWWWWWW"] * 8), "漢" * 80
NAME, OWNER = f"{WORDS[:29]} {SCRIPT[:50]}", f"{SCRIPT[:40]} {WORDS[:39]}"
# A4 less the margins at both sides, in points.
EDGE = 595.3 - 0.4 * 72


def test_every_field_of_the_head_ends_before_the_next_one_and_before_the_edge_of_the_page(tmp_path):
    engines.need(libreoffice)
    project = {"name": NAME, "owner": OWNER, "start": "2026-12-01", "currency": "EUR", "usd_rate": 123456.789}
    given = scenario({"project": project | {"discount_rate": 0.98765}})
    (tmp_path / "head.xlsx").write_bytes(build.build(given, 0, Edition.light))
    words = libreoffice.words(libreoffice.to_pdf(tmp_path / "head.xlsx", tmp_path, pages="1"), 1)
    answer = next(top for word, _, top, _, _ in words if word == "recommendation")
    head = [word for word in words if word[2] < answer - 1]
    printed = "".join(word for word, *_ in head)
    for text in (NAME, OWNER, "likely", "2026-12-01", "2027-11-30", "EUR", "123,457", "98.8%"):
        assert text.replace(" ", "") in printed
    assert all(right <= EDGE for _, _, _, right, _ in head)
    for (word, left, top, right, low), (other, start, above, other_right, below) in itertools.combinations(head, 2):
        beside = min(low, below) - max(top, above) > (low - top) / 2
        assert not beside or right <= start or other_right <= left, (word, other)


def test_a_title_that_is_too_long_is_broken_between_words_and_loses_nothing():
    for name in (WORDS, SCRIPT, NAME, "Checkout rescue", "x" * 80, f"{'Rescue of the checkout ' * 3}i"):
        first, second = title_lines(name)
        assert f"{first} {second}".split() == name.split() or f"{first}{second}" == name
    assert title_lines("Rescue of the checkout for all the markets of the north, and the app")[1] == ""

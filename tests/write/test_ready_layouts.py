"""Layouts that are ready: the same bytes with and without them, never one of another program, never one from a shared place."""

import os
from pathlib import Path

import numpy as np
import orjson
import pytest

from calc.scenario import from_text
from calc.simulation import draws
from calc.simulation.shape import Shape
from workbook.write import build, ready
from workbook.write.edition import Edition
from workbook.write.ready import keeping, made_from

# The usual number takes longer, and is as any other.
RUNS = 100
EXAMPLES = Path(__file__).parents[2] / "build" / "examples"
private = pytest.mark.skipif(os.name == "nt", reason="a profile of Windows is private")


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    """A folder for caches where nothing is ready."""
    monkeypatch.setattr(keeping, "_caches", lambda: tmp_path)
    monkeypatch.setattr(build, "LARGE_RUN", RUNS)
    build._layout.cache_clear()
    yield tmp_path / keeping.NAME
    build._layout.cache_clear()


@pytest.mark.parametrize(
    ("example", "runs", "edition"), [("ai_feature", RUNS, Edition.full), ("regulated_product", 0, Edition.light)]
)
def test_a_workbook_has_the_same_bytes_with_and_without_a_layout_that_is_ready(
    own_cache, monkeypatch, example, runs, edition
):
    given = from_text((EXAMPLES / f"{example}.toml").read_text(encoding="utf-8"), example)
    with monkeypatch.context() as nowhere:
        nowhere.setattr(keeping, "_folder_of_the_user", lambda make=False: None)
        without = build.build(given, runs, edition)
    build._layout.cache_clear()
    making = build.build(given, runs, edition)
    build._layout.cache_clear()
    with monkeypatch.context() as untraced:
        untraced.setattr(build, "made", lambda *_: pytest.fail("the layout was made again"))
        untraced.setenv("SOURCE_DATE_EPOCH", "1767225600")
        with_it = build.build(given, runs, edition)
    assert [path.suffix for path in own_cache.iterdir()] == [keeping.ENDING]
    assert without == making == with_it


@pytest.fixture
def kept(own_cache):
    """A file of a layout that is kept."""
    assert ready.can_keep()
    ready.keep("any", {"says": "this"})
    assert ready.layout("any") == {"says": "this"}
    [file] = own_cache.iterdir()
    return file


def test_one_that_was_made_from_another_program_is_not_found(kept, monkeypatch):
    monkeypatch.setattr(keeping, "made_from", lambda: "0" * 64)
    assert ready.layout("any") is None


def test_one_that_is_damaged_or_cut_short_is_none(kept):
    whole = kept.read_bytes()
    for damaged in (whole[:-1], whole[:20], b"", whole[:-1] + bytes([whole[-1] ^ 1]), os.urandom(100)):
        kept.write_bytes(damaged)
        assert ready.layout("any") is None


@private
def test_one_in_a_folder_where_others_may_write_is_not_read(kept):
    kept.parent.chmod(0o777)
    assert ready.layout("any") is None
    assert not ready.can_keep()


@private
def test_one_behind_a_link_is_not_read(kept, tmp_path):
    kept.parent.rename(tmp_path / "elsewhere")
    kept.parent.symlink_to(tmp_path / "elsewhere")
    assert ready.layout("any") is None


def test_without_a_place_to_keep_one_nothing_fails(own_cache):
    own_cache.write_text("a file where the folder would be")
    ready.keep("any", {})
    assert not ready.can_keep()
    assert ready.layout("any") is None


def test_only_so_many_are_kept(kept):
    for number in range(keeping.MOST_KEPT + 2):
        ready.keep(str(number), {})
    assert len(list(kept.parent.iterdir())) == keeping.MOST_KEPT
    assert ready.layout(str(number)) == {}


def test_the_hash_is_of_every_source_and_data_file(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(made_from, "SOURCES", (tmp_path,))
    hashes = []
    for name, text in (("a.py", "1"), ("a.py", "2"), ("data/b.toml", "1"), ("data/b.toml", "3"), ("data/c.py", "1")):
        (tmp_path / name).write_text(text)
        hashes.append(made_from.made_from.__wrapped__())
    (tmp_path / "notes.txt").write_text("no part of the program")
    assert len({*hashes, made_from.made_from.__wrapped__()}) == len(hashes)


def test_draws_that_are_known_are_those_that_would_be_calculated(monkeypatch):
    figures = [draws.Drawn(draws.places()[at], Shape(2.5, 3.75 + at, False), 0.2) for at in range(3)]
    calculated = [draws._draws(*figure) for figure in figures]
    monkeypatch.setattr(draws, "_KNOWN", {})
    draws.know(orjson.loads(orjson.dumps(draws.steps_of(figures))))
    draws._draws.cache_clear()
    monkeypatch.setattr(Shape, "at", None)
    assert all(np.array_equal(draws._draws(*figure), own) for figure, own in zip(figures, calculated, strict=True))
    draws._draws.cache_clear()

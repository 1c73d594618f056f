"""The stories of the articles: what the model gives for them, against what the articles say and what we say of both."""

import copy
import importlib.util
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from calc import catalogue, stories
from calc.catalogue import CatalogueError
from calc.catalogue.story import Measure
from tests.definition import decision, model

PLACE = Path(__file__).parents[2] / "build" / "stories.py"
playing = importlib.util.module_from_spec(spec := importlib.util.spec_from_file_location("playing", PLACE))
spec.loader.exec_module(playing)

FACTS = tomllib.loads(Path(model.__file__).with_name("facts.toml").read_text(encoding="utf-8"))
CLAIMS = catalogue.claims()


@cache
def by_the_second_program():
    """Story -> its result, by the program that knows nothing of the product."""
    found = {}
    for file in sorted(playing.STORIES.glob("*.toml")):
        given = tomllib.loads(file.read_text(encoding="utf-8"))
        costs = model.costs(given, FACTS)
        decided = decision.decide(given, FACTS, costs)
        paths = {path: costs[path] | decided["paths"][path] for path in costs}
        found[file.stem] = {"paths": paths, "recommendation": decided["recommendation"]}
    return found


@pytest.mark.parametrize("key", CLAIMS)
def test_a_claim_agrees_or_differs_as_its_data_says(key):
    assert catalogue.played()[key].verdict == CLAIMS[key].verdict, CLAIMS[key].claim


def test_what_is_stored_is_what_the_model_gives_now():
    found = playing.played(playing.results_of_stories())
    assert playing.PLAYED.read_text(encoding="utf-8") == playing.as_toml(found), "run build/stories.py"


def test_the_second_program_plays_the_same_figures_and_paths():
    found = playing.played(by_the_second_program())
    for key, one in catalogue.played().items():
        assert (found[key].path, found[key].status, found[key].verdict) == (one.path, one.status, one.verdict), key
        assert (found[key].low, found[key].high) == pytest.approx((one.low, one.high), abs=2e-4), key


def test_every_claim_is_played_and_its_scenarios_are_there():
    assert list(catalogue.played()) == list(CLAIMS)
    there = {file.stem for file in playing.STORIES.glob("*.toml")}
    assert {story for claim in CLAIMS.values() for story in stories.stories_of(claim)} <= there


def test_at_least_forty_claims_cover_every_article():
    assert len(CLAIMS) >= 40
    assert {claim.source for claim in CLAIMS.values()} == set(catalogue.sources())


def test_every_path_with_a_story_in_the_articles_is_recommended_by_one():
    recommended = {one.path for one in catalogue.played().values()}
    assert {
        path.id for path in catalogue.paths().values() if len({phase.model for phase in path.phases}) > 1
    } <= recommended


def test_the_table_in_the_documents_is_current():
    text = playing.DOCUMENT.read_text(encoding="utf-8")
    assert text == playing.renewed(text, catalogue.played()), "run build/stories.py"


def test_every_scenario_of_a_story_that_was_made_for_it_says_in_its_first_line_where_the_story_stands():
    for file in playing.STORIES.glob("[345]*.toml"):
        comment = file.read_text(encoding="utf-8").splitlines()[0]
        source, _, rest = comment.removeprefix("# ").partition(", ")
        assert rest.partition(":")[0].partition(" (")[0], file
        assert source in catalogue.sources(), file


def test_what_the_document_on_the_sources_names_is_there():
    text = (playing.DOCUMENT.parent / "sources.md").read_text(encoding="utf-8")
    known = {
        "stor(?:y|ies)": CLAIMS,
        "contradiction": catalogue.contradictions(),
        "checklist": catalogue.checklists(),
        "figure": catalogue.figures(),
        "setting": catalogue.settings(),
        "gates?": catalogue.gates(),
        "question": catalogue.questions(),
    }
    for kind, entries in known.items():
        named = re.findall(rf"\b{kind} ((?:`\w+`(?:, )?)+)", text)
        ids = {entry for group in named for entry in re.findall(r"`(\w+)`", group)}
        assert ids, kind
        assert ids <= set(entries), kind


# The measures


RESULTS = {
    "one": {
        "paths": {
            "freelancer": {"invoiced": 120, "eligible": True, "phases": [{"lines": {"labour": 80, "rework": 20}}]}
        }
    },
    "other": {"paths": {"freelancer": {"invoiced": 40}}},
}


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ({"of": ["paths.freelancer.invoiced"]}, 120),
        ({"of": ["paths.freelancer.invoiced", "-other:paths.freelancer.invoiced"]}, 80),
        ({"of": ["-other:paths.freelancer.invoiced"], "times": 2}, -80),
        (
            {"of": ["paths.freelancer.phases.0.lines"], "per": ["paths.freelancer.phases.0.lines.labour"], "less": 1},
            0.25,
        ),
        ({"of": ["paths.freelancer.eligible"]}, 1),
    ],
)
def test_a_measure_adds_takes_off_and_divides_what_its_terms_find(measure, value):
    assert stories.measured(Measure(**measure), "one", RESULTS) == value


def test_a_figure_agrees_up_to_the_tolerance_and_not_beyond():
    claim = CLAIMS["serial_spend"]
    assert claim.tolerance == 0.1
    assert [stories.is_within(figure, claim) for figure in (13499, 13500, 16500, 16501)] == [False, True, True, False]


# The data


@pytest.fixture
def changed(monkeypatch):
    """The claims after a change to the first of them, whichever it is asked for by its id."""
    data = tomllib.loads((playing.PLAYED.parent / "stories.toml").read_text(encoding="utf-8"))
    read = catalogue._file

    def load(key, **values):
        other = copy.deepcopy(data)
        next(claim for claim in other["claim"] if claim["id"] == key).update(values)
        monkeypatch.setattr(catalogue, "_file", lambda name: other if name == "stories" else read(name))
        return catalogue.claims.__wrapped__()

    return load


@pytest.mark.parametrize(
    ("key", "values", "complaint"),
    [
        ("under_3k", {"expects": ["freelancers"]}, "no such path: freelancers"),
        ("under_3k", {"low": 1.0}, "figures with a range, a unit"),
        ("task_cost", {"unit": ""}, "figures with a range, a unit"),
        ("task_cost", {"expects": ["freelancer"]}, "figures with a range, a unit"),
        ("task_cost", {"low": 4000.0}, "low 4000.0 <= high 3000.0"),
        ("task_cost", {"verdict": "differs"}, "a claim that differs says why"),
        ("task_cost", {"place": "nowhere"}, "prodfirm, nowhere"),
    ],
)
def test_a_claim_that_asks_for_nothing_or_leads_nowhere_is_refused(changed, key, values, complaint):
    with pytest.raises(CatalogueError, match=f"^stories.toml: .*{complaint}"):
        changed(key, **values)

"""The product's own data: what is wrong in it is refused when it is loaded, and all of it leads back to a source."""

import copy
import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from calc import catalogue
from calc.catalogue import CatalogueError

DATA = files(catalogue).joinpath("data")
NAMES = sorted(path.name.removesuffix(".toml") for path in DATA.iterdir() if path.name.endswith(".toml"))
SOURCES = tomllib.loads(DATA.joinpath("sources.toml").read_text(encoding="utf-8"))


def raw(name):
    return tomllib.loads(DATA.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def placed(value, at):
    """Every entry that names a source, however deep it stands, with where it stands."""
    if isinstance(value, dict):
        if "source" in value:
            yield at, value
        for key, item in value.items():
            yield from placed(item, f"{at}.{key}")
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from placed(item, f"{at}[{position}]")


@pytest.fixture
def changed(monkeypatch):
    """Load a section of the catalogue from its file after a change to what stands in it."""

    def load(loader, name, change):
        data = copy.deepcopy(raw(name))
        change(data)
        monkeypatch.setattr(catalogue, "_file", lambda asked: data if asked == name else raw(asked))
        return getattr(catalogue, loader).__wrapped__()

    return load


def rate(**values):
    return lambda data: data["freelancer"]["rate"].update(values)


def ends(**values):
    return lambda data: data["freelancer"]["rate"]["range"].update(values)


def no_references(data):
    data["freelancer"]["rate"]["references"] = []


def reference(**values):
    return lambda data: data["freelancer"]["rate"]["references"][0].update(values)


def in_first(table, **values):
    return lambda data: data[table][0].update(values)


def in_first_gate(clause):
    return in_first("gate", conditions=[[clause]])


def in_first_row(**values):
    return lambda data: data["table"][0]["row"][0].update(values)


def in_first_figure(**values):
    return lambda data: data["example"][0]["figure"][0].update(values)


def test_the_data_as_it_is_passes_the_same_way_that_wrong_data_is_refused(changed):
    assert changed("parameters", "parameters", lambda data: None) == catalogue.parameters()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param(
            no_references, "freelancer.rate: .*basis source without a reference", id="source without reference"
        ),
        pytest.param(rate(basis="hunch"), "freelancer.rate.basis", id="unknown basis"),
        pytest.param(rate(basis="assumption", note=""), "an assumption says why", id="assumption without a reason"),
        pytest.param(rate(basis="derived", note=""), "shows its derivation", id="derived without derivation"),
        pytest.param(reference(source="gartner"), "no such source and place: .*gartner, cost table", id="source"),
        pytest.param(reference(place="chapter 9"), "no such source and place: .*insoftex, chapter 9", id="place"),
        pytest.param(ends(low=101), "low 101.0 <= likely 100.0", id="low above likely"),
        pytest.param(ends(high=99), "likely 100.0 <= high 99.0", id="likely above high"),
        pytest.param(rate(unit=""), "freelancer.rate.unit", id="no unit"),
        pytest.param(rate(better="middle"), "freelancer.rate.better", id="no better end"),
        pytest.param(rate(typo=1), "freelancer.rate.typo", id="unknown field"),
        pytest.param(lambda data: data.pop("freelancer"), "the models must be", id="a model without parameters"),
    ],
)
def test_a_parameter_without_ground_or_out_of_order_is_refused(changed, change, complaint):
    with pytest.raises(CatalogueError, match=f"^parameters.toml: .*{complaint}"):
        changed("parameters", "parameters", change)


@pytest.mark.parametrize(
    ("loader", "name", "change", "complaint"),
    [
        ("criteria", "criteria", in_first("table", place="somewhere"), "prodfirm, somewhere"),
        ("criteria", "criteria", in_first("table", columns=["Criterion", "Freelancer"]), "columns"),
        ("criteria", "criteria", in_first_row(metric="beauty"), "no such metric: beauty"),
        ("criteria", "criteria", in_first_row(references=[]), "references"),
        ("checklists", "checklists", in_first("checklist", item=[]), "item"),
        ("checklists", "checklists", in_first("checklist", purpose=""), "purpose"),
        ("worked", "worked", in_first("example", source="gartner"), "gartner, why freelancers burn"),
        ("worked", "worked", in_first_figure(source_low=0.5), "low 0.5 <= high 0.375"),
        ("worked", "worked", in_first_figure(source_low=0.3), "a range needs a pair among its inputs"),
        ("worked", "worked", in_first_figure(inputs={"actual_hours": [1, 2, 3]}), "inputs.actual_hours"),
        ("contradictions", "contradictions", lambda data: data["contradiction"][0]["sides"].pop(), "sides"),
        ("plan_steps", "plan", in_first("step", **{"from": "middle"}), "from"),
        ("works", "plan", in_first("work", exit=""), "exit"),
        ("gates", "gates", in_first("gate", id="no spaces"), "id"),
        ("gates", "gates", in_first("gate", excludes=""), "nothing_broken names a property of paths"),
        ("gates", "gates", in_first("gate", keeps_only="team_core"), "nothing_broken names a property of paths"),
        ("gates", "gates", in_first("gate", conditions=[[]]), "conditions.0"),
        ("gates", "gates", in_first_gate({"question": "bounded"}), "conditions.0.0.question.answer"),
        ("gates", "gates", in_first_gate("bounded"), "conditions.0.0"),
        ("gates", "gates", in_first("gate", id="one_thing"), "the gate one_thing is there twice"),
        ("gates", "gates", in_first_gate({"gate": "on_fire"}), "nothing_broken reads no such gate: on_fire"),
        ("gates", "gates", in_first_gate({"question": "fun", "answer": "no"}), "reads no such question: fun"),
        ("gates", "gates", in_first_gate({"gate": "nothing_broken"}), "nothing_broken reads nothing_broken"),
    ],
)
def test_a_table_list_example_plan_or_gate_that_is_incomplete_or_leads_nowhere_is_refused(
    changed, loader, name, change, complaint
):
    with pytest.raises(CatalogueError, match=f"^{name}.toml: .*{complaint}"):
        changed(loader, name, change)


def test_gates_that_fire_by_way_of_each_other_are_refused(changed):
    def change(data):
        first, second = data["gate"][0], data["gate"][1]
        first["unless"], second["unless"] = [[{"gate": second["id"]}]], [[{"gate": first["id"], "is": False}]]

    with pytest.raises(CatalogueError, match=r"fire by way of themselves: [a-z_]+ reads [a-z_]+ reads [a-z_]+"):
        changed("gates", "gates", change)


def test_a_checklist_with_more_references_than_points_is_refused(changed):
    def change(data):
        data["checklist"][0]["references"] *= 20

    with pytest.raises(CatalogueError, match=r"references for \d+ points"):
        changed("checklists", "checklists", change)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "sources"])
def test_every_source_and_place_in_the_data_exists(name):
    """Read from the files themselves, not through the loader that would refuse them."""
    unknown = [
        f"{at}: {found['source']}, {found.get('place')}"
        for at, found in placed(raw(name), name)
        if found.get("place") not in SOURCES.get(found["source"], {"places": []})["places"]
    ]
    assert unknown == []


def test_every_table_row_checklist_example_figure_and_contradiction_names_its_source():
    groups = {
        "criteria": [row for table in raw("criteria")["table"] for row in (table, *table["row"])],
        "checklists": raw("checklists")["checklist"],
        "worked": raw("worked")["example"],
        "figures": raw("figures")["figure"],
        "contradictions": raw("contradictions")["contradiction"],
    }
    for name, entries in groups.items():
        assert entries
        assert [entry for entry in entries if not list(placed(entry, name))] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_two_entries_of_one_kind_have_the_same_id(name):
    """The loader would silently keep the last of them."""
    for entries in raw(name).values():
        if isinstance(entries, list):
            ids = Counter(entry["id"] for entry in entries if "id" in entry)
            assert [key for key, count in ids.items() if count > 1] == []


def test_the_plan_speaks_of_known_models_and_has_a_row_for_every_kind_of_work():
    models = {*catalogue.models(), "*"}
    assert {work.model for work in catalogue.works()} <= models
    assert {step.model for step in catalogue.plan_steps()} <= models
    for work in ("audit", "core", "run", "retainer"):
        assert all(catalogue.work_of(work, model).delivers for model in catalogue.models())


def test_every_source_contributes_figures_and_is_compared_in_a_table():
    assert {reference.source for figure in catalogue.figures().values() for reference in figure.references} == set(
        SOURCES
    )
    assert {table.source for table in catalogue.criteria().values()} == set(SOURCES)


def test_a_point_of_a_checklist_stands_where_its_own_reference_says():
    hidden = catalogue.checklists()["hidden_costs"]
    assert [hidden.references_of(item)[0].place for item in hidden.items] == [
        "hidden costs: coordination",
        "hidden costs: accountability",
        "hidden costs: architecture",
        "hidden costs: security",
        "hidden costs: continuity",
    ]
    legal = catalogue.checklists()["legal_protections"]
    assert legal.references_of(legal.items[2]) == legal.references

"""What comes with the structure of paths: declared once, and everything that is said of it follows from there."""

import numpy as np
import pytest

from calc import catalogue, graph
from calc.model import model_for, user_paths
from calc.quantity import QUANTITIES
from calc.scenario import scenario
from calc.scenario.schema import MOST_MONTHS
from calc.structure import COLUMNS, RELATIONS, Structure, published_paths
from calc.structure.given import given, relation
from calc.udfs import formula_descriptions


def test_every_column_and_relation_has_its_words_and_a_place_in_the_graph():
    found_graph = model_for().graph
    for column in COLUMNS.values():
        assert found_graph.node(column.name).over == (column.dimension,)
        assert column.label
        assert formula_descriptions.description(column.name) == column.says
    for found in RELATIONS.values():
        pointer = found_graph.relations[found.name]
        assert formula_descriptions.description(f"documents_of_{found.name}").endswith(found.says)
        assert (pointer.source, pointer.target) == (found.source, found.target)


def test_every_column_is_as_long_as_its_dimension_has_rows():
    structure = Structure(published_paths())
    for dimension, columns in structure.columns.items():
        assert columns
        assert {len(values) for values in columns.values()} == {structure.sizes[dimension]}


def test_the_time_axis_has_as_many_months_as_the_longest_horizon():
    assert Structure(published_paths()).columns["month"]["month"].tolist() == list(range(1, MOST_MONTHS + 1))


def test_a_column_or_relation_that_is_there_already_or_leads_nowhere_is_refused():
    with pytest.raises(ValueError, match="team_core is defined twice"):

        @given("path", unit="0/1", label="Again", says="Again")
        def team_core(path):
            return 0

    with pytest.raises(ValueError, match="runner is defined twice"):
        relation("runner", "path", "model", by="runner", label="", says="")
    with pytest.raises(ValueError, match="which is not a column of stage"):
        relation("elsewhere", "stage", "model", by="runner", label="", says="")


def test_what_freelancers_are_is_data_and_a_team_is_more_than_one():
    models, columns = list(catalogue.models()), Structure(published_paths()).columns["model"]
    freelance = [model for model, flag in zip(models, columns["freelances"], strict=True) if flag]
    assert freelance == [key for key, found in catalogue.models().items() if found.freelances]
    assert [model for model, flag in zip(models, columns["is_team"], strict=True) if flag] == ["freelancer_team"]


def test_the_first_path_has_what_its_phases_say():
    structure = Structure(published_paths())
    at = structure.path_ids.index("audit_then_freelancers")
    read = {name: values[at] for name, values in structure.columns["path"].items()}
    assert (read["opens_with_audit"], read["core_only_freelancer"], read["team_core"]) == (1, 0, 1)
    assert read["unprepared_freelance_core"] == 0
    assert structure.phases[int(read["last_core"]) - 1] == structure.paths[at].core[-1]


def test_a_sum_by_path_over_its_own_phases_is_the_sum_over_all_of_them(monkeypatch):
    phases = [{"work": "core", "model": "freelancer", "share": 0.25}] * 4 + [{"work": "run", "model": "full_time"}]
    given = scenario({
        "project": {"name": "Case", "start": "2026-12-01"}, "paths": {"mine": {"label": "Mine", "phases": phases}},
    })  # fmt: skip
    model = model_for(user_paths(given))
    by_path = [key for key in QUANTITIES if graph.PATH_OF_EVERY_PHASE in model.graph.node(key).arguments]
    found = model.evaluate([given, given], by_path)
    monkeypatch.setattr(graph, "PATH_OF_EVERY_PHASE", None)
    masked = model.evaluate([given, given], by_path)
    assert len(by_path) > 10
    for key in by_path:
        np.testing.assert_allclose(found[key], masked[key], rtol=1e-15)

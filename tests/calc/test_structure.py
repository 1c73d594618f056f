"""What comes with the structure of paths: declared once, and everything that is said of it follows from there."""

import pytest

from calc import catalogue
from calc.model import model_for
from calc.scenario.schema import MOST_MONTHS
from calc.structure import COLUMNS, RELATIONS, Structure
from calc.structure.given import given, relation
from calc.udfs import words


def test_every_column_and_relation_has_its_words_and_a_place_in_the_graph():
    graph = model_for().graph
    for column in COLUMNS.values():
        assert graph.node(column.name).over == (column.dimension,)
        assert column.label
        assert words.description(column.name) == column.says
    for found in RELATIONS.values():
        assert words.description(f"documents_of_{found.name}").endswith(found.says)
        assert (graph.relations[found.name].source, graph.relations[found.name].target) == (found.source, found.target)


def test_every_column_is_as_long_as_its_dimension_has_rows():
    structure = Structure()
    for dimension, columns in structure.columns.items():
        assert columns
        assert {len(values) for values in columns.values()} == {structure.sizes[dimension]}


def test_the_time_axis_has_as_many_months_as_the_longest_horizon():
    assert Structure().columns["month"]["month"].tolist() == list(range(1, MOST_MONTHS + 1))


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
    models, columns = list(catalogue.models()), Structure().columns["model"]
    freelance = [model for model, flag in zip(models, columns["freelances"], strict=True) if flag]
    assert freelance == [key for key, found in catalogue.models().items() if found.freelances]
    assert [model for model, flag in zip(models, columns["is_team"], strict=True) if flag] == ["freelancer_team"]


def test_the_first_path_has_what_its_phases_say():
    structure = Structure()
    at = structure.path_ids.index("audit_then_freelancers")
    read = {name: values[at] for name, values in structure.columns["path"].items()}
    assert (read["opens_with_audit"], read["core_only_freelancer"], read["team_core"]) == (1, 0, 1)
    assert read["unprepared_freelance_core"] == 0
    assert structure.phases[int(read["last_core"]) - 1] == structure.paths[at].core[-1]

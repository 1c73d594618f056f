"""The budget of a portfolio in the reports: in dollars across currencies, beside the choice without it."""

from workbook.bulk.portfolio.reports import portfolio_budget


def row(number, rate, *contenders):
    each = [{"path": p, "label": p, "invoiced": i, "same_scope": s} for p, i, s in contenders]
    return {
        "row": number,
        "id": f"id-{number}",
        "recommendation": contenders[0][0],
        "usd_rate": rate,
        "contenders": each,
    }


ROWS = [
    row(1, 2.0, ("a", 200.0, 100.0), ("b", 100.0, 140.0)),
    row(2, 1.0, ("a", 100.0, 50.0), ("b", 60.0, 100.0)),
    {"row": 3, "id": "refused", "refused": []},
]


def test_the_project_that_saves_for_less_changes_its_path():
    answer = portfolio_budget.within(160.0, None, ROWS)
    assert answer["currency"] == "USD"
    assert answer["unconstrained"] == {"invoiced": 200.0, "same_scope": 100.0}
    assert answer["chosen"] == {"invoiced": 150.0, "same_scope": 120.0}
    assert [one["path"] for one in answer["projects"]] == ["b", "a"]
    assert (answer["costs_more"], answer["left_out"]) == (20.0, 1)


def test_what_is_missing_is_said_with_whose_it_is():
    answer = portfolio_budget.within(100.0, None, ROWS)
    assert answer["short_by"] == 10.0
    assert answer["in_the_way"] == [
        {"row": 2, "id": "id-2", "path": "b", "label": "b", "invoiced": 60.0, "same_scope": 100.0}
    ]

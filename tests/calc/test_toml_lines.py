"""A line that is no TOML is named with its number and as it should be; a wrong value with the line of its field."""

import contextlib
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.scenario import Refused, from_text
from calc.scenario.toml_lines import mended

HEAD = '[project]\nname = "Checkout rescue"\nstart = 2026-12-01\n'


def refused(text, where="x.toml"):
    with pytest.raises(Refused) as caught:
        from_text(text, where)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("section", "line", "better"),
    [
        ("project", "owner = Head of Product", 'owner = "Head of Product"'),
        ("project", "owner = “Zoë”", 'owner = "Zoë"'),
        ("project", "currency = usd", 'currency = "USD"'),
        ("project", "discount_rate = 8%", "discount_rate = 0.08"),
        ("project", "discount_rate = 0,08  # as the bank says", "discount_rate = 0.08  # as the bank says"),
        ("project", "fiscal_month: 7", "fiscal_month = 7"),
        ("work", "core_hours = 250,5", "core_hours = 250.5"),
        ("work", "core_hours = 400 h", "core_hours = 400"),
        ("work", "core_hours = [300; 400,5; 700]", "core_hours = [300, 400.5, 700]"),
        ("work", "location = Eastern Europe", 'location = "eastern_europe"'),
        ("money", "budget = $30000", "budget = 30000"),
        ("money", "budget = 30 000,50 USD,", "budget = 30000.5"),
        ("answers", "shifting = Yes", 'shifting = "yes"'),
        ("answers", "shifting = x", 'shifting = "yes"'),
        ("overrides.freelancer", "rework = 35 %", "rework = 0.35"),
        ("weights", "leval = 2,5", "leval = 2.5"),
    ],
)
def test_a_line_that_is_no_toml_is_named_as_it_should_be(section, line, better):
    head = HEAD if section == "project" else f"{HEAD}[{section}]\n"
    number = head.count("\n") + 1
    [fault] = refused(f"{head}{line}\n")
    assert fault.startswith(f"line {number} ({section}.")
    assert fault.endswith(f"is not TOML   write: {better}")
    assert tomllib.loads(better)
    assert from_text(f"{head}{better}\n", "x.toml")


def test_an_unknown_name_is_named_beside_its_value_that_is_no_toml():
    quote = '[[quotes]]\nvendor = "N"\nmodel = "fixed_price_shop"\nprice = 9\nhours = 4\n'
    faults = refused(f"{HEAD}[money]\ndiscount_rate = 8%\nbudgets = 8 €\n{quote}{quote}foo = 8%\n")
    unknown = [fault.partition("   unknown field   ")[::2] for fault in faults if "unknown field" in fault]
    assert unknown[:2] == [
        ("line 5 (money.discount_rate)", "it belongs under [project]"),
        ("line 6 (money.budgets)", "did you mean: budget?"),
    ]
    assert [where for where, _ in unknown[2:]] == ["line 17 (quotes[2].foo)"]
    assert len([fault for fault in faults if "invalid TOML" in fault]) == 3


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("core_hours = 1.200,", "did you mean 1200 or 1.2?"),
        ("core_hours = €400", "an amount of money, where none is meant"),
        ("core_hours = four hundred", "what is meant?"),
    ],
)
def test_a_line_that_can_be_read_in_two_ways_is_asked_about(line, question):
    [fault] = refused(f"{HEAD}[work]\n{line}\n")
    assert fault.startswith(f"line 5 (work.core_hours)   {line}: {question}")


def test_every_line_is_named_at_once_and_a_value_beside_them_is_not_lost():
    text = "[project]\nname = Checkout\nstart = 31.12.2026\n[money]\nbudget = €5\n"
    assert [fault.split("   ")[0] for fault in refused(text)] == [
        "line 2 (project.name)", "line 3 (project.start)", "line 5 (money.budget)",
    ]  # fmt: skip


def test_of_many_lines_the_first_are_named_and_the_others_counted():
    text = HEAD + "[answers]\n" + "".join(f"q{number} = Yes\n" for number in range(40))
    assert len(refused(text)) == 21


def test_a_wrong_value_is_named_with_its_line_and_a_missing_one_with_its_section():
    assert [fault.split("   ")[0] for fault in refused("[project]\n\nname = 5\n[work]\nhires = 0\n")] == [
        "line 3 (project.name)", "line 1 (project.start)", "line 5 (work.hires)",
    ]  # fmt: skip


@given(st.text(st.sampled_from("[]=\"'#,.;: \n€%ab1“”{}\\"), max_size=60))
def test_no_text_brings_the_naming_of_lines_down(text):
    with contextlib.suppress(Refused):
        from_text(text, "x.toml")
    assert all(str(fault).isprintable() for fault in mended(text).faults)


def test_wrong_values_stand_beside_lines_that_are_no_toml():
    text = "[project]\nname = Shop\nstart = 31.12.2026\ndiscount_rate = 9\n[work]\ncore_hours = -3\n"
    with pytest.raises(Refused) as refused:
        from_text(text, "a.toml")
    assert [fault.field for fault in refused.value.faults] == [
        "line 2 (project.name)",
        "line 3 (project.start)",
        "line 4 (project.discount_rate)",
        "line 6 (work.core_hours)",
    ]


def test_of_a_line_that_is_left_out_nothing_else_is_said():
    with pytest.raises(Refused) as refused:
        from_text("[project]\nname = = =\nstart = 2026-12-01\n", "a.toml")
    assert [fault.field for fault in refused.value.faults] == ["line 2 (project.name)"]
    with pytest.raises(Refused) as refused:
        from_text('[project\nname = "A"\nstart = 2026-12-01\n', "a.toml")
    assert len(refused.value.faults) == 1


@pytest.mark.parametrize(
    "text",
    [
        "project.name,project.start\nA,2026-12-01\n",
        "\ufeffproject.name;project.start\nA;2026-12-01\n",
        'sep=;\n"project.name";"project.start"\n',
        "project.name\tproject.start\nA\t2026-12-01\n",
    ],
)
def test_a_table_with_the_ending_of_a_scenario_is_called_what_it_is(text):
    [fault] = refused(text)
    assert fault.startswith("a table of scenarios, not one scenario")
    assert "engagement batch" in fault


@pytest.mark.parametrize("before", ["", "[money]\nbudget = €30000\n"])
def test_a_number_of_more_digits_than_python_reads_is_refused_beside_what_else_is_wrong(before):
    *others, last = refused(f"{HEAD}{before}[work]\ncore_hours = {'9' * 5000}\n")
    assert last == "invalid TOML: a number has thousands of digits"
    assert [other.partition(" (")[0] for other in others] == (["line 5"] if before else [])


def test_a_number_of_more_digits_than_python_reads_is_refused_in_json():
    [fault] = refused(f'{{"work": {{"core_hours": {"9" * 5000}}}}}', "x.json")
    assert fault == "invalid JSON: a number has thousands of digits"


def test_a_long_value_and_a_month_of_a_list_are_named_with_the_line_of_their_own_field():
    faults = refused(
        f'[project]\nstart = 2026-12-01\nname = "{"x" * 5000}"\n[actuals]\npath = "freelancer"\nlabour = [1, "x"]\n'
    )
    assert [fault.partition("   ")[0] for fault in faults] == [
        "line 3 (project.name)",
        "line 6 (actuals.labour, month 2)",
    ]

"""The interview: what decides is asked first, and nothing more once no answer could change the result."""

import random
from datetime import date

import numpy as np
import pytest

from calc import catalogue
from calc.interview import Interview, completed_text, deciding_fields, deciding_questions, short_form, standing
from calc.model import model_for
from calc.results import results
from calc.scenario import Refused, from_text, normal_form, scenario
from calc.scenario.schema import FIELDS

GIVEN = {"project": {"name": "Checkout rescue", "start": date(2026, 12, 1)}}
REQUIRED = {"project.name": "Checkout rescue", "project.start": date(2026, 12, 1)}


def recommended(field, value, answers):
    """Position of the recommended path by set of answers, by the whole model and not by the search."""
    section, _, name = field.partition(".")
    data = GIVEN | {section: GIVEN.get(section, {}) | {name: value}}
    asked = [scenario(data | {"answers": given}) for given in answers]
    return model_for().evaluate(asked, ("recommended",))["recommended"]


def drawn(seed, number, known=()):
    """Sets of answers, each yes or no at random but for what is known."""
    choose = random.Random(seed)
    return [
        {question: choose.choice(("yes", "no")) for question in catalogue.questions()} | dict(known)
        for _ in range(number)
    ]


def test_the_field_that_decides_most_flips_the_path_as_often_as_other_draws_say():
    first, *_, last = deciding_fields()
    answers = drawn(7, 400)
    for field in (first, last):
        low, high = (recommended(field.dotted, value, answers) for value in (field.low, field.high))
        assert float(np.mean(low != high)) == pytest.approx(field.flips, abs=0.08)
    assert first.flips > last.flips


def test_the_questions_that_usually_decide_are_those_that_calc_would_ask_first():
    [result] = results([scenario(GIVEN)], trials=0)
    asked = [swing["question"] for swing in result["recommendation"]["ask"]]
    assert list(deciding_questions()) == asked[: len(deciding_questions())]


def test_the_short_form_is_read_back_as_the_defaults():
    assert normal_form(from_text(short_form(REQUIRED), "x")) == normal_form(scenario(GIVEN))


def answered(interview, choose):
    """The interview with every field left as it is, every question answered; the questions."""
    asked = []
    while step := interview.step():
        if step.question:
            asked.append(step.question)
            interview.answer(step, choose(step.question))
        else:
            interview.take_default(step)
    return asked


@pytest.mark.parametrize("seed", range(4))
def test_an_interview_stops_where_no_open_answer_changes_what_is_recommended(seed):
    interview = Interview({}, REQUIRED)
    said = drawn(seed, 1)[0]
    asked = answered(interview, said.__getitem__)
    given = interview.scenario()
    now = standing(given)
    assert now.is_settled
    assert len(asked) == len(set(asked)) < len(catalogue.questions())
    others = drawn(seed + 100, 300, {question: said[question] for question in asked})
    positions = recommended("project.name", "x", others)
    same = np.array(list(catalogue.paths()))[positions.astype(int) - 1] == now.path
    assert np.mean(same) > 0.98


def test_each_question_asked_is_the_one_that_calc_puts_first():
    interview = Interview(GIVEN, {})
    while not (step := interview.step()).question:
        interview.take_default(step)
    for answer in ("yes", "no", "yes"):
        step = interview.step()
        [result] = results([interview.scenario()], trials=0)
        assert result["recommendation"]["ask"][0] == {"question": step.question, "swing": step.swing}
        interview.answer(step, answer)


def test_back_takes_the_last_answer_back():
    interview = Interview({}, {})
    first = interview.step()
    interview.answer(first, "Rescue")
    assert interview.step() != first
    assert interview.back()
    assert (interview.step(), interview.values, interview.back()) == (first, {}, False)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("300, 400, 700", [300, 400, 700]),
        ("[300, 400.5, 700]", [300, 400.5, 700]),
        ("300 to 400 to 700", [300, 400, 700]),
        ("300;400,5;700", [300, 400.5, 700]),
        ("250,5 h", 250.5),
    ],
)
def test_hours_are_read_as_people_type_them(typed, value):
    assert answered_hours(typed).values["work.core_hours"] == value


@pytest.mark.parametrize("typed", ["1.200", "many", "700, 400, 300", "1, 2", "0"])
def test_hours_that_cannot_be_read_are_refused_and_nothing_has_changed(typed):
    with pytest.raises(Refused, match=r"work\.core_hours"):
        answered_hours(typed)


def answered_hours(typed):
    interview = Interview(GIVEN, {})
    while (step := interview.step()).dotted != "work.core_hours":
        interview.take_default(step)
    before = dict(interview.values)
    try:
        interview.answer(step, typed)
    except Refused:
        assert (interview.values, interview.step()) == (before, step)
        raise
    return interview


SAID = {"answers.bounded": "yes", "money.budget": 30000, "work.core_hours": [1, 2.5, 3], "project.currency": "USD"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            '# mine\n[project]\nname = "A"  # hello\nstart = 2027-01-01\n\n[answers]\nbounded = "no"  # who knows?\n',
            ["# mine", '"A"  # hello', "# who knows?"],
        ),
        ('project = { name = "A", start = 2027-01-01 }\n', ["project = {"]),
        ('project.name = "A"\nproject.start = 2027-01-01', ['project.name = "A"']),
        ('[project]\r\nname = "A"\r\nstart = 2027-01-01\r\n', ['name = "A"\r\n']),
        (
            '[answers]\n# c\n\n[project]\nname = "A"\nstart = 2027-01-01\n[overrides.freelancer]\nrate = 90\n',
            ["# c", "rate = 90"],
        ),
    ],
)
def test_what_is_completed_keeps_what_it_holds_and_says_what_was_said(text, kept):
    made = completed_text(text, SAID)
    assert [part for part in kept if part not in made] == []
    assert ("\r\n" in made) == ("\r\n" in text)
    assert "\n" not in made.replace("\r\n", "") or "\r\n" not in made
    before = from_text(text, "x").model_dump()
    read = from_text(made, "x").model_dump()
    assert (read["answers"]["bounded"], read["money"]["budget"], read["work"]["core_hours"]) == (
        "yes",
        30000,
        (1, 2.5, 3),
    )
    assert (read["overrides"], read["weights"], read["project"]) == (
        before["overrides"], before["weights"], before["project"],
    )  # fmt: skip


def test_a_currency_needs_its_rate_before_anything_is_recommended():
    interview = Interview(GIVEN, {})
    interview.answer(interview.step(), "EUR")
    step = interview.step()
    assert (step.dotted, step.default, interview.standing()) == ("project.usd_rate", None, None)
    with pytest.raises(Refused):
        interview.take_default(step)
    interview.answer(step, "0,92")
    assert interview.step().dotted in FIELDS
    assert interview.scenario().project.usd_rate == 0.92

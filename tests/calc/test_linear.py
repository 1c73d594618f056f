"""Whatever text comes in: it is read in a time that grows with its length, and no more is message of it than anybody reads."""

import json
import time
from math import inf

import pytest

from calc.scenario import Refused, from_text
from calc.scenario.faults import MOST_SHOWN
from calc.text.suggestion import near
from workbook.bulk.portfolio import Portfolio
from workbook.mail.ledger import Ledger
from workbook.mail.recipients import recipients

GOOD = '[project]\nname = "a"\nstart = 2026-01-01\n[work]\ncore_hours = 100\n'
# The same kind of text at a length; ten times that length may take ten times as long, and some.
LENGTH, TIMES, MOST = 4_000, 10, 40

TOML = {
    "a key of many parts": lambda n: "a" + ".a" * n + " = 1",
    "a key of many quoted parts": lambda n: '"a"' + ' . "a"' * n + " = 1",
    "a table of many parts": lambda n: "[a" + ".a" * n + "]\n" + "b = 1\n" * 5,
    "a key of many parts in an inline table": lambda n: "x = {a" + ".a" * n + " = 1}",
    "unknown answers": lambda n: GOOD + "[answers]\n" + "".join(f'shiftin{i} = "yes"\n' for i in range(n)),
    "unknown sections": lambda n: "".join(f"[a{i}]\n" for i in range(n)),
    "unknown parameters": lambda n: "[overrides.freelancer]\n" + "".join(f"rat{i} = 1\n" for i in range(n)),
    "own paths": lambda n: "[paths]\n" + "".join(f"a{i} = 1\n" for i in range(n)),
    "a long unknown name": lambda n: GOOD + "[answers]\n" + "shifting" * n + ' = "x"',
    "a long whole number": lambda n: GOOD.replace("100", "0x" + "f" * n),
    "quotes that are never closed": lambda n: '"\\' * n,
    "texts that are never closed": lambda n: '"""' + ' \\"""' * n,
    "lists in lists": lambda n: "x = " + "[" * n,
}
JSON = {
    "a key that comes again at the end": lambda n: "{" + ",".join(f'"k{i}":1' for i in range(n)) + ',"k1":2}',
    "one key again and again": lambda n: "{" + ",".join('"k":1' for _ in range(n)) + "}",
    "objects in objects": lambda n: '{"x":' * n,
}


def refusal(read, *what):
    with pytest.raises(Refused) as caught:
        read(*what)
    return str(caught.value)


def processor_seconds(work, tries=3):
    """The fewest of several tries: what else runs on the machine takes caches away, and adds to one try or another."""
    least = inf
    for _ in range(tries):
        began = time.process_time()
        work()
        least = min(least, time.process_time() - began)
    return max(least, 0.002)


@pytest.mark.parametrize("made", [*TOML.values(), *JSON.values()], ids=[*TOML, *JSON])
def test_a_scenario_ten_times_as_long_takes_ten_times_as_long_to_refuse_and_not_a_hundred_times(made):
    short, long = (made(length) for length in (LENGTH, LENGTH * TIMES))
    message = refusal(from_text, short, "x")
    assert len(message.splitlines()) <= MOST_SHOWN + 2
    assert len(message) < 10_000
    ratio = processor_seconds(lambda: refusal(from_text, long, "x")) / processor_seconds(
        lambda: refusal(from_text, short, "x")
    )
    assert ratio < MOST


def test_of_more_than_twenty_faults_twenty_are_shown_and_the_rest_is_counted():
    message = refusal(
        from_text, GOOD + "[answers]\n" + "".join(f'q{i} = "yes"\n' for i in range(60_000)), "x"
    ).splitlines()
    assert message[0] == "x: 60,000 problems"
    assert len(message) == 1 + MOST_SHOWN + 1
    assert message[-1] == "  and   59,980 more problems"


def test_dots_in_a_text_or_a_comment_are_no_key_of_many_parts():
    dots = ".".join(["a"] * 35)
    assert from_text(f"# {dots}\n" + GOOD.replace('"a"', f'"{dots}"') + f"# {dots}", "x").project.name == dots


def rows_of(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    portfolio = Portfolio(tmp_path / name)
    return [refusal(entry.scenario) for entry in portfolio]


def test_160_000_equal_keys_in_a_line_are_one_fault_of_its_row(tmp_path):
    start = {"project.name": "a", "project.start": "2026-01-01", "work.core_hours": 1}
    line = json.dumps(start)[:-1] + ',"k":1' * 160_000 + "}\n"
    taken = processor_seconds(lambda: rows_of(tmp_path, "p.jsonl", line))
    # To read it without looking for equal keys is the least that it takes.
    least = processor_seconds(lambda: [json.loads(line) for _ in range(20)])
    assert taken < 10 * least
    [message] = rows_of(tmp_path, "p.jsonl", line)
    assert "  k   duplicated   give each field once" in message.splitlines()


def test_30_000_keys_that_come_twice_are_twenty_lines_and_a_number(tmp_path):
    line = "{" + ",".join(f'"k{i}":1,"k{i}":2' for i in range(30_000)) + "}\n"
    [message] = rows_of(tmp_path, "p.jsonl", line)
    assert len(message.splitlines()) == 1 + MOST_SHOWN + 1


def test_a_header_of_400_000_columns_is_refused_in_twenty_lines(tmp_path):
    (tmp_path / "p.csv").write_text("a,b," * 100_000 + "\n1,2\n", encoding="utf-8")
    message = refusal(lambda: list(Portfolio(tmp_path / "p.csv")))
    assert "200,000 columns" in message or "columns" in message
    assert len(message.splitlines()) <= MOST_SHOWN + 2


def test_recipients_with_more_than_a_thousand_columns_are_refused_before_any_row_is_read(tmp_path):
    head = "to,name,workbook," + ",".join(f"c{i}" for i in range(50_000))
    (tmp_path / "r.csv").write_text(head + "\n" + "a@b.example,A,x.xlsx\n" * 10_000, encoding="utf-8")
    assert "at most 1,000" in refusal(recipients, tmp_path / "r.csv")


def test_a_line_of_the_ledger_that_is_nested_deeper_than_python_goes_is_no_line_of_it(tmp_path):
    (tmp_path / "mail.jsonl").write_text("[" * 100_000 + "\n", encoding="utf-8")

    def opened():
        with Ledger(tmp_path / "mail.jsonl"):
            pass

    assert "line 1" in refusal(opened)


def test_what_is_too_long_to_be_a_slip_of_the_finger_is_not_compared_with_what_is_known():
    assert near("shiftin", ["bounded", "shifting"]) == "shifting"
    assert near("shifting" * 100_000, ["shifting" * 100_000 + "x"]) is None

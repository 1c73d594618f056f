"""The dialogue of an interview: questions on standard error, answers from standard input, one on each line."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO

import typer

from workbook.command.terminal import printable

if TYPE_CHECKING:
    from calc.interview import Interview, Step
    from calc.scenario.faults import Refused
    from calc.scenario.input_field import InputField

HOW = "Enter keeps what stands in brackets. ? says why something is asked, back goes back, stop ends and writes the scenario."
WIDEST = 100
LONGEST_LINE = 10_000


class Stopped(Exception):
    """No more answers are to come: the person said so, or the input ended."""


class Lines:
    """The answers. is_typed: by a person, who can be asked again; otherwise what cannot be read is refused."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self.number = stream, 0
        self.is_typed = stream.isatty()

    def next(self, prompt: str) -> str:
        """The next line without blanks around it. Raises Stopped where the input ends, Refused where it cannot be read."""
        from calc.scenario.faults import Refused, problem

        typer.echo(printable(prompt), err=True, nl=False)
        try:
            line = self._stream.readline(LONGEST_LINE)
        except UnicodeDecodeError:
            raise Refused("standard input", [problem("", "no text in UTF-8", "save the answers as UTF-8")]) from None
        except OSError as error:
            raise Refused("standard input", [problem("", f"cannot be read ({error.strerror or error})")]) from None
        self.number += 1
        if not self.is_typed:
            typer.echo(printable(line.strip()), err=True)
        if not line:
            raise Stopped
        return line.strip()

    def consents(self, question: str) -> bool:
        """Whether the person says yes. Raises Abort for anything else."""
        say(question)
        try:
            said = self.next("yes or no [no]: ").casefold()
        except Stopped:
            said = ""
        if said not in ("yes", "y"):
            typer.echo("nothing was written; -o OTHER.toml writes to another file", err=True)
            raise typer.Exit
        return True


def say(text: str, indent: int = 0) -> None:
    """A paragraph on standard error, wrapped to the width of the terminal."""
    width = min(shutil.get_terminal_size().columns, WIDEST)
    margin = " " * indent
    lines = textwrap.wrap(printable(text), max(width, 40), initial_indent=margin, subsequent_indent=margin)
    typer.echo("\n".join(lines), err=True)


def held(interview: Interview, lines: Lines) -> None:
    """Ask until nothing that is left could change the result. Raises Stopped and KeyboardInterrupt as they come."""
    say(HOW)
    said = ""
    while step := interview.step():
        said = _so_far(interview, step, said)
        typer.echo("", err=True)
        _ask(interview, step, lines)
    _so_far(interview, None, "")
    say(_why_it_ends(interview))


def _why_it_ends(interview: Interview) -> str:
    """Why nothing more is asked: nothing would change the result, or what could was left unknown."""
    from calc import catalogue
    from calc.what_if import MOST_QUESTIONS_NAMED

    now = interview.standing()
    if now is None:
        return ""
    if now.is_settled:
        return "Nothing that is still open would change it."
    first = ", ".join(f"“{catalogue.questions()[one.question].short}”" for one in now.ask[:MOST_QUESTIONS_NAMED])
    return f"Everything has been asked. What was left unknown could still change it, first: {first}."


def _ask(interview: Interview, step: Step, lines: Lines) -> None:
    """One step, until it is answered, skipped or taken back."""
    from calc.scenario.faults import Refused

    say(_question(step))
    does: dict[str, Callable[[], Any]] = {
        "": lambda: interview.take_default(step),
        "skip": lambda: interview.take_default(step),
        "back": interview.back,
        "?": lambda: _explain(step),
    }
    while True:
        typed = lines.next(_prompt(interview, step))
        word = typed.casefold()
        if word == "stop":
            raise Stopped
        if word == "unknown" and not step.question:
            word = "skip"
        try:
            does.get(word, lambda typed=typed: interview.answer(step, typed))()
        except Refused as refused:
            _refuse(refused, lines)
            continue
        if word != "?":
            return


def _refuse(refused: Refused, lines: Lines) -> None:
    """Say what is allowed; what no person typed is refused as a whole, lest the next line answer the wrong question."""
    if not lines.is_typed:
        from calc.scenario.faults import Refused

        raise Refused(f"standard input, line {lines.number}", refused.faults)
    for fault in refused.faults:
        say(str(fault), 2)


def _question(step: Step) -> str:
    from calc import catalogue
    from calc.scenario.schema import FIELDS
    from calc.what_if import decides

    if step.question:
        return f"{catalogue.questions()[step.question].text} ({decides(step.swing or 0)})"
    field = FIELDS[step.dotted]
    return f"{field.label}. {field.about}"


def _prompt(interview: Interview, step: Step) -> str:
    from calc.scenario.schema import FIELDS

    if step.question:
        return "yes, no or unknown [unknown]: "
    field = FIELDS[step.dotted]
    unit = f"{field.unit.replace('currency', interview.currency())} " if field.is_number else ""
    return f"{unit}[{_default(field, step.default)}]: "


def _default(field: InputField, value: Any) -> str:
    if value in (None, ""):
        return field.default_said or "empty"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _explain(step: Step) -> None:
    """Why it is asked, what it means, and by which source."""
    from calc.interview import deciding_fields, why_asked
    from calc.scenario.schema import FIELDS

    if step.question:
        for sentence in why_asked(step.question):
            say(sentence, 2)
        return
    field = FIELDS[step.dotted]
    say(f"Allowed: {field.allowed()}; for example {field.example}.", 2)
    for found in deciding_fields():
        if found.dotted == step.dotted:
            low = "empty" if found.low is None else f"{found.low:,g}"
            say(
                f"Why: between {low} and {found.high:,g}, another path is recommended in {found.flips:.0%} of the cases, "
                f"and the cost of the same scope moves by USD {found.moves:,.0f} on average.",
                2,
            )


def _so_far(interview: Interview, step: Step | None, said: str) -> str:
    """Say what is recommended so far and how firmly, unless that was just said."""
    from calc.what_if import how_firm

    now = interview.standing()
    if now is None or (step and not step.question and now.path is None):
        return said
    firmness = how_firm({"recommendation": {"holds": now.holds, "ask": now.ask}})
    text = " ".join([f"So far: {now.headline}.", *firmness])
    if text != said:
        say(text)
    return text

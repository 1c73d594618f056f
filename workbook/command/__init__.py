"""The command `engagement`: one module per subcommand, each of which imports its work only when it runs.

A new subcommand is a module with one function, and a line in `SUBCOMMANDS`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated

import typer

from workbook.command import streams
from workbook.command.addin import addin
from workbook.command.ask import ask
from workbook.command.batch import batch
from workbook.command.build import build
from workbook.command.calc import calc
from workbook.command.calibrate import calibrate
from workbook.command.check import check
from workbook.command.design import design
from workbook.command.diff import diff
from workbook.command.examples import examples_of
from workbook.command.explain import explain
from workbook.command.facts import FactsCommand, facts
from workbook.command.mail import mail
from workbook.command.merge import merge
from workbook.command.new import new
from workbook.command.outcome import Subcommands, not_written
from workbook.command.quotes import quotes
from workbook.command.read import read
from workbook.command.sensitivity import sensitivity
from workbook.command.streams import OutputError
from workbook.command.track import track
from workbook.files.collecting import uncollected_to_the_end

# In the order in which --help lists them.
SUBCOMMANDS = (
    ask,
    new,
    quotes,
    calc,
    explain,
    design,
    build,
    batch,
    merge,
    read,
    check,
    diff,
    mail,
    sensitivity,
    calibrate,
    track,
    facts,
)

# Those that may run for hours, and let go of what they made on the way.
LASTING = ("batch", "merge", "mail")

# What takes time in every process and serves nothing here: threads for linear algebra, which no formula uses and which wait by
# spinning, and plugins of pydantic, which are looked for in all that is installed.
SPARED = {"OPENBLAS_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "__all__"}


def _version(wanted: bool) -> None:
    if wanted:
        from calc import __version__

        typer.echo(f"engagement {__version__}")
        raise typer.Exit


def engagement(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an internal error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """What a freelancer, a team, a vendor or a mix of them really costs for a software project, and which to choose.

    Start with: engagement ask project.toml, then engagement calc project.toml. SCENARIO is a file or - for
    standard input. Results go to standard output, messages to standard error.

    Exit codes: 0 done; 1 internal error, or output that cannot be written; 2 usage; 3 some rows of a batch failed; 4
    input refused; 5 check found differences, or addin doctor found a fault; 6 some mail was not sent; 130 interrupted.
    """


def _with(subcommands: Iterable[Callable], groups: Mapping[str, typer.Typer]) -> typer.Typer:
    """The command with these subcommands and groups of them."""
    made = typer.Typer(
        cls=Subcommands,
        # Without rich: help has to answer at once.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(engagement)
    for subcommand in subcommands:
        form = FactsCommand if subcommand is facts else None
        made.command(cls=form, epilog=examples_of(subcommand.__name__))(subcommand)
    for name, group in groups.items():
        made.add_typer(group, name=name)
    return made


app = _with(SUBCOMMANDS, {"addin": addin})


def _asked(words: Sequence[str]) -> typer.Typer:
    """The command as these words need it: to make the options of all subcommands takes longer than most of them."""
    asked = [subcommand for subcommand in SUBCOMMANDS if words and subcommand.__name__ == words[0]]
    return _with(asked, {}) if asked else app


def main() -> None:
    """The entry point: runs the command line of this process."""
    streams.prepare()
    os.environ.update(SPARED | os.environ)
    if {*LASTING}.isdisjoint(sys.argv[1:]):
        # To look for what does not live to its end takes a twentieth of its time.
        uncollected_to_the_end()
    ended: SystemExit | None = None
    try:
        _asked(sys.argv[1:])(prog_name="engagement")
    except SystemExit as end:
        ended = end
    except (OutputError, BrokenPipeError) as error:  # in --help or --version, before any subcommand runs
        sys.exit(not_written(error))
    try:
        sys.stdout.flush()
    except (OutputError, BrokenPipeError) as error:
        sys.exit(not_written(error))
    if ended is not None:
        raise ended

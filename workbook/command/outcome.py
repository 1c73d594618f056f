"""How a subcommand ends: what went wrong as a sentence, and the exit code for it."""

from __future__ import annotations

import errno
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from workbook.command.streams import OutputError, discard_output

# That of click, which newer releases of typer keep to themselves.
Context = Any
DONE, INTERNAL, NOT_WRITTEN, USAGE, SOME_FAILED, REFUSED, INTERRUPTED = 0, 1, 1, 2, 3, 4, 130


class Subcommands(TyperGroup):
    """The group of all subcommands; `--debug` may stand anywhere on the line."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        options = args[: args.index("--")] if "--" in args else args
        if "--debug" in options[1:]:
            args = ["--debug", *(arg for at, arg in enumerate(args) if arg != "--debug" or at >= len(options))]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Context) -> Any:
        """Run the subcommand; whatever it raises becomes a message on standard error and an exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except KeyboardInterrupt:
            typer.echo("interrupted", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except (OutputError, BrokenPipeError) as error:
            raise typer.Exit(not_written(error)) from None
        except Exception as error:
            if not _is_ours(error):
                _fit(error)
                raise
            raise typer.Exit(_reported(error, bool(ctx.params.get("debug")))) from None


def _is_ours(error: Exception) -> bool:
    """Whether it is for us to report: not a usage error or an exit, which typer handles."""
    return not isinstance(error, typer.Exit | typer.Abort | EOFError) and not hasattr(error, "exit_code")


def _reported(error: Exception, debug: bool) -> int:
    from calc.scenario.faults import Refused
    from workbook.command.terminal import printable
    from workbook.files.saving import NAME_ERRORS, WriteError
    from workbook.files.temporary import TemporaryError

    if isinstance(error, Refused):
        typer.echo("\n".join(_fitting(printable(line)) for line in str(error).split("\n")), err=True)
        return REFUSED
    if isinstance(error, WriteError):
        typer.echo(_fitting(printable(str(error))), err=True)
        return error.code
    if isinstance(error, TemporaryError):
        typer.echo(_fitting(printable(str(error))), err=True)
        return NOT_WRITTEN
    if isinstance(error, OSError) and error.errno == errno.EPIPE:
        return not_written(error)
    if isinstance(error, OSError) and error.errno in NAME_ERRORS and error.filename:
        typer.echo(_fitting(printable(f"{error.filename}: {error.strerror}")), err=True)
        return USAGE
    return _internal(error, debug)


def _fitting(line: str) -> str:
    """A line broken at blanks to the width of the terminal; elsewhere whole, for programs that read it."""
    import shutil
    import textwrap

    if not sys.stderr.isatty():
        return line
    width = max(shutil.get_terminal_size().columns, 40)
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    broken = textwrap.wrap(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )
    return "\n".join(broken)


def _fit(error: Any) -> None:
    """Break the message of a usage error, which typer shows, to the width of the terminal."""
    if hasattr(error, "format_message"):
        begin = "Error: "
        message = _fitting(begin + error.format_message()).removeprefix(begin)
        error.format_message = lambda: message


def _internal(error: Exception, debug: bool) -> int:
    import traceback

    from workbook.command.log import logged
    from workbook.command.terminal import printable

    whole = "".join(traceback.format_exception(error))
    if debug:
        typer.echo(whole, err=True)
    what = printable(f"{type(error).__name__}: {error}".split("\n")[0])[:200]
    typer.echo(f"internal error, {what}; details: {logged(whole)}", err=True)
    return INTERNAL


def not_written(error: Exception) -> int:
    """The exit code where standard output takes nothing more. A reader that has read enough is not an error."""
    discard_output()
    if not isinstance(error, OutputError):
        return DONE
    typer.echo(str(error), err=True)
    return NOT_WRITTEN

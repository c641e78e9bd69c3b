"""The command table. Each command's module is loaded when it is called, so that `slipcast status` starts without the encoder."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from slipcast.errors import SlipcastError

#: command -> (module in faces, help line); the order is the order of the work
COMMANDS = {
    "demo": ("do_demo", "Run the worked case: ingest it, print status and forecast, write the report."),
    "ingest": ("do_ingest", "Read documents or registers and append what they state to the ledger."),
    "read": ("do_read", "Print the statements in documents, without a ledger."),
    "dates": ("do_dates", "Print the date phrases in documents, as EDTF."),
    "status": ("do_status", "Show each programme's milestones as they were known on a day."),
    "forecast": ("do_forecast", "Show when each milestone to come will really arrive."),
    "explain": ("do_explain", "Show the sentences that each number rests on."),
    "changes": ("do_changes", "Show what became known since a day: new, moved, contradicted, retracted."),
    "review": ("do_review", "List what is uncertain, with its sentences; accept, reject, join, split."),
    "report": ("do_report", "Write one self-contained HTML page with status, forecasts and evidence."),
    "export": ("do_export", "Write statements, a trade register, FtM entities, a calendar or a project file."),
    "predict": ("do_predict", "Predict arrival for a panel of promises (CSV)."),
    "judge": ("do_judge", "Record your own forecast beside the model's, or show how judgements did."),
    "backtest": ("do_backtest", "Replay case histories month by month and score the forecasts."),
    "calibrate": ("do_calibrate", "Fit the reference classes anew from promise panels."),
    "verify": ("do_verify", "Check every hash, span and link of the ledger."),
}


#: typer carries its own copy of click; its root of usage faults is reached through a name that typer makes public
UsageFault: Any = typer.BadParameter.__mro__[2]


class Table(TyperGroup):
    """A group that imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command itself, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"slipcast.faces.{COMMANDS[cmd_name][0]}")
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(cmd_name)(module.run)
        return typer.main.get_command(app)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """The list of commands, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _front(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Who promised which delivery by when, what is it waiting for, and when will it really arrive?"""
    if version:
        typer.echo(f"slipcast {importlib.import_module('slipcast').__version__}")
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def group() -> Any:
    """The whole command line as one command object."""
    app = typer.Typer(cls=Table, add_completion=False, rich_markup_mode=None, invoke_without_command=True)
    app.callback()(_front)
    return typer.main.get_command(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0, 1 (it failed), 2 (asked wrongly), 130 (interrupted)."""
    # linear algebra in one thread: more would take the processor from the encoder, a quarter of the speed, measured
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        outcome = _flushed(group().main(args=given, prog_name="slipcast", standalone_mode=False))
        return outcome if isinstance(outcome, int) else 0
    except SlipcastError as error:
        return complain(str(error), error.exit_code)
    except UsageFault as fault:
        return complain(f"{fault.format_message()}; see slipcast --help", 2)
    except (KeyboardInterrupt, typer.Abort):
        return complain("interrupted; what was finished is kept, run the same command again to go on", 130)
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # nothing more is wanted; flushing would fail again
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return complain(
            f"{where}{error.strerror or error}; check that it exists, may be written, and that the disk has room", 2
        )


def _flushed(outcome: Any) -> Any:
    sys.stdout.flush()  # a full disk is told here, not at exit, when nobody can say it any more
    return outcome


def complain(line: str, code: int) -> int:
    """One line on standard error; returns the exit code."""
    typer.echo(f"slipcast: {' '.join(line.split())}", err=True)
    return code


def entry() -> None:
    """The console script."""
    sys.exit(main())

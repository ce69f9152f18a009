"""The command `lanmu`: finds the sub-commands, and turns whatever a user can mend into one clear line a problem."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from keyword import iskeyword

import click

from monitor.model.mendable import Mendable
from texts.catalogue import language_of, translations
from texts.plain import plain

BAD_USAGE = 2
LINE = 1000  # characters of a line of error; it may name what others wrote
COMMANDS = {
    "check": "cli.check",
    "extract": "cli.extract",
    "try": "cli.trying",
    "home": "cli.home",
    "demo": "cli.demo",
    "init": "cli.init",
    "once": "cli.once",
    "run": "cli.run",
    "worker": "cli.run",
    "beat": "cli.run",
    "status": "cli.status",
    "columns": "cli.columns",
    "concerns": "cli.concerns",
    "probes": "cli.probes",
    "inspect": "cli.inspect",
    "advice": "cli.advice",
    "explain": "cli.explain",
    "evidence": "cli.evidence",
    "baseline": "cli.baseline",
    "purge": "cli.purge",
    "policy": "cli.policy",
    "judge": "cli.judging",
    "suspicions": "cli.suspicions",
}


class Late(click.Group):
    """Imports a sub-command when it is asked for: `lanmu extract` needs no database and no queue."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name]), f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        assert isinstance(command, click.Command)
        return command


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        compiled = import_module("monitor.extract").COMPILED
        click.echo(f"lanmu {version('lanmu')} (reader: {'compiled' if compiled else 'Python'})")
        ctx.exit()


@click.group(cls=Late, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def lanmu() -> None:
    """Lanmu 栏目 watches the columns of government websites and reminds the officer who answers for each site.

    \b
    To try it:      lanmu demo
    Any web page:   lanmu check https://www.example.com/news/
    Your own watch: lanmu init DIR, then lanmu once --config DIR
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; the exit code is 2 for what a user can mend, with one line a problem and no traceback."""
    try:
        code = lanmu.main(arguments, prog_name="lanmu", standalone_mode=False)
    except click.UsageError as error:
        _complain(_usage(error))
    except click.ClickException as error:
        _complain(error.format_message())
    except Mendable as error:
        _complain(error.said(translations(language_of(os.environ)).gettext))
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone; so do we, quietly
        sys.exit(0)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _usage(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "lanmu"
    return f"{error.format_message().rstrip('.')} (see {path} --help)"


def _complain(text: str) -> None:
    for line in text.splitlines():
        click.echo(f"lanmu: {plain(line, limit=LINE)}", err=True)
    sys.exit(BAD_USAGE)


if __name__ == "__main__":
    main()

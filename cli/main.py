"""The command `lanmu`: gathers the sub-commands, and turns whatever goes wrong into one clear line."""

import os
import sys
from collections.abc import Sequence

import click

from cli.baseline import baseline
from cli.check import check
from cli.demo import demo
from cli.extract import extract
from cli.init import init
from cli.once import once
from cli.run import beat, run, worker
from cli.status import status
from config.problems import ConfigError
from monitor.edge.database import DatabaseDown
from tasks.embedded import BrokerDown
from tasks.parent import GaveUp
from tasks.running import Busy, NoState
from tasks.wiring import BadNetworks

BAD_USAGE = 2
CLEAR = (ConfigError, DatabaseDown, BrokerDown, GaveUp, Busy, NoState, BadNetworks)  # their text says what to do


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="lanmu", message="%(prog)s %(version)s")
def lanmu() -> None:
    """Lanmu 栏目 watches the columns of government websites and reminds the officer who answers for each site.

    \b
    To try it:      lanmu demo
    Any web page:   lanmu check https://www.example.com/news/
    Your own watch: lanmu init DIR, then lanmu once --config DIR
    """


for command in (check, extract, demo, init, once, run, worker, beat, status, baseline):
    lanmu.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; the exit code is 2 for what a user can mend, with one line a problem and no traceback."""
    try:
        code = lanmu.main(arguments, prog_name="lanmu", standalone_mode=False)
    except click.UsageError as error:
        _complain(_usage(error))
    except click.ClickException as error:
        _complain(error.format_message())
    except CLEAR as error:
        _complain(str(error))
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
        click.echo(f"lanmu: {line}", err=True)
    sys.exit(BAD_USAGE)


if __name__ == "__main__":
    main()

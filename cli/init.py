"""`lanmu init`: a commented example of the admins' folder."""

from pathlib import Path

import click

from config.init import write_example


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init(folder: Path) -> None:
    """Write a commented example of an admins' folder into DIR."""
    for path in write_example(folder):
        click.echo(f"wrote {path}")
    click.echo(f"Edit sites/example.yaml, then try: lanmu once --config {folder}")

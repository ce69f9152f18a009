"""`lanmu policy show`: what a preset asks of each category of column, and which document says so."""

from gettext import NullTranslations
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from cli.options import environment, json_line, json_option, terminal, translated
from config.load import load_settings
from config.policy import CN_2019, duty_for, policy_for, presets
from monitor.model.policy import Policy, Veto, VetoKind
from monitor.model.register import Duty
from tasks.wiring import config_folder
from texts.duties import duty_text, sureness_text, warning_text, window_text
from texts.words import category_text, rule_text


@click.group()
def policy() -> None:
    """Show the official rules."""


@policy.command()
@click.argument("preset", required=False, type=click.Choice(presets()))
@click.option("--config", "config_dir", type=click.Path(path_type=Path), help="Show the preset of this folder.")
@json_option
def show(preset: str | None, config_dir: Path | None, as_json: bool) -> None:
    """Show what PRESET asks of each category of column, its vetoes, the documents, and how sure each number is.

    \b
    lanmu policy show
    lanmu policy show cn-2015
    """
    chosen = policy_for(preset or _preset_of(config_dir))
    if as_json:
        click.echo(json_line(policy_row(chosen)))
    else:
        print_policy(chosen)


def _preset_of(folder: Path | None) -> str:
    if folder is None:
        return CN_2019
    environ = environment(folder)
    return load_settings(config_folder(environ), environ).preset


def policy_row(policy: Policy) -> dict[str, object]:
    duties = {category: duty_for(category, preset=policy.preset) for category in policy.categories}
    return {
        "preset": policy.preset,
        "version": policy.version,
        "categories": [
            {
                "category": rule.category,
                "zh": rule.zh,
                "duty": duties[rule.category].line,
                "source": rule.source,
                "sureness": rule.sureness.value,
                "veto_group": rule.veto_group and rule.veto_group.value,
                "first_level_only": rule.first_level_only,
            }
            for rule in policy.categories.values()
        ],
        "vetoes": [_veto_row(veto) for veto in policy.vetoes],
        "documents": [{"id": key, "number": d.number or None, "name": d.name} for key, d in policy.documents.items()],
    }


def _veto_row(veto: Veto) -> dict[str, object]:
    return {
        "id": veto.id,
        "zh": veto.zh,
        "kind": veto.kind.value,
        "at_least": veto.at_least,
        "warn_at": veto.warn_at,
        "source": veto.source,
        "sureness": veto.sureness.value,
    }


def print_policy(policy: Policy) -> None:
    t = translated()
    console = terminal()
    title = t.gettext("Preset %(preset)s, version %(version)s")
    console.print(Text(title % {"preset": policy.preset, "version": policy.version}, style="bold"))
    console.print(_categories(policy))
    if policy.vetoes:
        console.print(_vetoes(policy))
    console.print(Text(sureness_text(t)))


def _categories(policy: Policy) -> Table:
    t = translated()
    table = Table(box=None, pad_edge=False)
    for head in (t.gettext("Category"), t.gettext("Duty"), t.gettext("Rule"), t.gettext("Sure")):
        table.add_column(head, overflow="fold")
    for rule in policy.categories.values():
        duty: Duty = duty_for(rule.category, preset=policy.preset)
        name = f"{rule.category} {category_text(rule.category, t)}"
        table.add_row(name, duty_text(duty, t), rule_text(rule.source, t), rule.sureness.value)
    return table


def _vetoes(policy: Policy) -> Table:
    t = translated()
    table = Table(box=None, pad_edge=False)
    for head in ("", t.gettext("Veto"), t.gettext("Line"), t.gettext("Warning"), t.gettext("Rule"), t.gettext("Sure")):
        table.add_column(head, overflow="fold")
    for veto in policy.vetoes:
        warning = "" if veto.warn_at is None else warning_text(veto.kind, veto.warn_at, t)
        table.add_row(veto.id, veto.zh, _line(veto, t), warning, veto.source, veto.sureness.value)
    return table


def _line(veto: Veto, t: NullTranslations) -> str:
    if veto.kind is VetoKind.BY_HAND:
        return t.gettext("found by a person")
    if veto.at_least is None:
        return t.gettext("no entry within %s") % window_text(veto.window, t) if veto.window else ""
    return warning_text(veto.kind, veto.at_least, t)

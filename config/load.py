"""Reads the admins' folder: a whole book, or all that is wrong with it. Nothing is ever half loaded."""

from collections.abc import Mapping
from pathlib import Path

from config.book import Book, Settings
from config.calendars import Calendars, load_calendars
from config.checks import Agreement, calendar_problems, column_problems, hour_problems, without_site
from config.duties import Duties, PolicyFile
from config.files import File, documents_of, tidied, unreadable, validated
from config.join import hours_of, recipe_from, settings_from, site_from, unit_from
from config.points import supplied
from config.policy import policy_for
from config.problems import ConfigError, Problem, Wrong, quoted
from config.schema import RecipeFile, SettingsFile, SiteFile, UnitFile
from config.secrets import secret, secret_problems
from monitor.model.mendable import phrase
from monitor.model.policy import Policy
from monitor.model.register import Recipe, Site, Unit

SETTINGS_FILE = "lanmu.yaml"
POLICY_FILE = "policy.yaml"
SITES_FOLDER = "sites"
PASSWORD, PASSWORD_FILE = "LANMU_SMTP_PASSWORD", "LANMU_SMTP_PASSWORD_FILE"


def load(folder: Path, environ: Mapping[str, str]) -> Book:
    """The book of the admins' folder. Raises ConfigError with the problems of all its files."""
    settings, problems = _settings(folder, environ)
    duties, wrong = _duties(folder, settings.preset)
    calendars, wrong_days = load_calendars(folder)
    problems += [*wrong, *wrong_days]
    sites: list[Site] = []
    units: dict[str, Unit] = {}
    agreement = Agreement()
    for path in _site_paths(folder, problems):
        files, wrong = _read_sites(path, agreement, calendars, settings, environ)
        problems += wrong
        for file in [] if problems else files:
            units.setdefault(file.unit, unit_from(file))
            if isinstance(file, SiteFile):
                sites.append(site_from(file, settings, duties))
    if problems:
        raise ConfigError(problems)
    return Book(folder=folder.absolute(), settings=settings, sites=tuple(sites), units=tuple(units.values()))


def load_settings(folder: Path, environ: Mapping[str, str]) -> Settings:
    """What `lanmu.yaml` alone says, for those who need no register. Raises ConfigError."""
    settings, problems = _settings(folder, environ)
    if problems:
        raise ConfigError(problems)
    return settings


def load_policy(folder: Path, environ: Mapping[str, str]) -> Policy:
    """The policy of the folder: its preset, with the points that `policy.yaml` supplies. Raises ConfigError."""
    settings, problems = _settings(folder, environ)
    file, wrong = _single(folder, POLICY_FILE, PolicyFile)
    if problems or wrong or file is None:
        raise ConfigError([*problems, *wrong])
    return supplied(policy_for(settings.preset), file)


def calendars_of(folder: Path) -> Calendars:
    """The calendars of the folder `calendar` alone. Raises ConfigError."""
    calendars, problems = load_calendars(folder)
    if problems:
        raise ConfigError(problems)
    return calendars


def load_recipe(path: Path) -> Recipe:
    """The recipe of a file of its own. Raises ConfigError."""
    name = str(path)
    documents, problems = documents_of(path, name)
    if not problems and len(documents) != 1:
        wrong = Wrong(phrase("the file holds no recipe, or several"), phrase("write “recipe:” and its lines below it"))
        problems.append(Problem.of(name, wrong, line=1, column=1))
    if not problems:
        file, problems = validated(documents[0], RecipeFile)
        if file:
            return recipe_from(file.recipe)
    raise ConfigError(problems)


def _settings(folder: Path, environ: Mapping[str, str]) -> tuple[Settings, list[Problem]]:
    """The settings, and what is wrong with them; where the file is wrong they are the defaults."""
    read, problems = _single(folder, SETTINGS_FILE, SettingsFile)
    file = read or SettingsFile()
    try:
        password = secret(PASSWORD, environ)
    except Wrong as wrong:
        return settings_from(file, folder, environ, None), [*problems, Problem.of(PASSWORD_FILE, wrong)]
    mail = file.mail
    if mail and mail.mode == "live" and mail.username and not password:
        what = phrase("live mail as {user} needs a password", user=quoted(mail.username))
        mend = phrase("set {name} or {file} in the environment", name=PASSWORD, file=PASSWORD_FILE)
        problems.append(Problem.of(SETTINGS_FILE, Wrong(what, mend)))
    return settings_from(file, folder, environ, password), problems


def _duties(folder: Path, preset: str) -> tuple[Duties, list[Problem]]:
    file, problems = _single(folder, POLICY_FILE, PolicyFile)
    return (Duties(preset=preset, categories=file.categories, groups=file.groups) if file else Duties()), problems


def _single(folder: Path, name: str, model: type[File]) -> tuple[File | None, list[Problem]]:
    """A file of one document, which may be absent or hold nothing but comments; None where it is wrong."""
    nothing = model.model_validate({})
    if not (folder / name).exists():
        return nothing, []
    documents, problems = documents_of(folder / name, name)
    for second in documents[1:2]:
        wrong = Wrong(phrase("a second document begins here"), phrase("keep one in this file: remove the “---”"))
        line, column = second.place(())
        problems.append(Problem.of(name, wrong, line=line, column=column))
    if not documents or documents[0].data is None:
        return nothing, tidied(problems, [])
    file, more = validated(documents[0], model)
    return file, tidied(problems, more)


def _site_paths(folder: Path, problems: list[Problem]) -> list[Path]:
    """The site files, in the order of their names."""
    example = phrase("make an example with: lanmu init {folder}", folder=folder)
    if not folder.is_dir():
        problems.append(Problem.of(str(folder), Wrong(phrase("there is no such folder"), example)))
        return []
    try:
        held = sorted((folder / SITES_FOLDER).iterdir())
    except OSError as error:
        problems.append(Problem.of(SITES_FOLDER, Wrong(unreadable(error), example)))
        return []
    paths = [path for path in held if path.suffix in (".yaml", ".yml") and not path.name.startswith(".")]
    if not paths:
        problems.append(Problem.of(SITES_FOLDER, Wrong(phrase("the folder holds no .yaml file"), example)))
    return paths


def _read_sites(
    path: Path, agreement: Agreement, calendars: Calendars, settings: Settings, environ: Mapping[str, str]
) -> tuple[list[SiteFile | UnitFile], list[Problem]]:
    """The sites and units of one file, and all that is wrong with them."""
    name = f"{SITES_FOLDER}/{path.name}"
    documents, problems = documents_of(path, name)
    if not documents and not problems:
        wrong = Wrong(phrase("the file is empty"), phrase("describe a site in it, or remove it"))
        problems.append(Problem.of(name, wrong, line=1, column=1))
    files: list[SiteFile | UnitFile] = []
    wrong_values: list[Problem] = []
    for document in documents:
        model: type[SiteFile | UnitFile] = UnitFile if without_site(document) else SiteFile
        file, more = validated(document, model)
        wrong_values += [*more, *column_problems(document), *agreement.problems(document)]
        wrong_values += calendar_problems(document, calendars.knows)
        if file:
            wrong_values += secret_problems(document, environ)
            if isinstance(file, SiteFile):
                wrong_values += hour_problems(document, hours_of(file), settings.hours)
            files.append(file)
    return files, tidied(problems, wrong_values)

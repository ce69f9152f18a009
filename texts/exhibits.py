"""The words for what is kept of a look: what each answer was, and whether it is as it came."""

from gettext import NullTranslations

from monitor.model.evidence import BodyState, ExhibitKind


def kind_text(kind: ExhibitKind, t: NullTranslations) -> str:
    match kind:
        case ExhibitKind.PAGE:
            return t.gettext("page of the column")
        case ExhibitKind.FEED:
            return t.gettext("feed")
        case ExhibitKind.DATA:
            return t.gettext("data that the page's script asks for")
        case ExhibitKind.ARTICLE:
            return t.gettext("page of an entry")


def body_text(state: BodyState, t: NullTranslations) -> str:
    match state:
        case BodyState.INTACT:
            return t.gettext("as it came")
        case BodyState.ALTERED:
            return t.gettext("NOT as it came: its SHA-256 is another")
        case BodyState.MISSING:
            return t.gettext("it was kept, and is not there any more")
        case BodyState.NOT_KEPT:
            return t.gettext("too large to be kept")

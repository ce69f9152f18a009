"""How signs of dishonest dates are said: as what was seen, never as a charge."""

from gettext import NullTranslations

from monitor.model.honesty import Sign, Suspicion


def sign_text(found: Suspicion, t: NullTranslations) -> str:
    """What was noticed, with the older days that speak against it."""
    days = ", ".join(str(day) for day in found.known[:5])
    words = _sign(found.sign, t)
    return f"{words} ({days})" if days else words


def _sign(sign: Sign, t: NullTranslations) -> str:
    match sign:
        case Sign.REDATED:
            return t.gettext("we had read it before the day that it now shows; its day was then")
        case Sign.AGAINST_ADDRESS:
            return t.gettext("its address tells an earlier day")
        case Sign.NEW_ADDRESS:
            return t.gettext("a known text under a new address and with a new day; its day was")
        case Sign.BURST:
            return t.gettext("many entries on one day after a long silence; the last before it")
        case Sign.BURST_BEFORE_INSPECTION:
            return t.gettext("many entries on one day around an inspection, after a long silence; the last before it")
        case Sign.TICKING:
            return t.gettext("its day is that of each reading; it began with")
        case Sign.BACKDATED:
            return t.gettext("it appeared long after its day, and the list had been read since; its newest was then")


def decision_text(decision: str, t: NullTranslations) -> str:
    """What a person has decided."""
    return {
        "open": t.gettext("to be checked by a person"),
        "confirmed": t.gettext("confirmed: the day does not count"),
        "dismissed": t.gettext("dismissed: the day counts"),
    }[decision]

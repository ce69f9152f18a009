"""Tells an answer to a data call that is no data: a login page, a challenge, an error in JSON, HTML in its place.

A page that got such an answer may say that its list is empty. That is not the column's doing: it is a trouble.
"""

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from monitor.extract.data import parsed
from monitor.extract.decode import decode
from monitor.extract.nolist import LOGIN, no_list
from monitor.extract.seen import title_of
from monitor.extract.tree import grow, shallow
from monitor.model.reading import Page, Trouble, TroubleKind

_REFUSALS = frozenset({TroubleKind.BLOCKED, TroubleKind.LOGIN, TroubleKind.ERROR_PAGE, TroubleKind.MAINTENANCE})
_MARKUP = re.compile(r"\s*<", re.ASCII)
_DOCUMENT = re.compile(r"\s*(?:<\?xml[^<>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_PAGES = re.compile(r"(?:/|\.[sx]?html?)\Z", re.IGNORECASE)  # an address of which HTML is to be expected
_JSON = re.compile(r"[/+]json\b", re.IGNORECASE)
_HTML = re.compile(r"\bhtml\b", re.IGNORECASE)
_STATUS = re.compile(r"(?:status|err(?:or)?|ret(?:urn)?|result|resp(?:onse)?)?_?(?:code|no)|status|ret", re.IGNORECASE)
_MESSAGE = re.compile(r"(?:err(?:or)?|ret(?:urn)?|result|status)?_?(?:msg|message|info|desc)|error", re.IGNORECASE)
_FAILED = re.compile(
    r"失败|错误|异常|出错|无权|没有权限|权限不足|未授权|非法|过期|失效|超时|拒绝|繁忙|频繁|验证码|签名"
    r"|\b(?:fail|error|exception|denied|forbidden|unauthori[sz]ed|invalid|expired|timeout|illegal)",
    re.IGNORECASE,
)
_LOGIN_CODES = frozenset({401, 403})
_ERROR_CODES = range(400, 600)


def no_data(page: Page, *, accept: str = "*/*") -> Trouble | None:
    """Why what a call brought is no data, or None where it may be. `accept` is what the call asked for."""
    text = decode(page)
    if not text.strip("\ufeff \t\r\n"):
        return Trouble(kind=TroubleKind.UNREADABLE, detail="an empty answer") if page.status != 204 else None
    data = parsed(text)
    if data is not None:
        return _refusal_in(data)
    if _MARKUP.match(text):
        return _refusal_of(page, text, accept)
    broken = _JSON.search(page.headers.get("content-type", ""))
    return Trouble(kind=TroubleKind.UNREADABLE, detail="broken JSON") if broken else None


def _refusal_of(page: Page, text: str, accept: str) -> Trouble | None:
    source = shallow(text)
    meant = no_list(grow(LexborHTMLParser(source)), title_of(text), source)
    if isinstance(meant, Trouble) and meant.kind in _REFUSALS:
        return meant
    if _DOCUMENT.match(text) and not _expects_html(page, accept):
        return Trouble(kind=TroubleKind.UNREADABLE, detail="an HTML page where data was expected")
    return None


def _expects_html(page: Page, accept: str) -> bool:
    """Whether the call may have meant a page: it says so, or asks for anything at an address of pages."""
    if _HTML.search(accept):
        return True
    return not _JSON.search(accept) and bool(_PAGES.search(urlsplit(page.url).path))


def _refusal_in(data: object) -> Trouble | None:
    """JSON that says of itself that the call failed: by a code of HTTP's, `success: false`, or words in a message."""
    if not isinstance(data, dict):
        return None
    said = " ".join(str(v)[:200] for k, v in data.items() if _MESSAGE.fullmatch(str(k)) and isinstance(v, str))
    codes = {int(str(v)) for k, v in data.items() if _STATUS.fullmatch(str(k)) and re.fullmatch(r"-?\d{1,6}", str(v))}
    if LOGIN.search(said) or codes & _LOGIN_CODES:
        return Trouble(kind=TroubleKind.LOGIN, detail=said[:120])
    failed = data.get("success") is False or any(code in _ERROR_CODES or code < 0 for code in codes)
    if failed or _FAILED.search(said):
        return Trouble(kind=TroubleKind.ERROR_PAGE, detail=said[:120])
    return None

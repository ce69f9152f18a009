"""Why a page shows no list: it says that it is empty, a script would fill it, or it is no listing at all."""

import re
from collections.abc import Sequence

from monitor.extract.own import of_another_box
from monitor.extract.tree import Tree
from monitor.model.reading import Listing, Trouble, TroubleKind

EMPTY = re.compile(
    r"暂无|暫無|没有(?:找到|相关|符合|数据|内容|记录)"
    r"|沒有(?:找到|相關|符合|資料)|未找到|无数据|无相关|查無|查无|共\s?0\s?[条篇项]|no (?:results?"
    r"|records?|entries|items|data|news|posts|articles|matching|matches)\b"
    r"|nothing (?:was )?found|not? found any|0 results|did not match|there (?:are|is) (?:currently )?no\b"
    r"|returned no|keine (?:ergebnisse|treffer|einträge)|aucun (?:résultat|article)"
    r"|no se (?:han )?encontra"
    r"|sin resultados|cap resultat|no s'han trobat|nessun risultato|nenhum resultado|ничего не найдено"
    r"|нет (?:данных|записей)|없습니다|결과가 없|ありません|見つかりません",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    r"维护中|系统维护|升级改版|网站升级|under maintenance|scheduled maintenance|wartungsarbeiten"
    r"|en maintenance|점검 중|メンテナンス中",
    re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"checking your browser|attention required|access denied|cf-browser-verification|just a moment|captcha"
    r"|安全验证|人机验证|访问被拒绝|防火墙|创宇盾|云防护|拦截|请求被阻断|verify you are human|unusual traffic",
    re.IGNORECASE,
)
LOGIN = re.compile(
    r"请(?:先)?登录|请输入(?:用户名|密码)|统一身份认证|please (?:log|sign) in|log ?in to continue|sign in to",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"(?:error|http|错误|出错)\W{0,3}(?:404|50[0-4])|(?:404|50[0-4])\W{0,3}(?:error|错误|页面|not found)"
    r"|页面不存在|页面找不到"
    r"|找不到(?:该|您|页面)|无法找到|已(?:被)?删除|page (?:was )?not found|page cannot be found|internal server error"
    r"|bad gateway|service unavailable|错误页面|出错了|an error (?:has )?occurred",
    re.IGNORECASE,
)
_ERROR_TITLE = re.compile(r"\b404\b|\b50[0-4]\b|not found|错误页|\berror\b", re.IGNORECASE)
# Signs of a page that a script fills, in lower case. Plain words: they are looked for in the whole source.
_CALLS = (
    *("ng-repeat", "data-bind", "$.ajax", "$.get", "$.post", "$.getjson", "fetch(", "axios", "xmlhttprequest"),
    *("querylist", "/api/", "createapp", "new vue", "reactdom", "__nuxt__", "__next_data__", "datatable"),
    *("template-engine", "enable javascript", "启用javascript", ".load(", "getscript(", "layui", "<%="),
    *("&lt;%=", "text/x-", "text/template", 'type="module"', "type='module'", "loading", "spinner"),
)
# Surer signs: a template that stands unfilled, or the call that fills the list of a common system.
_FILLERS = ("v-for=", "ng-repeat=", "jpage", "page/build/unit", "unitbuild", "加载中", "正在加载", "로딩")
_TEMPLATE = re.compile(r"\{\{[\w.# /-]{1,60}\}\}|>\s{0,20}\$\{[\w.]{1,60}\}")
# Signs that a list stands somewhere after all: in a frame, or on the pages that a pager counts.
_ELSEWHERE = re.compile(
    r"<i?frame\b|共\s{0,3}(?:[2-9]|[1-9]\d{1,5})\s{0,3}页|共\s{0,3}(?:<[^<>]{0,60}>\s{0,3})?[1-9]\d{0,6}\s{0,3}(?:<[^<>]{0,60}>\s{0,3})?[条篇项]"
)
_MOST_SOURCE = 1_000_000
_SCRIPTS = re.compile(r"<script\b[^<>]{0,300}", re.IGNORECASE)
_APP = re.compile(r"(?:app|chunk|main|bundle|list)[^\s\"'<>]{0,60}\.js", re.IGNORECASE)
# A quick look before the slow one: the beginnings of what EMPTY finds, in lower case.
_EMPTY_WORDS = (
    *(
        "暂无",
        "暫無",
        "没有",
        "沒有",
        "未找到",
        "无数据",
        "无相关",
        "查無",
        "查无",
        "共0",
        "共 0",
        "없습니다",
        "결과가 없",
    ),
    *("ありません", "見つかりません", "no result", "no record", "no entr", "no item", "no data", "no news", "no post"),
    *("no article", "no match", "nothing", "not found", "not find", "0 results", "did not match", "there are"),
    *("there is", "returned no", "keine ", "aucun ", "no se ", "sin result", "cap result", "no s'han", "nessun "),
    *("nenhum ", "ничего", "нет "),
)
# A firewall's script that stands alone, with status 200. In a page that has words it is what the firewall left there.
_CHALLENGES = ("$_ts", "__jsl_clearance", "acw_sc__v2", "security_session_verify")
_SILENT = 40  # characters: a page with fewer is for scripts, not for people
_SHORT = 60
_MOST_TEXTS = 5000
_LITTLE = 1500  # characters: a page with no more is about its trouble


def says_empty(tree: Tree, records: Sequence[int], names: frozenset[str]) -> bool:
    """Whether a short text outside the records says that a list is empty: perhaps the one that was asked for.

    What stands under another name than one of the page's own `names` says it of another list.
    """
    short = [t for t, text in enumerate(tree.texts[:_MOST_TEXTS]) if len(text) < _SHORT]
    low = "\n".join([tree.texts[t] for t in short]).lower()
    if not any(word in low for word in _EMPTY_WORDS):
        return False
    inside = {t for record in records for t in range(tree.first[record], tree.end[record])}
    said = (t for t in short if t not in inside and EMPTY.search(tree.texts[t]))
    return any(not of_another_box(tree, t, names) for t in said)


def awaits_script(source: str) -> bool:
    """Whether the page surely has a place that a script fills."""
    source = source[:_MOST_SOURCE]
    low = source.lower()
    return any(word in low for word in _FILLERS) or bool(_TEMPLATE.search(source))


def calls(source: str) -> bool:
    """Whether a script of the page fetches something that could be a list."""
    low = source[:_MOST_SOURCE].lower()
    return awaits_script(source) or any(word in low for word in _CALLS)


def no_list(tree: Tree, title: str, source: str, names: frozenset[str] = frozenset()) -> Listing | Trouble:
    """Blank where the page says so; otherwise the trouble that hides the list."""
    text = " ".join(tree.texts)[:20_000]
    little = len(text) < _LITTLE
    if (little or len(title) < 60) and _BLOCKED.search(title if not little else title + " " + text):
        return Trouble(kind=TroubleKind.BLOCKED, detail=title[:120])
    if len(text) < _SILENT and any(word in source[:_MOST_SOURCE] for word in _CHALLENGES):
        return Trouble(kind=TroubleKind.BLOCKED, detail="a firewall's script in place of a page")
    if _MAINTENANCE.search(title) or (little and _MAINTENANCE.search(text)):
        return Trouble(kind=TroubleKind.MAINTENANCE, detail=title[:120])
    if _ERROR_TITLE.search(title) or (little and _ERROR.search(text)):
        return Trouble(kind=TroubleKind.ERROR_PAGE, detail=title[:120])
    if little and LOGIN.search(text):
        return Trouble(kind=TroubleKind.LOGIN, detail=title[:120])
    called = calls(source) or bool(_APP.search(" ".join(_SCRIPTS.findall(source[:_MOST_SOURCE])[:200])))
    if says_empty(tree, (), names) and not called and not _ELSEWHERE.search(source[:_MOST_SOURCE]):
        return Listing(entries=(), method="html", confidence=0.9, blank=True, title=title)
    if called:
        return Trouble(kind=TroubleKind.NEEDS_SCRIPT, detail="no list in the page, and a script that could bring it")
    return Trouble(kind=TroubleKind.UNREADABLE, detail="no list was found")


def unread(found: Listing | Trouble) -> Trouble:
    """The trouble of a page that shows another column's list: what it says of emptiness may be said of any."""
    if isinstance(found, Trouble):
        return found
    return Trouble(kind=TroubleKind.UNREADABLE, detail="only another column's list was found", hints=found.hints)

"""An answer to a data call is data, or says by what it is that it is none: then the page that asked lacks its list."""

import pytest

from monitor.extract import no_data
from monitor.model.reading import Page, TroubleKind

JSON = "application/json"
LOGIN = "<html><head><title>统一身份认证</title></head><body><form>请输入用户名 密码<input></form></body></html>"
PORTAL = "<!DOCTYPE html><html><head><title>清河县</title></head><body>" + "政务公开 办事服务 " * 200 + "</body></html>"
WALL = "<html><body><script>var $_ts=window['$_ts'];</script></body></html>"


def answered(body: str, content_type: str = "", *, url: str = "http://a.example/api/list", status: int = 200) -> Page:
    return Page(url=url, final_url=url, status=status, headers={"content-type": content_type}, body=body.encode())


@pytest.mark.parametrize(
    ("what", "body", "kind"),
    [
        ("a login page", LOGIN, TroubleKind.LOGIN),
        ("a firewall's script", WALL, TroubleKind.BLOCKED),
        ("a page that speaks of a missing one", "<html><title>404 Not Found</title></html>", TroubleKind.ERROR_PAGE),
        ("a page of maintenance", "<html><body>系统维护中，请稍后</body></html>", TroubleKind.MAINTENANCE),
        ("the home page in place of data", PORTAL, TroubleKind.UNREADABLE),
        ("JSON that asks for a login", '{"code": 500, "msg": "请先登录", "data": []}', TroubleKind.LOGIN),
        ("JSON with the code of a refusal", '{"code": "401", "data": null}', TroubleKind.LOGIN),
        ("JSON with the code of an error", '{"status": 502, "rows": []}', TroubleKind.ERROR_PAGE),
        ("JSON without success", '{"success": false, "rows": []}', TroubleKind.ERROR_PAGE),
        (
            "JSON whose message tells a failure",
            '{"ret": 1, "message": "令牌已过期"}',
            TroubleKind.ERROR_PAGE,
        ),
        ("JSON that breaks off", '{"rows": [{"title": "关于', TroubleKind.UNREADABLE),
        ("nothing at all", " \n", TroubleKind.UNREADABLE),
    ],
)
def test_what_is_no_data(what: str, body: str, kind: TroubleKind) -> None:
    found = no_data(answered(body, JSON), accept="application/json, text/plain, */*")
    assert found, what
    assert found.kind is kind, (what, found)


@pytest.mark.parametrize(
    ("what", "body", "accept"),
    [
        ("an empty list", '{"code": 200, "msg": "操作成功", "rows": [], "total": 0}', JSON),
        ("rows, with a code of the system's own", '{"code": 0, "data": [{"title": "关于出错数据的通知"}]}', JSON),
        ("a success that is said", '{"success": true, "errorCode": 0, "rows": []}', JSON),
        ("a bare array", "[]", JSON),
        ("JSONP", 'fill({"rows": []})', "*/*"),
        ("a count", "17", "*/*"),
        ("words", "ok", "*/*"),
        ("records of jpage", "<datastore><record><![CDATA[<li>1</li>]]></record></datastore>", "*/*"),
        ("a piece of HTML", "<ul><li><a href='/1.html'>关于第一批项目的通知</a>2026-03-01</li></ul>", "*/*"),
        ("a page, where one was asked for", PORTAL, "text/html, */*; q=0.01"),
    ],
)  # fmt: skip
def test_what_may_be_data(what: str, body: str, accept: str) -> None:
    assert no_data(answered(body), accept=accept) is None, what


@pytest.mark.parametrize("path", ["/list/index.html", "/list/", "/tpl/row.shtml"])
def test_a_call_for_anything_may_bring_a_page_from_an_address_of_pages(path: str) -> None:
    assert no_data(answered(PORTAL, url=f"http://a.example{path}")) is None
    assert no_data(answered(PORTAL, url=f"http://a.example{path}"), accept=JSON)


def test_an_answer_that_says_it_has_no_content_lacks_none() -> None:
    assert no_data(answered("", status=204)) is None

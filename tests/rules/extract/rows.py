"""The town of Qinghe, for tests: its entries, and pages made around a list of them."""

from datetime import date, timedelta

from monitor.extract import extract
from monitor.model.reading import Listing, Page, Trouble

TODAY = date(2026, 3, 18)
URL = "http://www.qinghe.example/tzgg/index.html"
TITLES = (
    "关于印发2026年政务公开工作要点的通知",
    "县人民政府关于调整部分领导分工的通知",
    "关于开展全县安全生产大检查的紧急通知",
    "清河县2025年国民经济和社会发展统计公报",
    "关于公布第三批非物质文化遗产名录的通知",
    "县财政局关于做好预算绩效管理工作的意见",
    "关于举办春季大型人才招聘会的公告",
    "清河县城区道路交通管制的通告",
)
DAYS = tuple(TODAY - timedelta(days=3 + 9 * i) for i in range(len(TITLES)))
ROWS = tuple((i, title, day) for i, (title, day) in enumerate(zip(TITLES, DAYS, strict=True)))

MENU = ("首页", "县情概况", "政务公开", "办事服务", "互动交流", "专题专栏", "数据开放", "信息公开指南")
HEAD = "<div><ul>" + "".join(f'<li><a href="/{i}/">{word}</a></li>' for i, word in enumerate(MENU)) + "</ul></div>"
FOOT = "<div>主办：县政府办公室 <a href='/about'>关于我们</a> <a href='/map'>网站地图</a> 更新日期 2026-03-18</div>"


def whole(body: str, title: str = "通知公告") -> str:
    """A page with menu and foot around `body`."""
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{HEAD}{body}{FOOT}</body></html>"


def seen(source: str) -> Listing | Trouble:
    """What is read from a page's source on the day of reading."""
    page = Page(url=URL, final_url=URL, status=200, headers={}, body=source.encode())
    return extract(page, today=TODAY)


def listed(source: str) -> Listing:
    """What is read from a source that holds a list."""
    found = seen(source)
    assert isinstance(found, Listing)
    return found

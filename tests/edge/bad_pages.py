"""Pages as bad servers show them, all written by us: each is what its name says, and not the column that was asked."""

LIST = "".join(
    f'<li><a href="/art/2026/3/art_{n}.html">市财政局发布第{n}期工作动态简报</a><span>2026-03-{17 - n:02}</span></li>'
    for n in range(9)
)
LINKS = "".join(f'<a href="/zwgk/{n}/">政务公开栏目第{n}类</a>' for n in range(12))


def page(title: str, body: str = "", head: str = "") -> bytes:
    head = f'<meta charset="utf-8"><title>{title}</title>{head}'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


GOOD = page("工作动态", f"<ul>{LIST}</ul>")
UNDATED = page("工作动态", f"<ul>{LIST.replace('/2026/3', '').replace('2026-', '')}</ul>")  # of any year
EMPTY = page("工作动态", '<div class="list"><p>暂无内容</p></div>')
HOME = page("示例市财政局", f"<nav>{LINKS}</nav><ul>{LIST}</ul>")
LOGIN = page(
    "用户登录", '<form action="/login"><p>请输入用户名和密码</p><input name="u"><input type="password"></form>'
)
CAPTCHA = page("安全验证", '<p>请完成安全验证后继续访问</p><img src="/captcha.png"><input name="code">')
REBUILDING = page("网站升级改版中", "<h1>网站升级改版中，敬请期待</h1><p>给您带来不便，敬请谅解。</p>")
ERROR = page("错误提示", "<h2>抱歉，您访问的页面不存在或已删除</h2><a href='/'>返回首页</a>")
IIS_ERROR = page("运行时错误", "<h1>“/”应用程序中的服务器错误。</h1><p>Internal Server Error: HTTP 错误 500</p>")
APP = page("加载", '<div id="app"><li v-for="item in list">{{ item.title }}</li></div><script src="/app.js"></script>')
RUISHU = b"<!DOCTYPE html><html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>"
JIASULE = b"<script>document.cookie=('_')+('_')+('jsl_clearance_s')+('=');location.href=location.pathname</script>"
ALIYUN = b"<html><script>var arg1='0A1B2C';function setCookie(){document.cookie='acw_sc__v2='+arg1;}</script></html>"
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n" + bytes(range(256)) * 40
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
ARCHIVE = b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(255, -1, -1)) * 40

"""Bytes become the same text whatever the page or its server says of them."""

import codecs

import pytest

from monitor.extract import decode
from monitor.model.reading import Page

HEAD = "<html><meta charset='{}'><title>"
CHINESE = HEAD + "通知公告</title><p>清河县人民政府关于开展安全生产检查工作的通知，请各单位认真贯彻执行。</p>"
TRADITIONAL = HEAD + "公告</title><p>關於本會辦理民國一百一十年度各項業務說明會的公告，請各單位查照並轉知所屬人員。</p>"
JAPANESE = HEAD + "お知らせ</title><p>これは新しいお知らせのページです。詳しくはこちらをご覧ください。</p>"
KOREAN = HEAD + "공지사항</title><p>이번 주 시청에서 진행하는 안내 사항을 알려 드립니다. 신청은 다음과 같습니다.</p>"
RUSSIAN = HEAD + "Новости</title><p>Сегодня в администрации города состоялось заседание комиссии.</p>"
GERMAN = HEAD + "Aktuelles</title><p>Öffnungszeiten des Bürgerbüros während der Weihnachtstage geändert.</p>"


def page(body: bytes, content_type: str = "text/html") -> Page:
    return Page(url="u", final_url="u", status=200, headers={"content-type": content_type}, body=body)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(CHINESE, "gbk"), (CHINESE, "gb18030"), (CHINESE, "utf-8"), (TRADITIONAL, "big5"), (JAPANESE, "shift_jis"),
     (JAPANESE, "euc_jp"), (KOREAN, "euc_kr"), (RUSSIAN, "cp1251"), (GERMAN, "cp1252")],
)  # fmt: skip
@pytest.mark.parametrize("declared", ["", "right", "utf-8", "gb2312", "big5", "iso-8859-1"])
@pytest.mark.parametrize("in_header", [False, True])
def test_a_page_is_read_whatever_is_declared(text: str, encoding: str, declared: str, in_header: bool) -> None:
    name = encoding if declared == "right" else declared
    written = text.replace("{}", "" if in_header else name)
    header = f"text/html; charset={name}" if in_header and name else "text/html"
    assert decode(page(written.encode(encoding), header)) == written


@pytest.mark.parametrize(
    "body",
    [codecs.BOM_UTF8 + "公告abc".encode(), codecs.BOM_UTF16_LE + "公告abc".encode("utf-16-le"),
     codecs.BOM_UTF16_BE + "公告abc".encode("utf-16-be")],
)  # fmt: skip
def test_a_byte_order_mark_decides(body: bytes) -> None:
    assert decode(page(body, "text/html; charset=big5")) == "公告abc"


def test_wide_text_without_a_mark_is_seen_by_its_zero_bytes() -> None:
    assert decode(page("<html><title>list</title>".encode("utf-16-le"))) == "<html><title>list</title>"


def test_a_page_cut_within_a_character_stays_utf_8() -> None:
    assert decode(page("清河县人民政府".encode()[:-1], "text/html; charset=gbk")) == "清河县人民政\ufffd"


@pytest.mark.parametrize("name", ["no-such-charset", "base64", "rot13", "unicode_escape", "idna", "\x00", "utf-7x"])
def test_a_charset_that_is_none_is_passed_over(name: str) -> None:
    text = CHINESE.replace("{}", "")
    assert decode(page(text.encode("gbk"), f"text/html; charset={name}")) == text


SHORT = HEAD + "公告</title>"  # too little to be plainly Chinese


@pytest.mark.parametrize("text", [CHINESE, SHORT, HEAD + "List</title>" + "<br>" * 30_000 + "清河县人民政府通知" * 8])
@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_a_rightly_declared_page_is_read_wherever_its_text_stands(text: str, declared: str) -> None:
    written = text.replace("{}", declared)
    assert decode(page(written.encode("gb18030"))) == written
    assert decode(page(written.encode("gb18030"), f"text/html; charset={declared}")) == written


def test_a_chinese_page_with_a_broken_character_keeps_the_rest() -> None:
    written = CHINESE.replace("{}", "gbk")
    assert decode(page(written.encode("gbk") + b"\x81<p>", "text/html; charset=gbk")) == written + "\ufffd<p>"


def test_characters_that_only_gb18030_has_are_read_from_a_page_that_declares_gb2312() -> None:
    written = CHINESE.replace("{}", "gb2312") + "镕㐂𠮷"
    assert decode(page(written.encode("gb18030"))) == written


def test_utf_8_with_a_stray_byte_is_utf_8_though_gbk_is_declared() -> None:
    written = CHINESE.replace("{}", "gbk")
    assert decode(page(written.encode() + b"\xff<p>" + written.encode())).startswith(written)


def test_the_first_declaration_that_is_an_encoding_counts_and_case_and_blanks_do_not() -> None:
    text = "<meta http-equiv=Content-Type content='text/html; CHARSET = \"Windows-1251\"'>" + RUSSIAN.replace(
        "{}", "koi8-r"
    )
    assert decode(page(text.encode("cp1251"))) == text

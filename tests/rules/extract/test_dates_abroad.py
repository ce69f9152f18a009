"""The forms of dates in the languages whose pages are read, and the days that are told from the day of reading."""

from datetime import date

import pytest

from monitor.extract.ago import hints
from monitor.extract.dates import find
from monitor.extract.forms import Form
from monitor.extract.years import Order, resolved

TODAY = date(2026, 3, 18)
DAY = date(2021, 3, 4)

EASTERN = [
    "２０２１－０３－０４", "２０２１年３月４日", "2021年03月04日 10:20", "2021年03月04日10:20",
    "2021 年 3 月 4 日", "2021年3月4号", "（2021-3-4）", "【2021/03/04】", "发布时间:2021-03-04",
    "发布日期：2021年3月4日来源：县政府", "时间：2021/3/4 8:05:06", "[ 2021.03.04 ]", "2021-03-04星期四",
    "2021–03–04", "2021 - 03 - 04", "2021.3.4.", "2021年 3月 4日(목)", "2021. 3. 4. 10:20", "二〇二一年三月四日",
    "二○二一年三月四日", "二零二一年三月四日", "二O二一年三月四日", "二〇二一年三月四日 10:20", "民国110年3月4日",
    "中華民國110年3月4日", "民國 110 年 3 月 4 日", "110年3月4日", "110/03/04", "110-03-04",
    "民國一百一十年三月四日", "令和3年3月4日", "令和３年３月４日", "令和三年三月四日", "R3.3.4", "R03/03/04",
    "Ｒ３．３．４", "21年3月4日", "日付：2021年3月4日（木）", "關於防火的通知2021-03-04", "２０２１/３/４",
    "20210304", "发布日期20210304", "4 มีนาคม 2564", "๔ มีนาคม ๒๕๖๔", "4 มี.ค. 64", "วันที่ 4 เดือน มีนาคม พ.ศ. 2564 10:20 น.",
    "04/03/2564", "4 มีนาคม 2021", "4 مارس 2021", "الخميس، 4 مارس 2021", "٤ مارس ٢٠٢١", "4 مارس، 2021", "4 آذار 2021",
    "4 במרץ 2021", "יום ה', 4 מרץ 2021",
]  # fmt: skip

WESTERN = [
    "4 March 2021", "the 4th of March 2021", "March 4th, 2021", "MARCH 4, 2021", "Mar 4 2021 10:20AM",
    "04-MAR-2021", "4 Mar. 2021", "Thursday, 4 March 2021", "Posted on March 4, 2021 at 10:20 am", "4 March, 2021",
    "2021-Mar-04", "04-Mar-21", "4 Mar '21", "4. März 2021", "Do., 4. Mär. 2021", "04. März 2021, 10:20 Uhr",
    "4.März 2021", "Donnerstag, den 4. März 2021", "4. Maerz 2021", "4 mars 2021", "Le 4 mars 2021 à 10h20",
    "jeudi 4 mars 2021", "4 de marzo de 2021", "4 de marzo del 2021", "Marzo 4, 2021", "4 marzo 2021",
    "giovedì 4 marzo 2021", "4 de março de 2021", "4 de março, 2021", "4 maart 2021", "4 mrt. 2021",
    "4 marca 2021 r.", "4 марта 2021 г.", "04 мар. 2021", "4 марта 2021 года", "4 березня 2021 р.",
    "4 березня 2021", "den 4 mars 2021", "4. marts 2021", "4. mars 2021", "4. maaliskuuta 2021", "4. března 2021",
    "4. 3. 2021", "4 Μαρτίου 2021", "4 ΜΑΡΤΙΟΥ 2021", "4 Mart 2021", "2021. március 4.", "2021. márc. 4.",
    "4 de març de 2021", "4 de març del 2021", "2021 m. kovo 4 d.", "2021. gada 4. martā",
    "ngày 4 tháng 3 năm 2021", "4 tháng 3, 2021", "4 martie 2021", "4. ožujka 2021.", "4. marec 2021",
    "4 Mawrth 2021", "4.3.2021", "04/03/2021", "04-03-2021", "04.03.21", "4/3/2021 10:20", "04032021",
    "1er mars 2021, 4 mars 2021",
]  # fmt: skip


@pytest.mark.parametrize("text", EASTERN + WESTERN)
def test_a_full_date_is_read_in_every_language(text: str) -> None:
    assert resolved(find(text)[-1], Order.DAY_FIRST, TODAY) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [("1er mars 2021", date(2021, 3, 1)), ("1º de abril de 2021", date(2021, 4, 1)),
    ("1° aprile 2021", date(2021, 4, 1)), ("4 d'abril de 2021", date(2021, 4, 4)),
    ("4 d’octubre de 2021", date(2021, 10, 4)), ("2nd May 2021", date(2021, 5, 2)),
    ("31 grudnia 2020", date(2020, 12, 31)), ("5 listopada 2020", date(2020, 11, 5)),
    ("15 décembre 2020", date(2020, 12, 15)), ("令和元年5月1日", date(2019, 5, 1)),
    ("平成31年4月30日", date(2019, 4, 30)), ("H31.4.1", date(2019, 4, 1)), ("昭和63年1月8日", date(1988, 1, 8)),
    ("二〇二一年十二月二十一日", date(2021, 12, 21)), ("二〇二〇年十月三十日", date(2020, 10, 30)),
    ("民国99年12月31日", date(2010, 12, 31)), ("2020-02-29", date(2020, 2, 29)),
    ("２０２０年１２月３１日", date(2020, 12, 31)), ("١٥/٠٣/٢٠٢١", date(2021, 3, 15)),
    ("29 Şubat 2020", date(2020, 2, 29)), ("15 května 2020", date(2020, 5, 15)),
    ("3 Μαΐου 2020", date(2020, 5, 3)), ("12 Δεκεμβρίου 2020", date(2020, 12, 12))],
)  # fmt: skip
def test_days_that_tell_one_reader_from_another(text: str, day: date) -> None:
    assert [resolved(s, Order.DAY_FIRST, TODAY) for s in find(text)] == [day]


@pytest.mark.parametrize(
    "text",
    ["3月4日", "3月4号", "3 月 4 日", "[3月4日]", "３月４日", "03月04日 10:20", "3월 4일", "三月四日",
    "4 March", "Mar 4", "4. März", "4 mars", "4 de marzo", "4 марта", "4 marca", "4. maaliskuuta", "március 4.",
    "4 tháng 3", "March 4th"],
)  # fmt: skip
def test_a_month_and_a_day_have_no_year(text: str) -> None:
    assert [(s.form, s.a, s.b, s.c) for s in find(text)] == [(Form.YEARLESS, 0, 3, 4)]


@pytest.mark.parametrize(
    "text", ["[03-04]", "03-04", "3/4", "(03-04)", "【03-04】", "03-04 10:20", "０３－０４", "03.04", "3.4."]
)
def test_two_numbers_alone_are_a_day_and_a_month_in_some_order(text: str) -> None:
    assert [(s.form, s.a, s.b) for s in find(text)] == [(Form.EITHER_YEARLESS, 3, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "2021-03",
        "2021年3月",
        "2021/03",
        "二〇二一年三月",
        "March 2021",
        "märz 2021",
        "marzo de 2021",
        "2021年 3月",
        "март 2021",
    ],
)
def test_a_month_of_a_year_is_no_day(text: str) -> None:
    assert [(s.form, s.a, s.b) for s in find(text)] == [(Form.MONTH, 2021, 3)]


@pytest.mark.parametrize(
    ("text", "days_before"),
    [
        ("刚刚", 0), ("刚才", 0), ("今天", 0), ("今天 10:20", 0), ("昨天", 1), ("昨天 10:20", 1), ("[昨天]", 1),
        ("前天", 2), ("3秒前", 0), ("5分钟前", 0), ("3小时前", 0), ("3 小时之前", 0), ("半小时前", 0),
        ("48小时前", 2), ("3天前", 3), ("一天前", 1), ("两周前", 14), ("发布于 3天前", 3), ("3天前发布", 3),
        ("3天以前", 3), ("发布时间：昨天", 1), ("発表：3日前", 3), ("3時間前", 0), ("昨日", 1), ("一昨日", 2),
        ("방금", 0), ("3시간 전", 0), ("어제", 1), ("3일 전", 3), ("just now", 0), ("3 minutes ago", 0),
        ("an hour ago", 0), ("a day ago", 1), ("Posted 3 days ago", 3), ("1 week ago", 7), ("Yesterday", 1),
        ("Today, 10:20", 0), ("Yesterday at 10:20", 1), ("2d ago", 2), ("vor 3 Tagen", 3), ("vor einem Tag", 1),
        ("vor 5 Minuten", 0), ("gestern", 1), ("Heute, 10:20", 0), ("il y a 2 jours", 2), ("il y a une heure", 0),
        ("hier", 1), ("hace 3 días", 3), ("hace una semana", 7), ("há 3 dias", 3), ("3 giorni fa", 3),
        ("fa 3 dies", 3), ("3 dagen geleden", 3), ("3 dni temu", 3), ("3 дня назад", 3), ("вчера", 1),
        ("3 дні тому", 3), ("3 dagar sedan", 3), ("i går", 1), ("3 dage siden", 3), ("3 päivää sitten", 3),
        ("před 3 dny", 3), ("πριν 3 ημέρες", 3), ("χθες", 1), ("3 gün önce", 3), ("3 ngày trước", 3),
        ("hôm qua", 1),
    ],
)  # fmt: skip
def test_a_relative_day_counts_back_in_every_language(text: str, days_before: int) -> None:
    assert [(s.form, s.a) for s in find(text)] == [(Form.AGO, days_before)]


@pytest.mark.parametrize(
    "text",
    [
        "2021-02-30", "2021-13-01", "2021-00-10", "2021年2月30日", "2月30日", "31 April 2021", "February 30, 2021",
        "29 February 2021", "20210230", "20211301", "令和3年2月30日", "二〇二一年二月三十日", "31/04/2021",
        "30/02/2021", "02-30", "13-13", "0-4", "36/12", "国办发〔2019〕19号", "清政发〔2021〕3号",
        "(2021)清0304民初123号", "第2021-03-04号", "编号：20210304", "20210304号", "20210304期", "No. 12/2021",
        "2021年第3号", "2021年度", "1.2.3", "v2021.3.4", "version 1.2.3", "192.168.1.10", "10.2.3.4",
        "10.20.30.40", "0911-2882233", "010-12345678", "+86 139 1234 5678", "139-1234-5678",
        "ISBN 978-7-01-021345-6", "ISSN 1001-1234", "12.50", "2.5", "¥1,234.56", "12.03元", "3:4", "10:20",
        "2021-2022", "2020–2021", "2019/2020", "共12页", "第 3 / 120 页", "1/120", "浏览次数：20210304次123",
        "t20210304_123.html", "abc20210304", "2021030412", "202103", "12345", "2021", "(8)", "May", "五月",
        "三月三", "请提前3天前往办理", "提前3天", "3天", "24小时热线", "3 days", "in 3 days", "1 month ago",
        "1个月前", "2 years ago", "1年前", "今天是个好日子", "昨天的会议", "Heute im Rathaus",
        "Lire hier et demain", "Today in Parliament", "News today", "前天津市市长", "Section 4 marked",
        "Room 12 decided", "4 mayors met", "Agenda item 4, second reading", "1000 mars bars", "一二三四", "",
    ],
)  # fmt: skip
def test_what_is_no_day_is_none(text: str) -> None:
    assert [s for s in find(text) if s.form is not Form.MONTH] == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("成文日期：2021-03-01 发布日期：2021-03-04", [date(2021, 3, 1), DAY]),
        ("2021-03-01至2021-03-04", [date(2021, 3, 1), DAY]),
        ("from 1 March 2021 to 4 March 2021", [date(2021, 3, 1), DAY]),
        ("March 1, 2021 - March 4, 2021", [date(2021, 3, 1), DAY]),
        ("1/3/2021 4/3/2021", [date(2021, 3, 1), DAY]),
        ("2021年3月1日（2021-03-04）", [date(2021, 3, 1), DAY]),
        ("10:20 2021-03-04", [DAY]),
        ("第12期 2021-03-04 共120页", [DAY]),
        ("3 items, 4 March 2021", [DAY]),
        ("2021-03-04 10:20 2021-03-05 11:30", [DAY, date(2021, 3, 5)]),
    ],
)
def test_every_date_of_a_text_is_found_in_its_order(text: str, days: list[date]) -> None:
    assert [resolved(s, Order.DAY_FIRST, TODAY) for s in find(text)] == days


@pytest.mark.parametrize(
    ("text", "part"),
    [("发布时间：2021-03-04 浏览：123次", "2021-03-04"), ("on 4 March 2021 at", "4 March 2021"),
    ("(Mar. 4, 2021)", "Mar. 4, 2021"), ("日期 2021年3月4日 周四", "2021年3月4日"),
    ("Posted 3 days ago by us", "3 days ago"), ("发布于3天前", "3天前"), ("[03-04]", "03-04"),
    ("ngày 4 tháng 3 năm 2021", "4 tháng 3 năm 2021"), ("時間：二〇二一年三月四日", "二〇二一年三月四日"),
    ("on 昨天", "")],
)  # fmt: skip
def test_a_date_is_found_at_its_place(text: str, part: str) -> None:
    assert [text[s.start : s.end] for s in find(text)] == ([part] if part else [])


WITHOUT_FIGURES = [
    "昨天", "[昨天]", "发布时间：昨天", "Yesterday", "an hour ago", "il y a une heure", "一天前", "i går", "たった今",
    "二〇二一年三月四日", "三月四日", "(Today)", "vor einem Tag", "어제", "aujourd'hui", "半小时前",
]  # fmt: skip


@pytest.mark.parametrize("text", WITHOUT_FIGURES)
def test_the_first_look_passes_over_no_day_that_is_told_without_figures(text: str) -> None:
    assert hints(text)
    assert find(text)


def test_the_first_look_passes_over_pages_without_such_a_day() -> None:
    assert not hints("Home News Contact us Search the site I am a reader")

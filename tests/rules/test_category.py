"""What the words of a title or breadcrumb say of a column's category."""

import pytest

from config.policy import categories
from monitor.category import guess_category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("通知公告", "notice"),
        ("公示公告-某某市民政局", "notice"),
        ("公示", "notice"),
        ("政策文件_某某市人民政府", "policy_file"),
        ("规范性文件", "policy_file"),
        ("政策法规｜某某区", "policy_file"),
        ("部门动态", "news"),
        ("本地要闻", "news"),
        ("新闻中心", "news"),
        ("人事任免", "personnel"),
        ("事业单位招聘", "personnel"),
        ("规划计划", "planning"),
        ("统计数据", "statistics"),
        ("办事统计", "service_stats"),
        ("财政预决算", "budget"),
        ("部门预算", "budget"),
        ("应急管理", "emergency"),
        ("在线访谈", "interview"),
        ("调查征集", "survey"),
        ("领导信息", "static"),
        ("机构职能", "static"),
        ("某某区概况", "static"),
        ("留言答复", "reply_list"),
        ("历史专题", "historic"),
        ("News", "news"),
        ("ＮＥＷＳ", "news"),
        ("Press releases | Ministry of Works", "news"),
        ("Announcements – Town of Example", "notice"),
        ("Circulars", "notice"),
        ("Job vacancies", "personnel"),
        ("Policy documents", "policy_file"),
        ("Public consultations", "survey"),
        ("Statistics", "statistics"),
        ("最新消息", "news"),
        ("お知らせ", "notice"),
        ("보도자료", "news"),
        ("Actualités - Ville d'Exemple", "news"),
        ("Bekanntmachungen", "notice"),
        ("Noticias", "news"),
        ("Объявления", "notice"),
    ],
)
def test_the_words_of_a_category(text: str, category: str) -> None:
    assert guess_category(text) == category


@pytest.mark.parametrize(
    ("what", "texts", "category"),
    [
        ("the longest word is the most specific", ["人事任免公告"], "personnel"),
        ("of equal words the foremost counts", ["规划公示"], "planning"),
        ("a title begins with the column", ["通知公告-新闻中心-某某市"], "notice"),
        ("a breadcrumb ends with it", ["首页 > 新闻中心 > 通知公告"], "notice"),
        ("a breadcrumb that ends with a word of no category", ["您的位置：首页 » 通知公告 » 正文"], "notice"),
        ("a unit's name says nothing", ["某某市统计局"], None),
        ("nor when it follows the column", ["部门动态 - 某某市应急管理局"], "news"),
        ("nor when it stands before it", ["某某市规划和自然资源局通知公告"], "notice"),
        ("the news of a news office", ["新闻发布-某某市政府新闻办公室"], "news"),
        ("the first text that speaks is believed", ["列表", "首页 > 政策文件", "通知公告"], "policy_file"),
        ("part of another word says nothing", ["Newsagents", "Platforms", "Budgeting"], None),
        ("a word that looks like a category and is none", ["政策解读"], None),
        ("nor may a text behind it speak", ["Privacy policy", "News"], None),
        ("nothing to say", ["Welcome", "首页", ""], None),
        ("no text", [], None),
    ],
)
def test_how_words_are_weighed(what: str, texts: list[str], category: str | None) -> None:
    assert guess_category(*texts) == category


def test_only_categories_of_the_policy_are_guessed() -> None:
    from monitor.category import _WORDS

    assert set(_WORDS) - {""} <= set(categories())


def test_a_hostile_title_is_read_in_bounded_work() -> None:
    assert guess_category("-" * 1_000_000 + " > " * 1_000_000) is None

"""Guesses the category of a column from the words of its title or breadcrumb; says nothing when they say nothing.

Titles run from the column to the site (`通知公告-某市统计局`), breadcrumbs the other way (`首页 > 新闻 > 通知公告`).
So the parts are asked from the column outwards, and the first that speaks is believed. In it the longest word wins,
since it is the most specific (`人事任免公告` is of personnel), and of equals the one nearest the start.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from operator import itemgetter

# The categories of the policy, and the words that name them. Chinese first, then English, then other languages.
_WORDS = {
    "notice": """
        通知公告 公示公告 公告公示 通知通告 公告通知 通知 公告 公示 通告 通报 公開公告 お知らせ 공지사항 공고
        notice|notices|public notices|announcement|announcements|circular|circulars|notification|notifications
        avis|annonces|bekanntmachung|bekanntmachungen|amtliche bekanntmachungen|avisos|anuncios|anúncios|avvisi
        объявления|оголошення|thông báo|pengumuman|duyurular|إعلانات""",
    "policy_file": """
        政策文件 规范性文件 行政规范性文件 政策法规 法律法规 法规规章 法规文件 政府文件 部门文件 上级文件 法规
        规章 文件 政策
        政策與法規 法例 法令 법령
        policies|policy|policy documents|policy papers|legislation|regulations|laws|laws and regulations
        législation|réglementation|rechtsvorschriften|satzungen|normativa|legislación|legislação|normativas
        нормативные акты|законодательство|нормативні акти|văn bản pháp luật|peraturan|mevzuat|قوانين""",
    "news": """
        工作动态 部门动态 区县动态 政务动态 时政要闻 本地要闻 政务要闻 今日要闻 图片新闻 新闻动态 新闻中心
        新闻发布 新闻资讯
        媒体报道 最新消息 领导活动 工作进展 动态 要闻 新闻 快讯 资讯 最新动态 新聞 新聞稿 新聞公報 新着情報
        ニュース 報道発表
        뉴스 보도자료
        news|latest news|news and events|newsroom|press|press release|press releases|press notices|media centre
        media center|news releases|actualité|actualités|communiqués de presse|aktuelles|nachrichten|pressemitteilungen
        pressemitteilung|noticias|notícias|notizie|comunicati stampa|notas de prensa|новости|новини|пресс-релизы
        tin tức|berita|haberler|أخبار|الأخبار""",
    "personnel": """
        人事信息 人事任免 干部任免 人事招考 人事工作 人事管理 人事公告 招聘信息 招聘公告 人才招聘 公务员招考
        公务员招录 招考录用
        事业单位招聘 任免 任前公示 人事 招聘 招考 招录 招募 职位空缺 職位空缺 採用情報 採用 채용
        recruitment|vacancies|job vacancies|jobs|careers|appointments|job openings|recrutement|offres d'emploi
        stellenangebote|stellenausschreibungen|karriere|empleo|ofertas de empleo|concursos públicos|вакансии|вакансії
        tuyển dụng|lowongan""",
    "planning": """
        规划计划 计划规划 发展规划 专项规划 工作计划 五年规划 计划总结 规划公示 规划 计划 規劃 計画
        plans|planning|plans and reports|work plan|work plans|development plan|development plans|strategic plan
        strategic plans|planification|planung|planes|planificación|планы""",
    "statistics": """
        统计数据 统计信息 统计公报 统计年鉴 统计分析 数据发布 统计 統計 統計資料 통계
        statistics|statistical data|key statistics|statistiques|statistik|statistiken|estadísticas|estatísticas
        statistiche|статистика|thống kê""",
    "service_stats": "办事统计 办件统计 办事统计数据 办件公示",
    "budget": """
        财政预决算 预决算公开 预决算 部门预算 部门决算 财政预算 财政决算 预算公开 决算公开 三公经费 预算 决算
        預算 予算 예산
        budget|budgets|budget and accounts|haushalt|haushaltsplan|presupuesto|presupuestos|orçamento|bilancio
        бюджет|ngân sách""",
    "emergency": """
        应急管理 应急预案 应急信息 应急处置 突发事件 预警信息 应急 應急
        emergency|emergencies|emergency alerts|emergency management|civil protection|katastrophenschutz""",
    "interview": """
        在线访谈 网上访谈 直播访谈 访谈直播 嘉宾访谈 访谈 訪談
        interviews|online interviews|entretiens|entrevistas""",
    "survey": """
        调查征集 民意征集 意见征集 征求意见 网上调查 在线调查 问卷调查 网上征集 征集调查 征集 意見徵集 公眾諮詢
        諮詢文件
        パブリックコメント
        consultation|consultations|public consultation|public consultations|survey|surveys|have your say
        consultations publiques|umfragen|bürgerbeteiligung|encuestas|consultas públicas|опросы""",
    "reply_list": "留言答复 留言回复 来信选登 信件选登 信件公开 咨询答复 答复公开 回复选登 互动回复",
    "static": """
        领导信息 领导之窗 领导介绍 领导简介 领导分工 机构职能 机构设置 机构概况 机构简介 部门职责 主要职责
        内设机构 单位概况
        概况 领导 职能 机构 機構 組織
        about us|leadership|organisation|organization|who we are|our structure|über uns|qui sommes-nous
        quiénes somos|о нас""",
    "historic": "历史专题 历史专栏 专题归档 往期专题",
    # They hold the words of a category and belong to none: reading stops at them.
    "": """
        政策解读 政策问答 领导讲话 领导信箱 计划生育
        privacy policy|cookie policy|cookies policy""",
}

_BREADCRUMB = re.compile(r"\s*(?:[>＞»›→]|::)\s*")
_TITLE = re.compile(r"\s+[-–—/:]+\s+|[_|｜·•]+|(?<=[\u3000-\u9fff])[-–—]+|[-–—]+(?=[\u3000-\u9fff])")
# A unit may be named after its work; its name says nothing of the column (某市统计局, 应急管理厅, 新闻办公室).
_UNIT = re.compile(
    r"(?:统计|应急管理|应急|人事考试|人事|规划和自然资源|自然资源和规划|城乡规划|规划|发展计划|计划生育|新闻出版|新闻|政策研究|法规)"
    r"[\u4e00-\u9fff]{0,8}?(?:局|厅|委员会|委|办公室|办|部|处|科|院|总队|事务所)"
)
# Chinese, Japanese and Korean words stand in a sentence without blanks around them, and say more with each sign.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONGEST = 500  # characters of a text that are read


def guess_category(*texts: str) -> str | None:
    """The category that the first speaking text names, or None: then the caller takes `other`, and says so.

    The texts are a page's title, its breadcrumb or a column's name, the most trusted first.
    """
    named = (_named_in(part) for text in texts for part in _parts(text[:_LONGEST]))
    return next((category for category in named if category is not None), None) or None


def _parts(text: str) -> list[str]:
    """The parts of a title or breadcrumb, from the column outwards."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [part for level in reversed(_BREADCRUMB.split(plain)) for part in _TITLE.split(level)]


def _named_in(part: str) -> str | None:
    """The category of the longest word, the foremost of equals; "" where the word belongs to none, None for silence."""
    said = _UNIT.sub(" ", part)
    found = ((weight, -match.start(), category) for weight, word, category in _table() if (match := word.search(said)))
    return max(found, default=(0, 0, None), key=itemgetter(0, 1))[2]


@cache
def _table() -> tuple[tuple[int, re.Pattern[str], str], ...]:
    """Each word with its weight and its category. A European word weighs as much as a Chinese one of two characters."""
    return tuple(_row(word, category) for category, words in _WORDS.items() for word in _split(words))


def _split(words: str) -> Iterator[str]:
    """Dense words stand between blanks; the others may hold blanks and stand between bars."""
    for chunk in re.split(r"[|\n]", words):
        yield from chunk.split() if _DENSE.search(chunk) else filter(None, [chunk.strip()])


def _row(word: str, category: str) -> tuple[int, re.Pattern[str], str]:
    if _DENSE.search(word):
        return len(word), re.compile(re.escape(word)), category
    return 2 * len(word.split()), re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"), category

"""The words by which pages tell their dates, links and boxes apart, in the languages we meet."""

import re

# Before a date: it is the day of publication, or it is some other day.
PUBLISHED = re.compile(
    r"发布|發布|(?:回复|答复|回覆|答覆)(?:时间|日期|時間)|發佈|发表|發表|公布|公开日期|公开时间|刊登|登载|掲載|公開|게시|등록일|작성일|공고일|publi|posted|released?\b|issued"
    r"|veröffentlich|erschienen|mis en ligne|pubblicat|опубликов",
    re.IGNORECASE,
)
DATED = re.compile(
    r"日期|时间|時間|发文|成文|印发|更新日|filed|entered|rendered|decided|date\b|dated|datum|fecha|data\b|дата",
    re.IGNORECASE,
)
# 已结束 and its like before a date tell how things stand, and name no day.
OTHER = re.compile(
    r"今天是|今日是|today is|版权|更新(?:日期|时间|時間|于)|最[后近]更新"
    r"|截止(?<!已..)|到期(?<!已..)|失效(?<!已..)|废止(?<!已..)|开始(?<!已..)|結束(?<!已..)|结束(?<!已..)|截至|有效期|施行|实施|生效|起止|报名|期间|举行|召开|開催|締切|期限|마감|접수|기간|deadline|due\b|expir|effective"
    r"|until|through|closing|closes"
    r"|argued|submitted|heard|hearing|meeting|event|mandate|begin|start|end\b|ends|last (?:updated"
    r"|modified)|updated|modified|birth|copyright|©|review|valid|gültig|frist|bis\b|jusqu|hasta|fins",
    re.IGNORECASE,
)

# Over or before a span of days: so long a notice hangs on the board, from the day on which it is published.
POSTED = re.compile(
    r"(?:公示|征集|征求意见)(?:期|时间|時間|日期|起止)|公告期|(?:게시|공고|게재)\s?기간|掲載期間|掲示期間|aushang|aushäng|veröffentlich|bekanntmach"
    r"|pubblicazion|publicaci|publicação|publication|affichage|exposición pública|vyvěš|zveřejn|posted|posting|publish",
    re.IGNORECASE,
)

# Words of link texts that name no entry: a text of nothing else is a label: "Read more", "[详情]", "PDF (24 KB)".
_LABELS_TEXT = """
查看 详情 詳情 详细 詳細 更多 全文 阅读 阅读全文 阅读更多 查看更多 查看详情 查看全文 了解更多 下载 附件
附件下载 点击 点击查看 点击下载 进入 预览 打印 收藏 首页 上一页 下一页 尾页 末页 上页 下页 返回 更多>>
编辑 删除 分享 转发 评论 链接 视频 图片 more read learn view see detail details download downloads pdf
html htm doc docx xls xlsx txt rtf mp3 mp4 zip word open link here click full text story article continue
reading the this to a an of for all file document attachment page website site edit share print email
comment comments reply rss top home next previous prev back search login audio video opinion opinions
order orders minutes agenda browse summary slip concurring dissenting concurrence dissent weiterlesen
mehr weiter lesen dokument lire la suite en savoir plus leer más ver descargar llegir més leggi tutto
saiba mais les mer läs подробнее читать далее скачать 더보기 자세히 자세히보기 보기 다운로드 바로보기
미리보기 첨부파일 続きを読む もっと見る 一覧 kb mb k m
"""
_LABELS = frozenset(_LABELS_TEXT.split())
LONGEST_LABEL = 13  # characters: no word of them has so many
_WORD = re.compile(r"[^\s\[\](){}（）【】<>«»‹›…|.,:：;·/+*#→▶►●•\d_-]+")


def is_label(text: str) -> bool:
    """Whether a link text says what the link does rather than what it leads to."""
    return len(text) < 50 and _LABELS.issuperset(_WORD.findall(text.lower()))


# Boxes that hold something other than the page's own list.
ASIDE = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|foot\w*|bread\w*|crumb\w*|position|side\w*|aside|hot\w*|relat\w*"
    r"|recommend\w*|rank\w*|friend\w*|links?|pag(?:e|er|ination)\w*|share\w*|social\w*|lang\w*|toolbar"
    r"|top(?:bar|nav)?"
    r"|head(?:er)?|login|search|tags?|tagcloud|archives?|calendar|cookie\w*|carousel|slider|banner"
    r"|widget\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
MAIN = re.compile(
    r"(?:^|[\s_-])(?:main\w*|content\w*|list\w*|articles?|news\w*|posts?|results?|items?)(?:$|[\s_-])", re.IGNORECASE
)
SIDE = re.compile(r"(?:^|[\s_-])(?:side(?:bar)?|aside|hot\w*|rank\w*|recommend\w*|relat\w*)(?:$|[\s_-])", re.IGNORECASE)
MOST_READ = re.compile(
    r"热[点门搜]|熱門|推荐|推薦|排行|相关(?:信息|新闻|文章|链接|阅读)|点击[量率最]|图片新闻|友情链接"
    r"|most (?:read|popular|viewed)"
    r"|popular|trending|related|recommended|인기|많이 본|関連|ランキング|おすすめ|meistgelesen|das könnte sie",
    re.IGNORECASE,
)
ASIDE_TAGS = frozenset({"nav", "footer", "aside", "header"})

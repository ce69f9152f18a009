"""Names of the months in the languages of Europe, Arabic and Hebrew, as listings have them: lower case, no dot."""

from unicodedata import combining, normalize

_FULL = """
january february march april may june july august september october november december
januar februar märz april mai juni juli august september oktober november dezember
jänner feber maerz - - - - - - - - -
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
- fevrier - - - - - aout - - - decembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
- - - - - - - - setiembre - - -
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
- - marco - - - - - - - - -
gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november december
januar februar mars april mai juni juli august september oktober november desember
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
ledna února března dubna května června července srpna září října listopadu prosince
januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca
január február március április május június július augusztus szeptember október november december
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
януари февруари март април май юни юли август септември октомври ноември декември
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī
sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
januar februar marec april maj junij julij avgust september oktober november december
leden únor březen duben květen červen červenec srpen září říjen listopad prosinec
xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro
ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr
januari februari maret april mei juni juli agustus september oktober november desember
січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
јануар фебруар март април мај јун јул август септембар октобар новембар децембар
ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος δεκέμβριος
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
جانفي فيفري - إبريل ماي جوان جويلية أوت شتنبر - نونبر دجنبر
- شباط آذار نيسان أيار حزيران تموز غشت أيلول - - -
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
- - מרס - - - - - - - - -
"""
_SHORT = """
jan feb mar apr may jun jul aug sep oct nov dec
- - - - - - - - sept - - -
jän - mär - mai - - - - okt - dez
janv févr mars avr mai juin juil août sept oct nov déc
- fév - - - - - aou - - - -
ene feb mar abr may jun jul ago set oct nov dic
gen feb mar apr mag giu lug ago set ott nov dic
jan fev mar abr mai jun jul ago set out nov dez
- febr - - maig juny jul ag - - - des
- - mrt - mei - - - - okt - -
sty lut - kwi - cze lip sie wrz paź lis gru
янв фев мар апр мая июн июл авг сен окт ноя дек
- февр - - май - - - сент - нояб -
січ лют бер кві тра чер лип сер вер жов лис гру
ιαν φεβ μαρ απρ μαΐ ιουν ιουλ αυγ σεπ οκτ νοε δεκ
- - mrt - - - - - - - - -
oca şub - nis - haz tem ağu eyl eki kas ara
led úno bře dub kvě čvn čvc srp zář říj lis pro
jan feb márc ápr máj jún júl aug szept okt nov dec
"""


def _table(text: str) -> dict[str, int]:
    rows = [line.split() for line in text.split("\n") if line]
    return {name: month for row in rows for month, name in enumerate(row, 1) if name != "-"}


def _bare(name: str) -> str:
    """A name without its accents, as capitals and careless hands write it: ΜΑΡΤΙΟΥ, fevrier."""
    return normalize("NFC", "".join(c for c in normalize("NFD", name) if not combining(c)))


# Short names that are commoner as other words.
_WORDS = frozenset(["ara", "pro", "tem", "led", "dub", "kas"])
# Where two languages disagree (listopada: Polish November, Croatian October; srpna/srpnja differ) the larger one wins.
_ALL = {**_table(_SHORT), **_table(_FULL), "listopada": 11, "listopad": 11, "lipnja": 6, "mart": 3}
_FINNISH = {f"{name}ta": month for name, month in _ALL.items() if name.endswith("kuu")}  # 4. maaliskuuta
_NAMES = {name: month for name, month in _ALL.items() if name not in _WORDS} | _FINNISH
MONTHS: dict[str, int] = {_bare(name): month for name, month in _NAMES.items()} | _NAMES

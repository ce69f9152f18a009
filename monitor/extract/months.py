"""Names of the months in the languages of Europe, as they stand in listings, lower case and without the dot."""

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
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
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
"""


def _table(text: str) -> dict[str, int]:
    rows = [line.split() for line in text.split("\n") if line]
    return {name: month for row in rows for month, name in enumerate(row, 1) if name != "-"}


# Where two languages disagree (listopada: Polish November, Croatian October; srpna/srpnja differ) the larger one wins.
MONTHS: dict[str, int] = {**_table(_SHORT), **_table(_FULL), "listopada": 11, "lipnja": 6, "mart": 3}

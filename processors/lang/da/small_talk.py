"""Danish small talk: what everybody says in every call, and what therefore tells nothing about a seller."""

from typing import Final

from processors.lang import word_set

SMALL_TALK: Final = word_set(
    """
    ja jo nej nå nåh næ jamen altså øh øhm hej hallo goddag godmorgen farvel tak undskyld selvfølgelig
    ligesom egentlig faktisk måske nok bare lige sådan ting noget fint godt super perfekt fedt dejligt
    præcis præcist netop klart sige siger tror synes mener tænker ved vil kan skal gerne lidt meget dag
    morgen
    """
)

ADVERBS: Final = word_set(
    """
    helt både langt rundt hos blevet dengang hinanden hinandens hjem længere samtidig senere væk efterhånden
    hidtil kort længe vel foreløbig især ligeledes naturligvis slet vidt dels hvorefter ifølge imidlertid langs
    løs næppe sidst såvel umiddelbart bagefter cirka derefter desto desuden endelig forinden helst hjemme
    hurtigt højt nogensinde roligt tilsyneladende totalt uanset videre åbenbart øvrigt absolut alvorligt atter
    eksempelvis enten forbi formentlig ganske heldigvis hellere hårdt nærmest ofte pludselig positivt rigtig
    straks særdeles temmelig tværs undervejs utroligt virkelig vort simpelthen generelt egentligt muligvis
    åbenlyst ellers hertil heri hermed hertil dertil derimellem sommetider lidt vildt mega meget rimelig
    rimeligt forholdsvis hele halvt par masse slags måde gang gange selv velkommen venlig velbekomme selvom dog
    sådant hundrede tusind tusinde million millioner halvanden halvtreds tres halvfjerds firs halvfems tredive
    fyrre tyve elleve tolv tretten fjorten femten seksten sytten atten nitten
    """
)
"""Words of degree, time and manner, and numbers: no habit of a seller that others could learn."""

LIGHT_WORDS: Final = word_set(
    """
    ske lave lægge stå gå tage have sige høre hjælpe tale sende vende bruge føle være blive give komme finde
    sætte holde få gøre se kigge ville skulle kunne måtte bede lade ringe snakke prøve køre ligge sidde hedde
    kende huske vente stille skrive passe lyde begynde starte slutte mangle forstå arbejde tænke tro synes mene
    vide ønske behøve elske hente bringe trække virke fungere skifte åbne lukke løbe falde følge føre leve bo
    bygge betyde handle rykke nå trykke hive dukke kalde nævne fortælle svare læse vise møde mødes tjekke checke
    klare ordne fikse sørge takke hilse smide putte stoppe folk dag uge måned år time minut sekund ting måde sag
    side del tid gang mand kvinde menneske navn ord kr krone tidspunkt øjeblik stykke par slags masse hånd hoved
    øje vej sted hus dør bord liv verden grund eksempel fald forhold punkt ende start slutning morgen aften
    eftermiddag formiddag nat weekend mandag ring mail telefon opkald besked glad god stor lille ny gammel åben
    hel lang kort høj lav hård let tung fin flot sød dejlig rar venlig klar rigtig forkert sand ærlig enkel svær
    nem hurtig langsom tidlig sen ren fuld tom halv ens egen anden forskellig bestemt mulig umulig normal
    almindelig seneste følgende forrige nødvendig meget mange fleste udstyr maskine apparat produkt vare enhed
    gruppe koncern udstyre læst system lokale
    """
)
"""Lemmas of verbs, nouns and adjectives that every sentence may have, whatever it is about."""

EVALUATIVES: Final = word_set(
    """
    vigtig væsentlig værd utryg tryg stolt anderledes interessant spændende fair rimelig urimelig behagelig
    ubehagelig nysgerrig overrasket skuffet irriteret træt vred sur urolig nervøs rolig sikker usikker travl
    brugbar nyttig fornuftig fornuftigt smart dum skør sjov trist pæn slem dårlig elendig forfærdelig dyr billig
    fantastisk fornem flink sød hyggelig kedelig underlig mærkelig pinlig flov ked bange bekymret tilfreds
    utilfreds taknemmelig heldig uheldig imponeret imponerende begejstret glæde glæder glædelig ærgre ærgerlig
    irritere irriterende svigte skuffe skuffende bekymre bekymring brokke klage råbe grine græde elske hade
    undre undervurdere overraske overraskende overraskelse gode bedre bedst dårligst værre værst stor større
    størst mindre mindst flere færre få besværlig besværligt fed fede vidunderlig
    """
)
"""How something is found or felt: no habit that others could learn."""

PHRASES: Final = word_set(
    """
    mening råd brug hav historie lov ret spil held skyld ro fred øvrigt stand færd anledning fald hensyn kontra
    versus via angående vedrørende trods undtagen periode perioder dato datoer arbejdstid sommer vinter forår
    efterår ferie jul påske helligdag døgn foregå modtage eje besidde stole stol følge gælde vedrøre tiltale
    holde indebære opstå udgøre befinde formentlig forleden fortælling altid aldrig endnu stadig allerede snart
    igen hvertfald klokke mm mhm hmm hm aha okay mm-hm fast fri frit fritte træffe voks vokse blande tegn vægt lære
    """
)
"""What is mostly part of a set phrase ("det giver mening", "tage med på råd"), says when, or answers the other side."""

"""Everyday Danish: words that are no name although a sentence or a title may write them with a capital."""

from typing import Final

from processors.lang import word_set

FUNCTION_WORDS: Final = word_set(
    """
ad af hun aldrig alene alle allerede alligevel alt altid altså anden andet andre at bag bare begge bl.a blandt
blev blive bliver bliv blot burde bør da de dem den denne der deraf deres derfor derfra derimod dermed
derpå derved det dette dig din dine disse dit dog du efter eftersom egen eget egne ej eller ellers en end
endda endnu ene engang enhver ens er et ethvert fandt fem fik fire flere flest fleste for foran fordi
forrige fra frem fået få får før først første gennem gik giver gjorde gjort gør gøre går gå gået ham han
hans har have havde havt heller hen hende hendes henne her herfra hver hvad hvem hverken hvert hvilke
hvilken hvilket hvis hvor hvordan hvoraf hvorfor hvorfra hvorhen hvori hvorimod hvornår hvorvidt i idet
igen igennem ikke imellem imens imod ind inde inden indtil ingen intet ja jeg jer jeres jo kan kom komme
kommer kun kunne kunnet lade lad lige ligesom lidt lille man mange med meget mellem men mens mere mest mig
min mindre mindst mine mit mod må måtte måske ned nede nej nemlig netop ni nogen noget nogle nok nu ny nye
nyt nær næste næsten når og også om omkring op oppe os otte over overalt på sag samme samt sammen se selv
selvom seks ser set side siden sig sige siger sin sine sit skal skulle skullet som stadig stor store sådan
således så syv tag tage ti til tilbage to tre trods ud ude uden udenfor under undtagen var ved vi vil
ville villet vor vore vores være været
    """
)

EVERYDAY_WORDS: Final = word_set(
    """
absolut adgang adresse aften aftale aftalen aftaler aktuel alder ansat april arbejde arbejdede arbejder
augustus august automatisk bad bank bare barn bedre bedst bedste begynde begynder behov berettet besked
bestille bestilling besøg betale betaling betyder billede billeder billig billige billigere bil biler blå
bog bord brev bruge bruger brugere brug brugt budget by bygge bygning børn chef chefen computer dag dage
dagen dagens dansk danske data dato datter december dejlig dejligt del dele desværre detaljer direkte
direktør direktøren dokument dollar drift dyr dyrt dyre dør effekt eftermiddag ejer eksempel ekstra elsker
enig enkelt erfaring euro fabrik fakta faktisk faktura far farve fast februar fejl ferie fin fint fine
finde finder firma firmaet flot flyt folk forening forhold formiddag forskel forslag forstå forstår forsøg
fortsat fortæl fortælle forældre foråret fredag freden fremtid fri friske fuld fuldstændig fungerer
funktion fælles færdig følger føler først gade gammel gamle gang gange garanti generelt gerne give glad
glade god gode goddag godmorgen godt gratis gruppe grund grøn gul gæst gæster halv halvdelen halløj haj
hallo hej heldigvis hele helt hjem hjemme hjælp hjælpe hjemmeside holde holder hold hurtig hurtigt
hurtigere hus huset hund husk hvid hånd håber højere høj højt hør høre hører idé ide imponerende
information interessant interesse interesseret januar job juli jul juni kampagne kig kigge kigger klar
klart klasse klokken kode kollega kolleger kommende kommune kommunen kone konkurrent konkurrenter
konkurrence kontakt kontakter kontor kontrakt kontrakten korrekt kort koster kr kroner kunde kunden kunder
kunderne kvalitet kvarter kvinde kvinder køb købe købt køre kører lager land lang langt lange lave laver
ledelse leder ledig let letter levere levering leverandør licens licenser lidt linje liste liv lokal lov
lyder lyst læs læse løbende lørdag løsning løsninger løsningen maj mail mand mandag mange marked markedet
markedsføring marts medarbejder medarbejdere medlem mener mening menneske mennesker mere middag mia mig
million millioner mio minut minutter mobil model moderne mor morgen mulig muligt mulighed muligheder musik
mænd mærke mød møde møder mødet mål måde måned måneder månedlig navn navne nede nemt nem nogenlunde nord
normalt normal november nul nummer nyhed nyheder nødvendigt nå område onsdag opgave opgaver oktober
oplevelse oplysninger opkald opstart ord ordre ordren organisation original overblik overrasket partner
penge periode person personale personer plads plan planen plus politik populær position praksis pris
prisen priser problem problemer procent produkt produkter produktet projekt prøv prøve på ret rabat regel
regler region regning rejse relevant rent resultat rigtig rigtigt rigtige ring ringe ringer risiko rolig
rum rundt rød rækkefølge salg sag samarbejde samtale samtidig sandsynligvis sat se sektor selvfølgelig
selskab send sende sender september service sidst sidste sige sikker sikkert sikkerhed simpelthen
situation sjov skab skema skidt skift skifte skifter skole skriv skrive skriver skyld slet slut sluttede
små smart snak snakke snakker snart sommer spændende spørg spørge spørgsmål sprog stedet sted start starte
starter stille stort stærk større største stykke styk støtte super support svar svare svært syd synes
system systemet systemer søn søndag sælge sælger sælgere tak tal tale taler tid tiden tidligere tidspunkt
tidlig tilbud tilbuddet time timer ting tirsdag tjek tjekke tlf torsdag trin tro tror tung tur tv tyve
tænke tænker udgave udgift ugen uge uger undervejs undskyld ung unge usikker vand vare varer vej velkommen
ven venner vente venter verden version vest vigtig vigtigt vinder virkelig virkede virker virksomhed
virksomheden virksomheder vis vise viser vælge værdi vær værsgo weekend ændring ændringer ærligt øh øhm
ønske ønsker øst åben år året åres årligt mhm mm mmm hm hmm nåh næ jamen tja okay ok yes fedt perfekt
præcis præcist netop hr fru frk
    """
)

# Base forms of words that are common in sales talk: what their inflected forms are shown as.
BASE_FORMS: Final = word_set(
    """
abonnement adgang aftale aktivitet analyse annonce ansvar arbejdsgang argument automatisere avance bank
batteri bedring begrænsning behov bekræfte beslutning besparelse besvare bestilling betaling betingelse
bevis binding brand bruger budget bundlinje certifikat dagsorden database demo dialog diagram
dokumentation drift driftsikkerhed effektiv efterspørgsel ejer elektronik energi erfaring erstatning
eksempel faktura fejl filial firma fleksibel flytning fordel forbedre forbedring forbrug forhandle
forhandling forklare forlænge forlængelse forretning forsikring forsinkelse forsyning forudsætning
forventning fremtid funktion følge garanti gebyr gennemgang gevinst grænse handel hastighed historik
holdning hovedkontor håndtere implementere implementering indkøb indkøber indsats indsigt installation
installere integration interesse investering justere kalender kampagne kanal kapacitet kasse katalog kerne
klage klient kommunikation kontakt kontrakt kontrol konkurrence konkurrent koncept konsulent kobling krav
kredit kriterie kunde kurs kursus kvalitet kæde købe køber lager leasing ledelse ledig levere leverance
levering leverandør levetid licens ligning likviditet liste logistik løbetid løfte løsning maskine margin
marked markedsføring medarbejder mangel materiale metode mersalg model moms montage mulighed målgruppe
måling målsætning netværk niveau nøgletal omkostning omsætning opdatere opdatering opfølgning opfølge
opgave opgradering opgradere oplæg oplære oplæring oprette oprettelse opsige opsigelse opstart ordre
organisation overblik overskud overveje pakke partner periode pilot pladsmangel plan planlægge platform
potentiale pris printer prioritet proces produkt produktion program projekt proportion provision prøve
prøveperiode rabat ramme rapport rapportere referat reference regel regne regnskab rejse reklamation
relation reservedel ressource resultat retning risiko rolle rutine salg samarbejde samtale scenarie
segment selskab service serviceaftale sikker sikkerhed sikre skabe skala skifte software sortiment spare
spørgsmål standard start statistik status strategi strøm struktur støtte support system sælger tab teknik
teknologi tendens test tid tidsplan tilbud tilfreds tilfredshed tilpasse tilpasning timepris transport
træning udbytte uddannelse udfordring udgift udskifte udstyr udvikle udvikling uge undersøge vare
vedligehold vedligeholdelse vilkår virksomhed værdi vækst værktøj ydelse ønske beslutte betale bestille
booke bruge fungere give hjælpe høre investere kigge køre love lære læse mene møde optage passe præsentere
ringe sende skrive snakke spørge stille sælge tale tilbyde tjekke tænke undervise vente virke vise vurdere
    """
)

# Said often enough to tell the language of a text.
TELLING_WORDS: Final = word_set(
    """
og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham
hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind når
være dog noget ville jo deres efter ned skulle denne end dette mit også under have dig hende mine alt meget
mod disse hvis din nogle hos blive mange bliver hendes været jer sådan tak nej hej godt lige altså ikk bare
kan går gør siger gerne måske okay derfor jeres fordi faktisk selvfølgelig tror synes ved nogen nok vores
uden igen allerede kommer få får hvordan hvornår hvorfor to tre ja så hvilken hvem kun lidt mere helt rigtig
    """
)

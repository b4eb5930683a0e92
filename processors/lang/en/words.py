"""Everyday English: words that are no name although a sentence, a title or a shout may write them with a capital."""

from typing import Final

from processors.lang import word_set

FUNCTION_WORDS: Final = word_set(
    """
a about above across after again against ago all almost alone along already also although always am among
an and another any anybody anyhow anymore anyone anything anyway anywhere are aren't around as at away
back be because been before behind being below beside besides between beyond both but by can can't cannot
could couldn't despite did didn't do does doesn't doing done don't down due during each either else enough
etc even ever every everybody everyone everything everywhere except few first for former from further get
gets getting go goes going gone gonna got gotta had hadn't has hasn't have haven't having he he'd he'll
he's hence her here here's hers herself him himself his how how's however i i'd i'll i'm i've if in indeed
instead into is isn't it it'd it'll it's its itself just last later least less let let's like likely made
make many may maybe me meanwhile might mine more moreover most mostly much must mustn't my myself near
nearly neither never nevertheless next no nobody none nor not nothing now nowhere of off often oh ok okay
on once one one's only onto or other others otherwise ought our ours ourselves out over own per perhaps
please plus put quite rather really round same second see several shall shan't she she'd she'll she's
should shouldn't since so some somebody somehow someone something sometimes somewhere soon still such than
that that'd that'll that's the their theirs them themselves then there there'd there'll there's therefore
these they they'd they'll they're they've thing things third this those though three through throughout
thus till to together too toward towards twice two under unless until up upon us usually very via was
wasn't we we'd we'll we're we've well were weren't what what'll what're what's whatever when when's
whenever where where's whereas wherever whether which whichever while who who'd who'll who's whoever whole
whom whose why why's will with within without won't would wouldn't yes yet you you'd you'll you're you've
your yours yourself yourselves
    """
)

EVERYDAY_WORDS: Final = word_set(
    """
able absolutely access according account accounts act action actual actually ad add added address admin
ads advance advice afternoon age agree agreed agreement ahead ain't air aka album alert alive allow
alright amazing amount angry annual answer answers anyways apart apologies apparently app apparel appeal
apply appointment appreciate approach april area areas article asap ask asked asking assistant assume
attention august author auto available average avoid award awesome baby bad bag balance ball band bank bar
base based basically basic bathroom battery beach beat beautiful became become becomes bed beer began
begin behalf believe best bet better big bigger biggest bill billion birthday bit black blah bless block
blog bloody blow blue board boat body bonus book books boots border bored boring born boss bottle bottom
bought box boy boys branch brand brave break breakfast breaking bring brings bro broke broken brother
brought brown bucks budget build building built bunch burn bus business busy button buy buyer buying bye
cake calendar call called caller calling calls came camera campaign cancel capital car card cards care
career careful cars case cash cat catch caught cause celebrate cell cent center central century certain
certainly chain chance change changed changes channel chapter charge charges chat cheap check checked
checking cheers chef chicken child children chocolate choice choose christmas church city claim class
classic clean clear clearly click client clients close closed closer clothes cloud club coach code coffee
cold college color colors come comes comfortable coming comment comments commercial common community
companies company compare compared competition competitor competitors complete completely computer
concerned condition conference confirm confused congrats congratulations connect connection consider
contact content contest continue contract control conversation cook cool copy corner correct cost costs
council count country couple course court cover coverage cozy crap crazy create created credit crew crowd
cry culture current currently cut cute dad daddy daily damage damn dance dark data date dates daughter day
days dead deal deals dear death debt december decide decided decision deep def definitely delay delivery
demo department depends design desk detail details developer device did died difference different
difficult digital dinner direct direction director directly discount discuss distance doc doctor document
dog dogs dollar dollars door double doubt download dr dream dreams dress drink drinking drive driver
driving drop drove dude dumb early earlier earth easier easily east easy eat eating economy edit edition
education effort eight either eleven email emails emergency employee employees empty end ended energy
engine engineer english enjoy enjoyed enter entire episode equipment error especially estimate evening
event events eventually evil exactly example excellent excited exciting excuse executive exercise expect
expected expensive experience expert explain extra eye eyes fabulous face fact facts factory fail failed
fair fake fall family famous fan fans fantastic far fast fat father fault favorite favourite feature
features february federal feed feedback feel feeling feelings feels feet fell fellow felt female field
fifteen fifth fifty fight figure file files fill film final finally finance financial find finding fine
finger finish finished fire fired firm first fish fit five fix flight floor flow fly focus folks follow
followed followers following food football force foreign forever forget forgot form forward found four
fourth frankly free freedom french fresh friday friend friendly friends front fuck fucking full fun fund
funny future gain game games garden gas gave general gently genius german get gift girl girls give given
gives giving glad glass global goal goals god gods gold golden gone good goodbye goodnight gosh government
grab grade grand grandma grateful gray great greater green greetings grew ground group groups grow growing
growth guess guest guests guide guy guys ha haha hahaha hair half hall hand hands handle hang happen
happened happens happy hard hardware hate hated head health hear heard heart heat heaven heavy heck held
hell hello help helped helpful helping hers hey hi hide high higher highly hill history hit hmm hold
holder holding hole holiday holidays holy home homework honest honestly honey honor hook hope hopefully
hoping horrible horse hospital host hot hotel hour hours house housing huge huh human humans hundred
hungry hurry hurt husband ice idea ideas identity idiot ignore image imagine immediately important
impossible include included including income incoming increase incredible individual industry info
information inside insurance interest interested interesting internal international internet interview
invite invoice island issue issues item items jan january job jobs join joined joke july jump june jury
justice keep keeps kept key kick kid kidding kids kill killed kind kindly king kiss kitchen knew knock
know knowing known knows lack ladies lady lake land language laptop large larger late lately latest latter
laugh launch law lawyer lay layer lead leader leaders learn learned learning leave leaving led left legal
legend lesson lets letter level library license lie life light lights line lines link links list listen
listening literally little live lived lives living lmao loads local location lol long longer look looked
looking looks lord lose losing loss lost lot lots loud love loved lovely lover loves loving low lower luck
lucky lunch machine mad magazine mail main major making male mall mama man manage management manager
managers mane manual march mark market marketing married mass master match material matter maximum may
maybe meal mean means meant media medical meet meeting meetings member members memory men mention menu
mess message messages met method middle midnight mile miles military milk million mind minimum minister
minor minute minutes miss missed missing mistake mix mobile mode model modern mom moment moments monday
money monster month monthly months mood moon morning mother mountain mouth move moved movement movie
movies moving multiple mum mummy music myself name named names nation national nature near necessary neck
need needed needs negative negotiate neighbor network new newest news nice night nights nine nobody noise
normal normally north nose note notes notice november number numbers nurse object obvious obviously
occasion october odd offer offered offers office officer official oil old older omg one ones online open
opened opening operation opinion opportunity option options order ordered orders organization original
outside overall owner pack package page paid pain paint pair panel paper parent parents park part
particular parties partner partners parts party pass passed past patient patients pattern pay paying
payment peace peak people percent perfect perfectly performance period permission person personal
personally persons phone photo photos phrase pick picked picture pictures piece pieces pink pizza place
places plan plane plans plant plate platform play played player players playing please plenty plus pocket
point points police policy political politics poor pop popular position positive possible possibly post
posted posts potential pound pounds power powerful practice pray prefer premium prepare present president
press pressure pretty previous price prices pricing pride primary printer prior private prize pro probably
problem problems process product production products professional professor profit program project
projects promise proper property proposal protect proud prove provide provided public pull purchase pure
purple purpose push quality quarter queen question questions quick quickly quiet quit quote race radio
rain random range rate rates read reader reading ready real reality realize really reason reasons receipt
receive received recent recently record red reference refund regarding region register regular related
relationship release released remember reminder remove rent repeat reply report reports request required
research respect respond response rest restaurant result results retail return review reviews rich ride
right rights ring rip rise risk river road rock role roll roof room rooms rough row rule rules run running
runs rush sad safe safety said sale sales salesman same sample sat saturday save saved saw say saying says
scale scared scary scene schedule school science score screen sea search season seat seats second secret
section secure security seeing seem seems seen sell seller selling send sending senior sense sent
september series serious seriously serve server service services session set setting settings setup seven
seventy shape share shared sheet shift ship shipping shirt shit shoes shop shopping short shortly shot
shoulder shout show shower showing shown shows shut sick side sign signed similar simple simply single sir
sister sit site sitting situation six size skill skills skin sky sleep sleeping slow slowly small smaller
smart smell smile smoke smooth snow social society soft software sold solid solution solutions somebody
someday son song songs sooner sorry sort sound sounds source south space speak speaker speaking special
specific specifically speech speed spend spent spirit spoke sport sports spot spread spring square staff
stage stand standard star start started starting starts state statement states station status stay step
steps stick stock stop stopped store stores stories storm story straight strange stranger strategy street
stress strong structure student students studio study stuff stupid style subject success successful suck
sucks suddenly sugar suggest suit summer sun sunday super supply support supposed sure surely surprise
surprised survey sweet swim switch switched system systems table take taken takes taking talk talked
talking tall target task taste tax teach teacher team teams tear tech technical technology teen tell
telling tells temperature ten term terms terrible test testing text thank thanks thanksgiving thats theory
thing think thinking thinks third thirty thought thoughts thousand threat three threw throw thursday
ticket tickets time times tiny tip tips tired title today todays today's toilet told tomorrow ton tone
tonight took tool tools top topic total totally touch tough tour tower town track trade traffic train
training transfer trash travel treat tree trial trick tried trip trouble truck true truly trust truth try
trying tuesday turn turned turns tv twelve twenty two type types typical ugh ugly um unable uncle
understand understood unfortunately union unique unit units university unknown unless update updated
updates upgrade upset urgent use used useful user users uses using usual vacation value van various vendor
version video videos view village vip visit voice vote wait waiting wake walk walking wall wanna want
wanted wants war warm warning waste watch watched watching water wave way ways weak wear wearing weather
web website wedding wednesday week weekend weekly weeks weight weird welcome went west wet wheel white
who'd wide wife wild willing win wind window wine winner winter wireless wise wish wishes woke woman women
won wonder wonderful wondering wood word words wore work worked worker workers working works world worried
worry worse worst worth wow wrap write writer writing written wrong wrote wtf ya yall yay yeah year years
yell yellow yep yesterday yo young younger yup zero zone mhm mm mmm uh uhh uhm umm er erm hm alrighty okey
dokey kinda sorta lemme dunno cuz coz thx pls plz btw imo imho ps pm rt ft vs st nd rd th mr mrs ms madam
    """
)

# Said often enough to tell the language of a text.
TELLING_WORDS: Final = word_set(
    """
the be to of and a in that have i it for not on with he as you do at this but his by from they we say her
she or an will my one all would there their what so up out if about who get which go me when make can like
no just him know take into your good some could them see other than then now look only come its over think
also back after how our work first well way even want because any these give most us is are was were been
has had did don't i'm it's that's yes okay thanks thank please hello hi yeah uh um sure right going really
great let does didn't we're you're i'll we'll can't where why here more very much those
    """
)

# What inflected forms of words are shown as.
BASE_FORMS: Final = EVERYDAY_WORDS

"""Illnesses, faiths and parties: special categories of personal data (GDPR, article 9), which are never shown as names.

English and Danish, words in lower case. What follows from a word's ending ("-itis", "-isme") stands in ENDINGS.
"""

from typing import Final

from processors.lang import word_set

ILLNESSES: Final = word_set(
    """
    parkinson parkinsons alzheimer alzheimers crohn crohns cancer kræft leukemia leukaemia leukæmi lymphoma lymfom
    melanoma melanom sclerosis sklerose als ms epilepsy epilepsi diabetes asthma astma kol copd covid covid-19
    corona coronavirus influenza flu hiv aids hepatitis adhd add autism autisme asperger aspergers tourette
    tourettes ocd ptsd depression depressed depressive bipolar skizofreni schizophrenia angst anxiety stress
    burnout udbrændthed anoreksi anorexia bulimi bulimia dementia demens stroke apopleksi blodprop thrombosis
    trombose migræne migraine gigt arthritis leddegigt slidgigt rheumatism fibromyalgi fibromyalgia cøliaki celiac
    coeliac colitis ulcer mavesår endometriosis endometriose pcos lupus psoriasis eczema eksem borreliose lyme
    malaria tuberculosis tuberkulose polio chikungunya dengue ebola zika mrsa sepsis lungebetændelse pneumonia
    bronkitis bronchitis kemo kemoterapi chemo chemotherapy hodgkin hodgkins huntington huntingtons down downs
    marfan menieres meniere sjögren sjögrens raynaud graves hashimoto hashimotos basedow basedows addison cushing
    guillain-barré guillain-barre scheuermann bechterew osgood-schlatter perthes wilson dupuytren tinnitus
    glaucoma glaukom anemia anaemia anæmi herpes syfilis syphilis klamydia chlamydia gonorrhea gonoré hpv epi
    alkoholisme alcoholism misbrug abort abortion ivf prozac ozempic wegovy zoloft valium xanax ritalin concerta
    lithium metadon methadone antabus
    """
)
FAITHS: Final = word_set(
    """
    islam islamic islamisk muslim muslims muslimer moslem koran quran sharia ramadan eid hijab imam moské mosque
    sunni shia christian christians christianity kristen kristne kristendom catholic catholics catholicism katolik
    katolikker katolsk katolicisme protestant protestants protestantism lutheran lutheransk evangelical
    evangelicals orthodox ortodoks baptist baptists baptister methodist methodists pentecostal pinsekirken mormon
    mormons mormoner jehova jehovah jehovas jehovahs vidner scientology scientologist scientologists jew jews
    jewish judaism jøde jøder jødisk jødedom synagoge synagogue thora torah hindu hindus hinduism hinduisme
    buddhist buddhists buddhism buddhisme sikh sikhs sikhism bahai bible bibel bibelen gospel evangeliet atheist
    atheists atheism ateist ateister agnostic folkekirken vatican pope paven adventist adventists quaker quakers
    amish ahmadiyya shinto tao taoism wicca satanist diwali deepavali holi navratri vaisakhi vesak purim pesach
    passover sukkot hanukkah chanukah kippur nowruz ashura
    """
)
PARTIES: Final = word_set(
    """
    socialdemokratiet socialdemokraterne socialdemokrat socialdemokrater venstre konservative konservativ
    dansk_folkeparti folkeparti enhedslisten alternativet liberal_alliance moderaterne danmarksdemokraterne
    radikale radikal sf nye_borgerlige kristendemokraterne borgernes_parti frie_grønne inuit_ataqatigiit siumut
    republican republicans democrat democrats democratic tory tories conservative conservatives labour lib_dem
    lib_dems liberal_democrats ukip snp plaid_cymru sinn_fein sinn_féin dup greens afd cdu csu spd fdp maga gop
    communist communists kommunist kommunister nazi nazis nazist brexit_party reform_uk sverigedemokraterne
    vänsterpartiet arbeiderpartiet fremskrittspartiet fagforening fagforeningen
    """
)
ENDINGS: Final = (
    "itis", "osis", "emia", "æmi", "pathy", "syndrom", "syndromet", "syndrome", "kræft", "sygdom", "sygdommen",
)  # fmt: skip
"""Of words of seven letters and more, in lower case."""
ILLNESS_NOUNS: Final = word_set(
    "syndrom syndromet syndrome disease disorder sygdom sygdommen lidelse lidelsen virus"
)
"""Behind a name they make an illness of it."""

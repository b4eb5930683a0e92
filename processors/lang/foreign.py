"""Words and letters by which languages that the product does not analyse are told from those that it does."""

from typing import Final

from processors.lang import word_set

TELLING_WORDS: Final = {
    "sv": word_set(
        """
        och det att i en jag hon som han på den med var sig för så till är men ett om hade de av mig du
        henne då sin nu har inte hans honom skulle hennes där min man ej vid kunde något från ut när efter
        upp vi dem vara vad över än dig kan sina här ha mot alla under någon eller allt mycket sedan ju
        denna själv detta åt utan varit hur ingen mitt ni bli blev oss din dessa några deras blir mina er
        vår inom mellan varför varje ditt vem vilket våra tack ja nej hej också bara ska måste
        """
    ),
    "no": word_set(
        """
        og i jeg det at en et den til er som på de med han av ikke der så var meg seg men har om vi min mitt
        ha hadde hun nå over da ved fra du ut sin dem oss opp man kan hans hvor eller hva skal selv her alle
        vil bli ble blitt kunne inn når være kom noen noe ville dere deres kun ja etter ned skulle denne for
        deg sine sitt mot å hvorfor dette disse uten hvordan ingen din ditt blir samme mellom vår hver hvem
        hvis både bare enn fordi før mange også slik vært takk veldig mye nei hei
        """
    ),
    "de": word_set(
        """
        der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden
        aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur
        oder aber vor zur bis mehr durch man sein wurde ich wir ihr mich mir dir uns ja nein danke bitte gut
        was wo wenn dann kann können habe sehr schon da doch ihnen
        """
    ),
    "nl": word_set(
        """
        de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om hem dan
        zou of wat mijn dit zo door over ze zich bij ook tot je mij uit daar haar naar heb hoe heeft hebben
        deze u want nog zal me zij nu geen omdat iets worden toch al waren veel meer doen toen moet ben
        zonder kan hun dus ja hier wie werd altijd wordt kunnen ons tegen wil kon niets uw bedankt dank goed
        graag we
        """
    ),
    "fr": word_set(
        """
        de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec
        son je vous nous mais ou c'est oui non merci bonjour très j'ai être fait tout elle on cette ça si
        mon votre notre bien
        """
    ),
    "es": word_set(
        """
        de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí
        porque esta cuando muy sin sobre también me hasta hay donde quien desde todo nos gracias hola está
        es yo usted son tiene
        """
    ),
    "it": word_set(
        """
        di che è la il un non per una sono mi ho ma lo ha le si ti con cosa se io come da ci no questo qui
        sei del bene grazie della alla anche più gli nel perché molto
        """
    ),
    "pt": word_set(
        """
        de que não o a é do da em um para com uma os no se na por mais as dos como mas ao ele das tem à seu
        sua ou ser quando muito nos já está eu também só pelo pela até isso ela obrigado você
        """
    ),
    "pl": word_set(
        """
        nie to się w na z że jest do i co jak ale tak za dla czy dziękuję od po był są tego jego mnie już ja
        pan
        """
    ),
    "fi": word_set(
        """
        ja on ei se että oli hän mutta ovat kun niin minä sinä tämä mitä kuin joka olen ole myös kiitos hyvä
        vain
        """
    ),
}
LETTERS: Final = {
    "æ": ("da", "no"),
    "ø": ("da", "no"),
    "ä": ("sv", "de", "fi"),
    "ö": ("sv", "de", "fi"),
    "ß": ("de",),
}

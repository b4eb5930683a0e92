"""What the import says of transcripts, in Danish and English."""

from __future__ import annotations

from streams.language import Text

MISSING = Text("the file does not say {what}", "filen fortæller ikke, {what}")
NOR = Text("; nor ", "; og heller ikke, ")
WHETHER_CONSENT = Text(
    "whether the call may be analysed: --consent or --no-consent",
    "om opkaldet må analyseres: --consent eller --no-consent",
)
WHICH_SELLER = Text(
    "which seller it is: --seller with their id", "hvilken sælger det er: --seller med sælgerens id"
)
WHEN = Text(
    "when the call began: --started-at, or --as-if-now",
    "hvornår opkaldet begyndte: --started-at eller --as-if-now",
)
WHO_SELLS_BY_NAME = Text(
    "who sells: --seller-speaker with the seller's name as the file has it",
    "hvem der sælger: --seller-speaker med sælgerens navn, som det står i filen",
)
WHO_SELLS_BY_LABEL = Text(
    "who sells: --seller-speaker with one of {there}", "hvem der sælger: --seller-speaker med en af {there}"
)
ITS_SPEAKERS = Text("its speakers", "filens talere")
NOBODY_CALLED = Text(
    "who sells: nobody in the file is called {given}; its speakers are {there}",
    "hvem der sælger: ingen i filen hedder {given}; filens talere er {there}",
)
NONE_OF_THOSE = Text(
    "who sells: nobody in the file is called by one of the {count} names of who sells; its speakers are {there}",
    "hvem der sælger: ingen i filen har et af de {count} navne på dem, der sælger; filens talere er {there}",
)
MISTYPED = Text(
    "who sells: nobody in the file is called {given}, but {almost} is, who would count as a customer",
    "hvem der sælger: ingen i filen hedder {given}, men {almost} gør, og ville tælle som kunde",
)
AND_MORE = Text(" and {count} more", " og {count} til")

NO_TIMES = Text(
    "has no times like 00:01:02.345 --> 00:01:04.000", "har ingen tider som 00:01:02.345 --> 00:01:04.000"
)
UNNAMED_CUE = Text(
    "does not say who speaks, by a voice tag or a name before it",
    "fortæller ikke, hvem der taler, hverken ved et voice-tag eller et navn foran",
)
NO_CUES = Text("has no cues: nobody speaks in it", "har ingen undertekster: ingen taler i den")
NO_CUE_NAMED = Text(
    "no cue names its speaker, by a voice tag or a name before it: export the transcript with speakers "
    "(of Zoom the .transcript.vtt instead of the .cc.vtt; of Teams with speaker attribution switched on)",
    "ingen undertekst nævner, hvem der taler, hverken ved et voice-tag eller et navn foran: eksportér udskriften med "
    "talere (fra Zoom .transcript.vtt i stedet for .cc.vtt; fra Teams med angivelse af talere slået til)",
)
UNNAMED_RECORD = Text("does not say who speaks", "fortæller ikke, hvem der taler")

WHISPER_NOBODY = Text(
    "no segment says who speaks: transcribe with speaker diarization, with WhisperX by --diarize",
    "intet segment fortæller, hvem der taler: transskribér med opdeling på talere, i WhisperX med --diarize",
)
AMAZON_NOBODY = Text(
    "no word says who speaks: transcribe with speaker labels, or with channel identification "
    "(ShowSpeakerLabels, ChannelIdentification)",
    "intet ord fortæller, hvem der taler: transskribér med etiketter for talere eller med kanaler "
    "(ShowSpeakerLabels, ChannelIdentification)",
)
AZURE_NOBODY = Text(
    "no phrase says who speaks: transcribe with diarization, or with a channel for each speaker",
    "ingen sætning fortæller, hvem der taler: transskribér med opdeling på talere eller med en kanal for hver",
)
DEEPGRAM_NOBODY = Text(
    "no word says who speaks: transcribe with diarize=true, or with multichannel=true",
    "intet ord fortæller, hvem der taler: transskribér med diarize=true eller multichannel=true",
)
FIREFLIES_NOBODY = Text(
    "no sentence says who speaks: export the transcript with speakers",
    "ingen sætning fortæller, hvem der taler: eksportér udskriften med talere",
)

JOB_FAILED = Text(
    "the job failed{because}: it has no transcript; start it again",
    "jobbet mislykkedes{because}: det har ingen udskrift; start det igen",
)
JOB_UNFINISHED = Text(
    "status: must be completed; fetch the transcript again",
    "status: skal være afsluttet; hent udskriften igen",
)
ANALYSIS_FAILED = Text(
    "the analysis of {call} failed: nothing of it is sent",
    "analysen af {call} mislykkedes: intet af det er sendt",
)
NOTHING_FINAL = Text(
    "{call} has no final utterance: nothing of it is sent",
    "{call} har ingen endelig ytring: intet af det er sendt",
)
THE_CALL = Text("the call", "opkaldet")
CALL_NAMED = Text("call {call_id}", "opkald {call_id}")
SEVERAL_CALLS = Text("has several calls: --call-id is for one", "har flere opkald: --call-id er til ét")
NO_TIMES_OF = Text("has no {start} and {end}", "har ikke {start} og {end}")
ONLY_CALLS = Text(
    "Channel: must be VOICE; only calls are read, not chats or e-mail",
    "Channel: skal være VOICE; kun opkald læses, ikke chat eller e-mail",
)
NEITHER_SIDE = Text(
    "spoken neither by an agent nor by a customer", "hverken sagt af en agent eller af en kunde"
)
NO_TRANSCRIPTS_BESIDE = Text(
    "tells of calls whose transcripts (callTranscripts) are not beside it",
    "fortæller om opkald, hvis udskrifter (callTranscripts) ikke ligger ved siden af",
)
NO_TRANSCRIPT_BESIDE = Text(
    "tells of a call whose transcript {name} is not beside it",
    "fortæller om et opkald, hvis udskrift {name} ikke ligger ved siden af",
)
NO_CALL = Text("has no call", "har intet opkald")
PHRASE_FAILED = Text(
    "recognitionStatus is Failure, so it has no words", "recognitionStatus er Failure, så den har ingen ord"
)
ONE_PAGE_OF_SENTENCES = Text(
    "meta: is one page of several; fetch all sentences (PageSize=5000)",
    "meta: er én side af flere; hent alle sætninger (PageSize=5000)",
)
NO_SENTENCES = Text("has no sentences: nobody speaks in it", "har ingen sætninger: ingen taler i den")
NO_UTTERANCES = Text(
    "utterances: must be there; transcribe with speaker_labels or multichannel",
    "utterances: skal være der; transskribér med speaker_labels eller multichannel",
)
NEITHER_SPEAKER_NOR_CHANNEL = Text(
    "has neither speaker nor channel: label them in the project",
    "har hverken taler eller kanal: slå mærkning til i projektet",
)
TAKEN_ID = Text("the id {id} is taken by an utterance before it", "id'et {id} er brugt af en ytring før den")

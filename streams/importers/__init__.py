"""Files of other systems to our events: each format in a module, recognised by its content.

source = Source(path)
for item in read(source, Options(consent=True, seller_id="seller-17")):
    ...  # an event, or a Problem
"""

from __future__ import annotations

from collections.abc import Iterator

from streams.importers import file_texts
from streams.importers.amazon import AmazonCall
from streams.importers.amazon_transcribe import AmazonTranscribeCall
from streams.importers.assemblyai import AssemblyAICall
from streams.importers.azure import AzureCall
from streams.importers.bedrock import BedrockAudio
from streams.importers.contract import Importer, Item, Options, Problem
from streams.importers.dataverse import DataverseChanges
from streams.importers.deepgram import DeepgramCall
from streams.importers.dynamics import DynamicsCall
from streams.importers.failed_job import FailedJob
from streams.importers.fireflies import FirefliesCall
from streams.importers.gong import GongCalls
from streams.importers.json_lines import JsonLines
from streams.importers.live_calls import ContactLensLive, LiveCallAnalytics
from streams.importers.mapping import MappingError, read_mapping
from streams.importers.salesforce import SalesforceChanges
from streams.importers.sheets import Tables, unknown_table
from streams.importers.source import Source, UnreadableError
from streams.importers.srt import Subrip
from streams.importers.twilio import TwilioCall
from streams.importers.webvtt import WebVtt
from streams.importers.whisper import WhisperCall

__all__ = [
    "IMPORTERS",
    "Importer",
    "Item",
    "MappingError",
    "Options",
    "Problem",
    "Source",
    "is_known",
    "read",
    "read_mapping",
]

# formats of lines first: that a file is one of them is seen at its beginning, while JSON has to be read as a whole
IMPORTERS: tuple[Importer, ...] = (
    JsonLines(),
    WebVtt(),
    Subrip(),
    FailedJob(),
    AmazonCall(),
    AmazonTranscribeCall(),
    BedrockAudio(),
    DynamicsCall(),
    DeepgramCall(),
    AssemblyAICall(),
    WhisperCall(),
    AzureCall(),
    ContactLensLive(),
    LiveCallAnalytics(),
    TwilioCall(),
    FirefliesCall(),
    GongCalls(),
    SalesforceChanges(),
    DataverseChanges(),
    Tables(),
)
"""The formats, in the order in which a file is tried."""


def read(source: Source, options: Options) -> Iterator[Item]:
    """The events of a file of any known format, lazily; what cannot be read yields a Problem and stops nothing."""
    source.told_in = options.told_in
    importer = next((each for each in IMPORTERS if each.recognises(source, options)), None)
    if importer is None:
        yield Problem(source.path, *_unknown(source, options))
    else:
        yield from importer.read(source, options)


def is_known(source: Source, options: Options) -> bool:
    """Whether a file is of any known format but a table."""
    return any(each.recognises(source, options) for each in IMPORTERS if not isinstance(each, Tables))


def _unknown(source: Source, options: Options) -> tuple[int | None, str]:
    """Why a file cannot be read, and the line where that is seen."""
    if source.sample.lstrip()[:1] in (b"{", b"[") and source.is_one_document:
        try:
            source.document()
        except UnreadableError as error:
            return error.line, source.say(error.reason)
    if (problem := unknown_table(source, options)) is not None:
        return 1, problem
    if source.size == 0:
        return None, source.say(file_texts.EMPTY)
    known = "; ".join(each.name for each in IMPORTERS)
    return None, source.say(file_texts.UNKNOWN_FORMAT, known=known)

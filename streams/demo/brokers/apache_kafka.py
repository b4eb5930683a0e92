"""Apache Kafka as one node on loopback, from its own jars: what production runs, for tests and `demo --kafka`.

Needs Java 17 or newer and Maven. The first use fetches the jars (43 MB), formats a storage template and writes a
class archive, which makes later starts two to three times as fast; all of it is kept in the user's cache.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import uuid
from importlib.resources import files
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

from streams.demo.brokers import BrokerError, free_port
from streams.demo.brokers.process import BrokerProcess

_POM = "pom.xml"
_OLDEST_JAVA = 17
_START_TIMEOUT = 90.0
_FETCH_TIMEOUT = 600.0
_REMEDY = f"install a JRE {_OLDEST_JAVA}+ and Maven, or leave out --kafka"

# One broker with a small heap that starts fast, rather than one that serves many clients.
_JVM = (
    "-Xms128m",
    "-Xmx384m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xlog:disable",
    "-Xlog:all=error:stderr",
)

_PROPERTIES = """\
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://{bootstrap},CONTROLLER://127.0.0.1:{controller_port}
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:{controller_port}
log.dirs={data}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
log.cleaner.dedupe.buffer.size=4194304
"""

_LOGGING = """\
rootLogger.level=warn
rootLogger.appenderRef.console.ref=console
appender.console.type=Console
appender.console.name=console
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=%d %p %c: %m%n
"""


class ApacheKafkaBroker:
    """A single Kafka broker that keeps its data and log in `directory`. See `streams.demo.brokers.Broker`.

    Started again on the same directory it has what it had, also after `kill`.
    """

    def __init__(self, directory: Path, port: int) -> None:
        self._directory = directory
        self._controller_port = free_port()
        self._process = BrokerProcess("Apache Kafka", port, directory / "kafka.log")

    @property
    def bootstrap(self) -> str:
        return self._process.bootstrap

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def start(self) -> None:
        """Start on the directory's data; the very first start on a machine takes half a minute."""
        installation = Installation.prepare()
        data = self._directory / "data"
        if not data.exists():
            installation.format(data)
        self._run(installation, f"-XX:SharedArchiveFile={installation.archive}")

    def stop(self) -> None:
        self._process.stop()

    def kill(self) -> None:
        self._process.kill()

    def write_archive(self, installation: Installation) -> None:
        """Start and stop once on fresh data, so that the JVM writes the archive of the classes it loaded."""
        installation.format(self._directory / "data")
        self._run(installation, f"-XX:ArchiveClassesAtExit={installation.archive}")
        self.stop()

    def _run(self, installation: Installation, option: str) -> None:
        properties = self._directory / "server.properties"
        properties.write_text(
            _PROPERTIES.format(
                bootstrap=self.bootstrap,
                controller_port=self._controller_port,
                data=self._directory / "data",
            )
        )
        command = installation.java(option, "kafka.Kafka", str(properties))
        self._process.start(command, _START_TIMEOUT)


class Installation:
    """Kafka's jars and what was made of them once, in a folder of the user's cache."""

    def __init__(self, folder: Path, java: str) -> None:
        self._folder = folder
        self._java = java
        self.archive = folder / "classes.jsa"
        self._template = folder / "template"

    @classmethod
    def prepare(cls) -> Installation:
        """The installation for this pom and this Java, made first where it is missing.

        Raises BrokerError when Java or Maven is missing or the jars cannot be had.
        """
        java = shutil.which("java")
        if java is None:
            raise BrokerError(f"Apache Kafka needs Java, and there is no `java` on the PATH: {_REMEDY}")
        java_version = _java_version(java)
        pom = files("streams.demo.brokers").joinpath(_POM).read_bytes()
        key = hashlib.sha256(pom + _LOGGING.encode() + java_version.encode()).hexdigest()[:16]
        cache = user_cache_path("salgspuls") / "kafka"
        installation = cls(cache / key, java)
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{key}.lock"):  # two that need the jars at once fetch them once
            if not installation.complete():
                installation.build(pom)
        return installation

    def complete(self) -> bool:
        return (self._folder / "complete").exists()

    def build(self, pom: bytes) -> None:
        """Fetch the jars, format the template, write the class archive."""
        mvn = shutil.which("mvn")
        if mvn is None:
            raise BrokerError(f"Apache Kafka comes by Maven, and there is no `mvn` on the PATH: {_REMEDY}")
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        (self._folder / _POM).write_bytes(pom)
        (self._folder / "log4j2.properties").write_text(_LOGGING)
        _run(
            [
                mvn,
                "--batch-mode",
                "--quiet",
                f"--file={self._folder / _POM}",
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                f"-DoutputDirectory={self._folder / 'lib'}",
            ],
            "Maven could not fetch Apache Kafka",
        )
        self._format_template()
        trial = self._folder / "trial"
        trial.mkdir()
        ApacheKafkaBroker(trial, free_port()).write_archive(self)
        shutil.rmtree(trial)
        (self._folder / "complete").touch()

    def format(self, data: Path) -> None:
        """Make `data` an empty storage folder; ports are not part of it."""
        shutil.copytree(self._template, data)

    def java(self, *arguments: str) -> list[str]:
        """The command line of a Kafka class on this installation's class path."""
        logging = f"-Dlog4j2.configurationFile={self._folder / 'log4j2.properties'}"
        return [self._java, *_JVM, logging, "-cp", f"{self._folder / 'lib'}/*", *arguments]

    def _format_template(self) -> None:
        properties = self._folder / "template.properties"
        properties.write_text(
            _PROPERTIES.format(bootstrap="127.0.0.1:1", controller_port=2, data=self._template)
        )
        cluster_id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        _run(
            self.java("kafka.tools.StorageTool", "format", "-t", cluster_id, "-c", str(properties)),
            "Apache Kafka could not format its storage",
        )


def _java_version(java: str) -> str:
    """What `java -version` says; raises BrokerError for one that is too old."""
    said = _run([java, "-version"], "Java does not run")
    match = re.search(r'version "(\d+)', said)
    if match is None or int(match[1]) < _OLDEST_JAVA:
        raise BrokerError(
            f"Apache Kafka needs Java {_OLDEST_JAVA} or newer, and {java} is: {said}\n{_REMEDY}"
        )
    return said


def _run(command: list[str], failure: str) -> str:
    """Run to the end and return what it printed; raises BrokerError with its last words."""
    try:
        done = subprocess.run(  # noqa: S603 - the command is ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_FETCH_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BrokerError(f"{failure}: {command[0]} did not end within {_FETCH_TIMEOUT:.0f} s") from error
    if done.returncode != 0:
        raise BrokerError(f"{failure}: {command[0]} ended with code {done.returncode}\n{done.stdout[-2000:]}")
    return done.stdout.strip()

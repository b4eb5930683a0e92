"""What one viewer looks at: a page in a language, a time range, the values of its variables. All of it is in the
address, and goes along with every link."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from grafana.i18n import Language, Text, uid
from grafana.macros import ALL, TimeRange, Variable, expand
from grafana.pages.catalogue import PAGES
from grafana.pages.common.panels import CALL_CHOICES, RANGES, SELLER, TEAM
from grafana.panels.columns import Link
from grafana.panels.pages import Choice, Input, Page
from grafana.panels.queries import Query
from grafana.sql import Writer
from grafana.web.access import EVERYTHING, Access
from grafana.web.ranges import RangeError, RawRange

EVERYBODY = "''"
"""What "all" is in a query: a list that holds the empty name is everybody, also who has no name yet."""

QUICK_RANGES: Mapping[RawRange, Text] = {RawRange(start, "now"): name for name, start in RANGES}
DEFAULT_RANGE = list(QUICK_RANGES)[-1]


ROUNDING = (
    (timedelta(hours=2), timedelta(seconds=5)),
    (timedelta(days=2), timedelta(minutes=1)),
    (timedelta(days=62), timedelta(minutes=5)),
    (timedelta.max, timedelta(minutes=15)),
)
"""Of ranges up to this long: on what times their end may lie."""


def rounded_up(moment: datetime, step: timedelta) -> datetime:
    """The next moment, or this one, that is a whole number of steps after midnight UTC."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + -((midnight - moment) // step) * step


class Viewer:
    """A page as somebody looks at it. `fixed` are variables that nobody chooses, such as `tz`."""

    def __init__(
        self,
        page: Page,
        language: Language,
        zone: ZoneInfo,
        fixed: Mapping[str, str],
        parameters: Mapping[str, Sequence[str]],
        access: Access = EVERYTHING,
    ) -> None:
        self.access = access
        self.page = page
        self.language = language
        self.zone = zone
        self.kiosk = "kiosk" in parameters
        self.rotate = _seconds(parameters.get("rotate", ["0"])[-1])
        self.range = RawRange(
            parameters.get("from", [DEFAULT_RANGE.start])[-1], parameters.get("to", [DEFAULT_RANGE.end])[-1]
        )
        self.during = _during(parameters.get("during", [""])[-1])
        chosen = {name: tuple(filter(None, parameters.get(f"var-{name}", ()))) for name in _names(page)}
        self.variables = {
            **{name: Variable((value,)) for name, value in fixed.items()},
            **{
                choice.name: Variable(chosen[choice.name] or (ALL,), True, (), EVERYBODY)
                for choice in {TEAM, SELLER, *_kept(page), *page.choices}
            },
            **{typed.name: Variable(chosen[typed.name][:1] or ("",)) for typed in page.inputs},
        }
        self.choose(TEAM.name, chosen[TEAM.name])

    @property
    def choices(self) -> Sequence[Choice]:
        """The variables to choose from a list."""
        return (*((TEAM, SELLER) if self.page.by_seller else ()), *self.page.choices)

    @property
    def inputs(self) -> Sequence[Input]:
        """The variables to type in."""
        return self.page.inputs

    def chosen(self, name: str) -> list[str]:
        """What is chosen of a variable; nothing is all."""
        return [value for value in self.variables[name].values if value not in (ALL, "")]

    def choose(self, name: str, values: Sequence[str]) -> None:
        """Sets a variable; of teams, those that the viewer may see, which are theirs where none is chosen."""
        if name == TEAM.name and self.access.is_narrowed:
            values = [team for team in values if team in self.access.teams] or self.access.teams
        known = self.variables[name]
        nothing = (ALL,) if known.multi else ("",)
        self.variables[name] = Variable(tuple(values) or nothing, known.multi, known.options, known.all_value)

    def choose_range(self, chosen: RawRange) -> None:
        """Sets the time range. Raises RangeError."""
        chosen.resolve(datetime.now(UTC), self.zone)
        self.range, self.during = chosen, None

    @property
    def shown_range(self) -> RawRange:
        """What the panels are about: the chosen range, or that of the number that led here."""
        return self.during or self.range

    @property
    def is_common(self) -> bool:
        """Whether nothing but a range of the list is chosen, so that the questions are those of anybody."""
        nothing_chosen = not any(self.chosen(name) for name in _names(self.page))
        return nothing_chosen and self.shown_range in QUICK_RANGES

    def state(self) -> tuple[RawRange, dict[str, Variable]]:
        """What answers depend on, to compare."""
        return self.shown_range, dict(self.variables)

    def time_range(self) -> TimeRange:
        """The range at this moment. What ends now ends on the next round time, so that viewers share the answers: after
        seconds for an hour, minutes for a day, more for a year. Raises RangeError."""
        now = datetime.now(UTC).replace(microsecond=0)
        exact = self.shown_range.resolve(now, self.zone)
        if exact.end != now:
            return exact
        step = next(step for longest, step in ROUNDING if exact.span <= longest)
        return self.shown_range.resolve(rounded_up(now, step), self.zone)

    def sql(self, query: Query | str) -> str:
        """A query as ClickHouse gets it, its sentences in the viewer's language. Raises MacroError."""
        text = query if isinstance(query, str) else query.sql(Writer(self.language))
        return expand(text, self.time_range(), self.variables)

    def address(self, page: Page | None = None, language: Language | None = None) -> str:
        """A page with this range and, where it has them, these variables; without arguments, this one."""
        kiosk = self.kiosk if page is None else page.wall
        page = page or self.page
        name = uid(page.name, language or self.language)
        names = sorted(_names(page) & self.variables.keys())
        stays = [("during", _written(self.during))] if self.during and page is self.page else []
        query = self._query(self.range, names, stays)
        return f"/d/{name}?{query}{'&kiosk' if kiosk else ''}"

    def follow(self, link: Link, row: Mapping[str, object]) -> str:
        """Where a link of a row leads. The page of a call needs no range of its own here, so the viewer's stays."""
        if link.outside:
            return _web_address(_plain(row.get(link.outside)))
        sets = [(f"var-{name}", _plain(row.get(column))) for name, column in link.sets.items()]
        sets += [(f"var-{name}", value) for name, value in link.fixed.items()]
        if link.during is not None:
            sets.append(("during", _written(RawRange(*link.during))))
        anchor = f"#panel-{link.panel}" if link.panel else ""
        keep = [*link.keep, *(choice.name for choice in _kept(PAGES[link.page]))]
        return f"/d/{uid(link.page, self.language)}?{self._query(self.range, keep, sets)}{anchor}"

    def _query(self, span: RawRange, names: Sequence[str], more: Sequence[tuple[str, str]] = ()) -> str:
        values = [
            (f"var-{name}", value) for name in names if name in self.variables for value in self.chosen(name)
        ]
        return urlencode([("from", span.start), ("to", span.end), *values, *more])


def _kept(page: Page) -> Sequence[Choice]:
    """What a page about one thing keeps for the way back, though it cannot be chosen there."""
    return CALL_CHOICES if page.about else ()


def _names(page: Page) -> set[str]:
    """The variables in a page's address: team and seller also where they cannot be chosen, for the way back."""
    choices = (TEAM, SELLER, *_kept(page), *page.choices)
    return {*(typed.name for typed in page.inputs), *(choice.name for choice in choices)}


def _during(text: str) -> RawRange | None:
    """A range of its own in an address; none when it cannot be read."""
    start, separator, end = text.partition("..")
    raw = RawRange(start, end)
    try:
        raw.resolve(datetime.now(UTC), ZoneInfo("UTC"))
    except RangeError:
        return None
    return raw if separator else None


def _written(during: RawRange) -> str:
    return f"{during.start}..{during.end}"


def _seconds(text: str) -> float:
    """A time as 20s or 2m; 0 when it is none, and never less than five seconds."""
    match = re.fullmatch(r"(\d{1,4})([sm]?)", text)
    seconds = int(match[1]) * (60 if match[2] == "m" else 1) if match else 0
    return max(5, seconds) if seconds else 0


def _web_address(text: str) -> str:
    """An address of the web; nothing else is followed, so that no script runs."""
    return text if urlsplit(text).scheme in ("http", "https") else ""


def _plain(value: object) -> str:
    return "" if value is None else str(value)

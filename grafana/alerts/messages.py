"""What a message says, in Grafana's template language: a title, and for each alert its sentence and two links."""

from __future__ import annotations

from grafana.i18n import LANGUAGES, Language, Text

_FIRING = Text("Salgspuls: {n} to look at", "Salgspuls: {n} at se på")
_RESOLVED = Text("Salgspuls: over", "Salgspuls: overstået")
_OVER = Text("Over: ", "Overstået: ")
_PANEL = Text("See it", "Se det")
_WORST = Text("Where it comes from", "Hvor det kommer fra")
_SINCE = Text("since", "siden")


def _template(language: Language) -> str:
    suffix = "" if language == "en" else f"_{language}"
    summary, panel, worst = (
        f".Annotations.{name}{suffix}" for name in ("summary", "panel_link", "worst_link")
    )
    count = "{{ len .Alerts.Firing }}"
    layout = "2 Jan 15:04" if language == "en" else "02.01. 15.04"
    return f"""{{{{ define "salgspuls.title.{language}" -}}}}
{{{{ if .Alerts.Firing }}}}{_FIRING.of(language).format(n=count)}{{{{ else }}}}{_RESOLVED.of(language)}{{{{ end }}}}
{{{{- end }}}}
{{{{ define "salgspuls.message.{language}" -}}}}
{{{{ range .Alerts.Firing }}}}{{{{ {summary} }}}} ({_SINCE.of(language)} {{{{ .StartsAt.Local.Format "{layout}" }}}})
{_PANEL.of(language)}: {{{{ $.ExternalURL }}}}{{{{ {panel} }}}}
{_WORST.of(language)}: {{{{ $.ExternalURL }}}}{{{{ {worst} }}}}

{{{{ end }}}}{{{{ range .Alerts.Resolved }}}}{_OVER.of(language)}{{{{ {summary} }}}}
{{{{ end }}}}
{{{{- end }}}}
"""


TEMPLATES = "".join(_template(language) for language in LANGUAGES)

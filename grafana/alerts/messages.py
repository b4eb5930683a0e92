"""What a message says, in Grafana's template language: a title that names rule and person or team; of each alert its
sentence and two links; and what is over."""

from __future__ import annotations

from grafana.i18n import LANGUAGES, Language, Text

OVER = Text("over", "overstået")
_AND = Text("and", "og")
_MORE = Text("more", "mere")
PANEL = Text("See it", "Se det")
DETAILS = Text("Where it comes from", "Hvor det kommer fra")
SINCE = Text("since", "siden")
UNREADABLE = Text(
    "Salgspuls cannot be read: the database gives no answer, so this alert cannot be judged",
    "Salgspuls kan ikke læses: databasen svarer ikke, så denne alarm kan ikke vurderes",
)
UNREADABLE_TITLE = Text("The database gives no answer", "Databasen svarer ikke")
LAYOUT = Text("2 Jan 15:04", "02.01. 15.04")


def _template(language: Language) -> str:
    suffix = "" if language == "en" else f"_{language}"

    def annotation(name: str) -> str:
        return f"{{{{ .Annotations.{name}{suffix} }}}}"

    def of(text: Text) -> str:
        return text.of(language)

    # Grafana's own alert about a query that failed or found nothing has the texts of the rule, without its numbers
    failed = '{{ if match "^Datasource(Error|NoData)$" .Labels.alertname }}'
    title = (
        f"{failed}{of(UNREADABLE_TITLE)}{{{{ else }}}}{annotation('title')}"
        "{{ if .Annotations.who }}: {{ .Annotations.who }}{{ end }}{{ end }}"
    )
    more = f"{{{{ if gt $i 0 }}}}{{{{ else }}}}{title}{{{{ end }}}}"

    def titles(alerts: str) -> str:
        count = f"{{{{ if gt (len {alerts}) 1 }}}} {of(_AND)} {{{{ len (slice {alerts} 1) }}}} {of(_MORE)}{{{{ end }}}}"
        return f"{{{{ range $i, $alert := {alerts} }}}}{more}{{{{ end }}}}{count}"

    links = (
        f"{of(PANEL)}: {{{{ $.ExternalURL }}}}{annotation('panel_link')}\n"
        f"{of(DETAILS)}: {{{{ $.ExternalURL }}}}{annotation('details_link')}\n"
    )
    since = f'({of(SINCE)} {{{{ .StartsAt.Local.Format "{of(LAYOUT)}" }}}})'
    return (
        f'{{{{ define "salgspuls.title.{language}" -}}}}\n'
        f"{{{{ if .Alerts.Firing }}}}Salgspuls: {titles('.Alerts.Firing')}"
        f"{{{{ else }}}}Salgspuls, {of(OVER)}: {titles('.Alerts.Resolved')}{{{{ end }}}}\n"
        "{{- end }}\n"
        f'{{{{ define "salgspuls.message.{language}" -}}}}\n'
        "{{ range .Alerts.Firing }}"
        f"{failed}{of(UNREADABLE)} {since}\n"
        f"{{{{ else }}}}{annotation('summary')} {since}\n{links}{{{{ end }}}}\n"
        "{{ end }}{{ range .Alerts.Resolved }}"
        f"{failed}{{{{ else }}}}{of(OVER).capitalize()}: {annotation('over')}\n{{{{ end }}}}"
        "{{ end }}\n"
        "{{- end }}\n"
    )


TEMPLATES = "".join(_template(language) for language in LANGUAGES)

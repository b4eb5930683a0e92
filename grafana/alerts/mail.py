"""The frame of an e-mail, in place of Grafana's own, which is in English whatever the message says.

It is Grafana's template `ng_alert_notification.html`, in which only what Go's templates know by themselves is used, so
that any Grafana reads it. Of alerts that are not ours it shows the message of their contact point.
"""

from __future__ import annotations

from grafana import theme
from grafana.alerts.messages import DETAILS, LAYOUT, OVER, PANEL, SINCE, UNREADABLE
from grafana.i18n import LANGUAGES, Language

NAME = "ng_alert_notification.html"
"""How Grafana calls the template; its own is in the folder `public/emails` of its home."""

_CARD = "background:#fff;margin:0 0 16px;padding:12px 16px;border-left:6px solid"


def mails() -> dict[str, str]:
    """The template of each language, by the path of its file."""
    return {f"{language}/{NAME}": _frame(language) for language in LANGUAGES}


def _frame(language: Language) -> str:
    suffix = "" if language == "en" else f"_{language}"

    def annotation(name: str) -> str:
        return f"{{{{ .Annotations.{name}{suffix} }}}}"

    def anchor(words: str, link: str) -> str:
        return f'<a href="{{{{ $.ExternalURL }}}}{annotation(link)}" style="color:#1f5fbf">{words}</a>'

    failed = '{{ if or (eq .Labels.alertname "DatasourceError") (eq .Labels.alertname "DatasourceNoData") }}'
    since = f'{SINCE.of(language)} {{{{ .StartsAt.Local.Format "{LAYOUT.of(language)}" }}}}'
    heading = f"{annotation('title')}{{{{ with .Annotations.who }}}}: {{{{ . }}}}{{{{ end }}}}"
    links = (
        f"{anchor(PANEL.of(language), 'panel_link')} &nbsp; {anchor(DETAILS.of(language), 'details_link')}"
    )
    known = "{{ if .Annotations.panel_link }}{{ $ours = true }}{{ end }}"
    ours = f"{{{{ $ours := false }}}}{{{{ range .Alerts }}}}{known}{{{{ end -}}}}"
    return f"""<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Salgspuls</title></head>
<body style="margin:0;background:#eef0f2">
<div style="max-width:640px;margin:0 auto;padding:24px 16px;font:16px/1.5 Arial,Helvetica,sans-serif;color:#1d1f24">
<p style="margin:0 0 16px;font-weight:bold">Salgspuls</p>
{ours}
{{{{ if $ours }}}}{{{{ range .Alerts.Firing -}}}}
<div style="{_CARD} {theme.NEGATIVE}">
{failed}<p style="margin:0">{UNREADABLE.of(language)} ({since})</p>
{{{{ else }}}}<p style="margin:0;font-weight:bold">{heading}</p>
<p style="margin:4px 0">{annotation("summary")}</p>
<p style="margin:0;color:#5a5f69">{since}</p>
<p style="margin:8px 0 0">{links}</p>
{{{{ end }}}}</div>
{{{{ end }}}}{{{{ range .Alerts.Resolved }}}}{failed}{{{{ else -}}}}
<div style="{_CARD} {theme.POSITIVE}">
<p style="margin:0">{OVER.of(language).capitalize()}: {annotation("over")}</p>
</div>
{{{{ end }}}}{{{{ end }}}}{{{{ else }}}}<pre style="font:inherit;white-space:pre-wrap;margin:0">{{{{ .Message }}}}</pre>
{{{{ end }}}}</div>
</body>
</html>
"""

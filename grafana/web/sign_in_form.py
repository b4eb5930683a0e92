"""The form that asks who somebody is: plain HTML, for nothing of the pages is shown before."""

from __future__ import annotations

import html
from typing import Literal
from urllib.parse import quote

from starlette.responses import HTMLResponse

from grafana.i18n import Language, Text
from grafana.web import words

Problem = Literal["", "wrong", "later"]

_STYLE = """
body { font: 16px/1.4 system-ui, sans-serif; background: #f4f5f7; color: #1f2733; margin: 0;
  display: grid; place-items: center; min-height: 100vh; }
main { background: #fff; padding: 2rem; border-radius: 8px; width: min(20rem, 90vw); box-shadow: 0 1px 4px #0003; }
h1 { font-size: 1.3rem; margin: 0 0 1rem; }
label { display: block; margin: 0 0 1rem; }
input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; margin-top: .25rem;
  border: 1px solid #6b7685; border-radius: 4px; }
button { font: inherit; padding: .5rem 1rem; border: 0; border-radius: 4px; background: #1f5fa8; color: #fff; }
p { margin: 0 0 1rem; }
"""


def form(language: Language, wanted: str, problem: Problem = "", wait: float = 0) -> HTMLResponse:
    """The form; `wanted` is where to go afterwards, `wait` the seconds until another attempt is looked at."""
    minutes = max(1, round(wait / 60))
    said = {"": "", "wrong": words.WRONG_SIGN_IN.of(language), "later": words.SIGN_IN_LATER.of(language)}[
        problem
    ]
    alert = f'<p role="alert">{html.escape(said.format(minutes=minutes))}</p>' if said else ""
    action = f"/sign-in?next={quote(wanted, safe='')}" if wanted else "/sign-in"
    body = f"""{alert}<form method="post" action="{html.escape(action)}">
<label>{_text(words.USER_NAME, language)}
<input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus></label>
<label>{_text(words.PASSWORD, language)}
<input name="password" type="password" autocomplete="current-password" required></label>
<button>{_text(words.SIGN_IN, language)}</button></form>"""
    status = {"": 200, "wrong": 401, "later": 429}[problem]
    answer = _page(language, words.SIGN_IN, body, status)
    if problem == "later":
        answer.headers["retry-after"] = str(max(1, round(wait)))
    return answer


def refusal(language: Language) -> HTMLResponse:
    """What is said on a page that is not for them."""
    body = f'<p>{_text(words.NOT_YOURS, language)}</p><p><a href="/">Salgspuls</a></p>'
    return _page(language, words.NOT_YOURS, body, 403)


def _page(language: Language, title: Text, body: str, status: int) -> HTMLResponse:
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Salgspuls / {_text(title, language)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>Salgspuls</h1>{body}</main></body></html>",
        status,
        headers={"cache-control": "no-store"},
    )


def _text(text: Text, language: Language) -> str:
    return html.escape(text.of(language))

"""How fast a page is there, in Chromium: `python -m tests.browser.timings http://127.0.0.1:8080/d/salgspuls-home`.

Of a page that is served already, by the demo or by `salgspuls web`. Milliseconds to the first paint, to the
first number, and until no panel waits any more; each round in a browser of its own with nothing kept.
"""

from __future__ import annotations

import shutil
from statistics import median

import click
from playwright.sync_api import Browser, sync_playwright

# noted while the page builds itself: a panel has its answer when it shows content or says why not
WATCH = """
const at = {};
new MutationObserver(() => {
    const numbers = [...document.querySelectorAll('.stat-value, .rows td, .panel-chart path')].filter(
        e => e.textContent || e.tagName === 'path');
    if (numbers.length && !at.first) at.first = performance.now();
    const panels = [...document.querySelectorAll('.panel-message')];
    const waiting = panels.some(e => e.className === 'panel-message' && e.style.display !== 'none'
        && !e.classList.contains('hidden') && !e.classList.contains('hidden!'));
    if (panels.length && !waiting) at.all ??= performance.now(); else delete at.all;
}).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
window.noted = at;
"""
NAMES = ("first paint", "first number", "all numbers")
LONGEST_MS = 60_000


def measured(browser: Browser, address: str) -> tuple[float, float, float]:
    """First paint, first number and all numbers, in milliseconds."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_function(
        "window.noted.first && window.noted.all && performance.now() - window.noted.all > 1000",
        timeout=LONGEST_MS,
    )
    paint, noted = page.evaluate(
        "[performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, window.noted]"
    )
    context.close()
    return paint, noted["first"], noted["all"]


@click.command()
@click.argument("address")
@click.option("--rounds", default=5, show_default=True, help="How often it is opened.")
def main(address: str, rounds: int) -> None:
    """Measure the page at ADDRESS."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        measured(browser, address)  # the server's first page also loads its modules
        found = [measured(browser, address) for _ in range(rounds)]
        browser.close()
    for name, values in zip(NAMES, zip(*found, strict=True), strict=True):
        shown = f"{median(values):,.0f} ms ({min(values):,.0f} to {max(values):,.0f})"
        click.echo(f"{name:14}{shown}")


if __name__ == "__main__":
    main()

"""The page is for everybody: contrast, words beside colours, the keyboard, and charts that can be read aloud."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from grafana.i18n import page_of, uid
from grafana.pages.catalogue import PAGES
from tests.browser.conftest import Tab
from tests.browser.test_page import loaded, panel
from tests.support.matrix import over

# Each visible text with its colour and what lies under its middle, composed from the topmost opaque surface up.
CONTRASTS = """() => {
    const colour = text => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
    const over = (top, below) => top.slice(0, 3).map((c, i) => c * (top[3] ?? 1) + below[i] * (1 - (top[3] ?? 1)));
    const luminance = rgb => {
        const [r, g, b] = rgb.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const surface = element => {
        const style = getComputedStyle(element);
        const drawn = element instanceof SVGElement && !(element instanceof SVGSVGElement);
        const [r, g, b, a] = colour(drawn ? (style.fill === 'none' ? '' : style.fill) : style.backgroundColor);
        return [r, g, b, (a ?? 1) * (drawn ? style.fillOpacity * style.opacity : 1)];
    };
    const seen = document.createElement('style');
    seen.textContent = '* { pointer-events: auto !important; }';
    document.head.append(seen);
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
        const element = node.parentElement, text = node.textContent.trim();
        if (!text || element.closest('script, style, .disabled, [disabled]')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        const under = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        if (!under.includes(element)) continue;
        const below = under.slice(under.indexOf(element) + (element instanceof SVGElement ? 1 : 0)).map(surface);
        const opaque = below.findIndex(rgba => rgba[3] >= 1);
        const ground = below.slice(0, opaque).reverse().reduce((ground, top) => over(top, ground), below[opaque]);
        const style = getComputedStyle(element);
        const ink = over(colour(element instanceof SVGElement ? style.fill : style.color), ground);
        const [dark, bright] = [luminance(ink), luminance(ground)].sort((a, b) => a - b);
        found.push([Math.round((bright + 0.05) / (dark + 0.05) * 100) / 100, text]);
    }
    seen.remove();
    return found;
}"""

# What has the focus: its name, the panel that it is in, and the width of the line around it.
FOCUSED = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const field = element.closest('.q-field__control');
    const ring = getComputedStyle(field || element);
    const label = element.closest('label') || document.querySelector(`label[for="${CSS.escape(element.id)}"]`);
    const list = [...document.querySelectorAll('a, button, input, [tabindex]')];
    return {
        index: list.indexOf(element),
        name: element.getAttribute('aria-label') || (label || element).textContent.trim(),
        panel: element.closest('[data-panel]')?.dataset.panel ?? '',
        ring: ring.outlineStyle === 'none' ? 0 : parseFloat(ring.outlineWidth),
    };
}"""

# What the keyboard should reach, by its place: a number that leads on changes its name while the page lives.
CONTROLS = """() => [...document.querySelectorAll('a, button, input, [tabindex]')]
    .map((e, index) => ({element: e, index, name: (e.getAttribute('aria-label') || e.textContent || '').trim()}))
    .filter(({element}) => element.matches('a[href], button:not([disabled]), input:not([disabled])'))
    .filter(({element}) => element.checkVisibility({visibilityProperty: true}) && element.tabIndex >= 0)
    .map(({index, name}) => ({index, name}))"""


@pytest.mark.parametrize("name", over(PAGES, ["home", "wall", "deals"]))
def test_every_word_stands_out_from_what_is_under_it(address: str, tab: Tab, name: str) -> None:
    kiosk = "&kiosk" if PAGES[name].wall else ""
    width, height = (1920, 1080) if kiosk else (1600, 4200)
    page = tab(f"{address}/d/{uid(name, 'en')}?var-call_id=call-0003{kiosk}", width, height)
    loaded(page)
    if name != "trackers":
        expect(page.locator(".panel svg text, tbody td").first).to_be_visible()
    contrasts: list[tuple[float, str]] = page.evaluate(CONTRASTS)
    assert len(contrasts) > 30
    assert [(ratio, text) for ratio, text in contrasts if ratio < 4.5] == []


def test_no_state_is_told_by_its_colour_alone(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-home", 1600, 4200)
    loaded(page)
    badges = panel(page, "live-calls").locator(".badge").all_inner_texts()
    assert badges
    assert set(badges) <= {"positive", "neutral", "negative", "not known yet"}
    growth = panel(page, "keywords-bubbles").locator("svg text").all_text_contents()
    assert growth
    assert any("▲" in text for text in growth), growth
    page.goto(f"{address}/d/salgspuls-keywords")
    loaded(page)
    growth = panel(page, "keywords-table").locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert growth
    assert all(text.startswith(("▲", "▼", "new", "0")) for text in growth), growth
    assert page.locator(".cell-bar").count() == page.locator(".cell-bar-number:not(:empty)").count() > 0
    page.goto(f"{address}/d/salgspuls-home")
    loaded(page)
    for name, names in (
        ("sentiment-donut", ("positive", "neutral", "negative")),
        ("sentiment-trend", ("positive", "negative")),
        ("health-bubbles", ("at risk",)),
    ):
        for word in names:
            expect(panel(page, name).locator("svg text", has_text=word).first).to_be_visible()


def test_a_chart_can_be_read_aloud(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-home", 1600, 4200)
    loaded(page)
    for name, words in (
        ("sentiment-donut", "positive: "),
        ("talk-bars", "Top sellers, talks: "),
        ("health-bubbles", "Deal "),
        ("forecast", "target: "),
    ):
        chart = panel(page, name).locator(".panel-chart[role=img]")
        said = chart.get_attribute("aria-label") or ""
        assert said.startswith(panel(page, name).get_by_role("heading").inner_text())
        assert words in said
    expect(page.locator(".panel-chart:visible:not([role=img])")).to_have_count(0)


@pytest.mark.parametrize("name", ["salgspuls-home", "salgspuls-call", "salgspuls-trackers-da"])
def test_tab_leads_through_everything_in_order_and_shows_where_it_is(
    address: str, tab: Tab, name: str
) -> None:
    page = tab(f"{address}/d/{name}?var-call_id=call-0003", 1600, 1000)
    loaded(page)
    reached: list[dict[str, Any]] = []
    for _ in range(600):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        reached.append(focused)
    else:
        raise AssertionError("Tab never comes to an end")
    assert [one for one in reached if not one["name"]] == []
    assert [one for one in reached if one["ring"] < 2] == [], "where the focus is can be seen"
    indices = [one["index"] for one in reached]
    assert indices == sorted(indices), "in the order of the page"
    page_name, _ = page_of(name)
    order = {placed.item.name: place for place, placed in enumerate(PAGES[page_name].items)}
    visited = [order[one["panel"]] for one in reached if one["panel"]]
    assert visited == sorted(visited), "panel by panel"
    controls = page.evaluate(CONTROLS)
    assert len(controls) > 10
    assert [one["name"] for one in controls if one["name"] and one["index"] not in indices] == []


def test_the_keyboard_skips_to_a_section(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-home-da", 1440, 900)
    loaded(page)
    for _ in range(4):
        page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Er mit teams handler på sporet?"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Er mit teams handler på sporet?")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-panel]').dataset.panel") == "deals"


def test_the_keyboard_sorts_a_table_and_reads_what_a_number_means(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-team")
    loaded(page)
    calls = panel(page, "sellers").get_by_role("columnheader", name="Calls")
    expect(panel(page, "sellers").locator("tbody tr").first).to_be_visible()
    calls.get_by_role("button").press("Enter")
    expect(calls).to_have_attribute("aria-sort", "ascending")
    expect(calls.get_by_role("button")).to_be_focused()
    shown = [
        int(text) for text in panel(page, "sellers").locator("tbody tr td:nth-child(4)").all_inner_texts()
    ]
    assert shown == sorted(shown)
    panel(page, "sellers").get_by_role("button", name="About this number").focus()
    expect(page.get_by_role("tooltip")).to_contain_text(PAGES["team"].panel("sellers").definition.en)


def test_a_new_answer_changes_only_the_cells_that_differ(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-team")
    loaded(page)
    history = panel(page, "history")
    assert history.locator("tbody tr").count() > 100
    head = history.get_by_role("columnheader").first
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    second = history.locator("tbody a").nth(1)
    second.focus()
    cells = "[...document.querySelectorAll('[data-panel=history] tbody td')]"
    page.evaluate(f"{cells}.forEach(cell => cell.dataset.kept = cell.innerText)")
    page.wait_for_function(f"{cells}.some(cell => cell.dataset.kept !== cell.innerText)")
    assert page.evaluate(f"{cells}.filter(cell => cell.dataset.kept === undefined).length") == 0
    expect(second).to_be_focused()
    expect(head).to_have_attribute("aria-sort", "ascending")

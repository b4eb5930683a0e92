"""Deals."""

from __future__ import annotations

from datetime import timedelta

from grafana.alerts.rules.rule import NOW, Limit, Office, PanelLink, Rule
from grafana.config import HEALTHY_FROM
from grafana.i18n import Text


def deal_at_risk(office: Office) -> Rule:
    """A deal at risk closes soon."""
    return Rule(
        uid="salgspuls-deal-at-risk",
        title=Text(
            "A deal at risk closes within a week, or is overdue",
            "En handel i fare skal lukkes inden for en uge eller har overskredet datoen",
        ),
        description=Text(
            f"An open deal with a health below {HEALTHY_FROM} whose estimated close is within seven days,"
            " or has passed by at most thirty; an older date is one that nobody keeps.",
            f"En åben handel med en sundhed under {HEALTHY_FROM}, hvis forventede lukning er inden for syv dage"
            " eller er overskredet med højst tredive; en ældre dato er der ingen, der holder.",
        ),
        summary=Text(
            "{deal} ({seller}) closes within a week or is overdue, with a health of {health}",
            "{deal} ({seller}) skal lukkes inden for en uge eller har overskredet datoen, med en sundhed på {health}",
        ),
        over=Text(
            "{deal} ({seller}) is no longer at risk, closed, or has another date",
            "{deal} ({seller}) er ikke længere i fare, er lukket eller har fået en anden dato",
        ),
        who="{deal}",
        kind="deals",
        severity="info",
        source=(
            "SELECT deals.opportunity_id AS opportunity_id, deals.name AS deal,"
            " if(sellers.name = '', deals.seller_id, sellers.name) AS seller, sellers.team AS team,"
            " deals.health AS health"
            f" FROM salgspuls.deal_health(at = {NOW}, {office.zone_argument}, teams = [''], sellers = ['']) AS deals"
            " LEFT JOIN salgspuls.sellers AS sellers ON sellers.seller_id = deals.seller_id"
            " WHERE days_to_close BETWEEN -30 AND 7"
        ),
        labels=("opportunity_id", "deal", "seller", "team"),
        values={"health": "floor(health)"},  # else 64.6, which is below 65, would be said as 65
        limit=Limit("below", HEALTHY_FROM),
        interval=timedelta(minutes=10),
        for_=timedelta(0),
        keep_firing_for=timedelta(0),
        panel=PanelLink("deals", "health-bubbles"),
        details=PanelLink("deals", "open-deals", {"var-team": "{team}"}),
    )

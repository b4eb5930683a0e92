"""`salgspuls sellers`."""

from __future__ import annotations

import asyncio

import click

from streams.cli.session import Session


@click.group()
def command() -> None:
    """Who counts as a top seller: those with a star, or, while nobody has one, those who sell above the mean."""


@command.command("list")
@click.pass_obj
def list_sellers(session: Session) -> None:
    """Show all sellers with team, manager and star.

    \b
    Example:
      salgspuls sellers list
    """
    from clickhouse.client import wait_until_ready

    config = session.settings.clickhouse.config("reader")
    with wait_until_ready(config, timeout=0, waiting=lambda _line: None) as client:
        found = client.query(
            "SELECT seller_id, name, team, manager_id, starred FROM salgspuls.sellers ORDER BY team, name"
        ).result_rows
    for seller_id, name, team, manager_id, starred in found:
        manager = f", manager {manager_id}" if manager_id else ""
        click.echo(f"{'★' if starred else ' '} {seller_id}: {name}, {team}{manager}")
    if not found:
        click.echo("no sellers yet: they come as events, or by `salgspuls import`")


@command.command()
@click.argument("seller_id")
@click.pass_obj
def star(session: Session, seller_id: str) -> None:
    """Put SELLER_ID on the list of top sellers. Revenue decides no longer.

    \b
    Example:
      salgspuls sellers star seller-17
    """
    _star(session, seller_id, True)


@command.command()
@click.argument("seller_id")
@click.pass_obj
def unstar(session: Session, seller_id: str) -> None:
    """Take SELLER_ID off the list of top sellers.

    \b
    Example:
      salgspuls sellers unstar seller-17
    """
    _star(session, seller_id, False)


@command.command()
@click.pass_obj
def automatic(session: Session) -> None:
    """Take all stars away: top sellers are those who sell above the mean.

    \b
    Example:
      salgspuls sellers automatic
    """
    from streams.sellers.service import SellerService

    names = asyncio.run(SellerService(session.settings).automatic())
    click.echo(f"no longer starred: {', '.join(names)}" if names else "nobody was starred")


def _star(session: Session, seller_id: str, starred: bool) -> None:
    from streams.sellers.service import SellerService

    name = asyncio.run(SellerService(session.settings).star(seller_id, starred))
    click.echo(f"{name} is {'a top seller' if starred else 'no longer starred'}")

"""`chibo people phone`: where somebody is rung up."""

from __future__ import annotations

import click

from bot.cli_words import Command, Trouble, a_phone, example
from bot.door import open_door
from domain.people import PersonId
from domain.phone import phone_shown
from storage.queries import audit, people


@click.command(
    cls=Command,
    help="Ghi số điện thoại của một người (số người trong «chibo people list»).\n\n"
    + example("chibo people phone 12 0912345678"),
)
@click.argument("person_id", type=int, metavar="SỐ_NGƯỜI")
@click.argument("number", metavar="SỐ_MÁY")
def phone(person_id: int, number: str) -> None:
    """Note where somebody is rung up."""
    plain, who = a_phone(number), PersonId(person_id)
    door = open_door()
    with door.books() as begin, begin() as session:
        name = people.name_of(session, who)
        if name is None:
            raise Trouble(f"Không có người số {person_id}; xem: chibo people list")
        people.keep_phone(session, who, plain)
        audit.note(session, "note phone", at=door.now(), person=who)
    click.echo(f"Đã ghi số điện thoại của {name}: {phone_shown(plain)}.")

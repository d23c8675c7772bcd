"""`chibo people`: who is invited and who holds what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from bot.cli_words import Group, Trouble, a_phone, example

if TYPE_CHECKING:
    from bot.access.invite import Invited
    from bot.door import Door
    from domain.invitation import Invitation
    from domain.links import Links
    from domain.organisation import Unit
    from storage.queries.people import Held
    from storage.session import Session

ROLES = ("cell_secretary", "secretary", "deputy", "overseer", "district", "admin")
_AT_THE_DISTRICT = ("district", "admin")

people = Group(
    "people",
    help="Mời người dùng, xem và kết thúc phân công.\n\n" + example("chibo people list"),
    lazy={"phone": ("bot.cli_phone:phone", "Ghi số điện thoại của một người.")},
    no_args_is_help=True,
)


@people.command(
    help="Tạo mã mời dùng một lần. Mã chỉ hiện ra lúc này, cơ sở dữ liệu không giữ mã.\n\n"
    + example(
        'chibo people invite --unit "Biên Sơn" --role secretary --name "Vi Văn Sơn" --phone 0912345678',
        "chibo people invite --every-unit --role secretary --sheet phieu-moi.html",
        "chibo people invite --role district --json",
    )
)
@click.option("--unit", "unit_name", metavar="ĐƠN_VỊ", help="Đơn vị: tên, tên ngắn hoặc mã.")
@click.option("--every-unit", is_flag=True, help="Mời cho mọi đơn vị trong kế hoạch.")
@click.option("--role", type=click.Choice(ROLES), help="Vai trò; với --every-unit mặc định là secretary.")
@click.option("--name", metavar="HỌ_TÊN", help="Họ tên người được mời.")
@click.option("--phone", metavar="SỐ_MÁY", help="Số điện thoại người được mời, để huyện gọi khi cần.")
@click.option("--person", "person_id", type=int, metavar="SỐ", help="Mở thêm kênh cho người đã tham gia.")
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.option(
    "--sheet", type=click.Path(dir_okay=False), metavar="TỆP.html", help="Ghi phiếu mời A4 có mã QR."
)
def invite(
    unit_name: str | None,
    every_unit: bool,
    role: str | None,
    name: str | None,
    phone: str | None,
    person_id: int | None,
    as_json: bool,
    sheet: str | None,
) -> None:
    """Invite one person, or somebody from every unit."""
    from bot.door import open_door
    from bot.links import links_of

    single = name is not None or person_id is not None or phone is not None
    _check(unit_name, every_unit=every_unit, role=role, single=single, sheet=sheet)
    number = None if phone is None else a_phone(phone)
    door = open_door()
    with door.books() as begin, begin() as session:
        units = _units(session, door, unit_name, every_unit=every_unit, role=role)
        invited = [
            _invite(session, door, unit, role or "secretary", name, number, person_id) for unit in units
        ]
    links = links_of(door.settings, lambda words: click.echo(words, err=True))
    if sheet is not None:
        write_sheet(sheet, door, invited, links)
    if as_json:
        facts = [_facts(one, links) for one in invited]
        click.echo(json.dumps(facts if every_unit else facts[0], ensure_ascii=False, indent=2))
    elif sheet is None or len(invited) == 1:
        _print(invited, links, door)
    else:
        click.echo(f"Đã tạo {len(invited)} mã mời, in tại: {sheet}")


def _check(
    unit_name: str | None, *, every_unit: bool, role: str | None, single: bool, sheet: str | None
) -> None:
    """Refuse what contradicts itself before anything is opened."""
    if sheet is not None and not sheet.endswith((".html", ".htm")):
        raise click.UsageError("--sheet cần một tệp .html.")
    if every_unit and (unit_name is not None or single or role in _AT_THE_DISTRICT):
        raise click.UsageError(
            "--every-unit không đi cùng --unit, --name, --phone, --person hay vai trò của huyện."
        )
    if not every_unit and role is None:
        raise click.UsageError("Thiếu tùy chọn --role.")
    if not every_unit and unit_name is None and role not in _AT_THE_DISTRICT:
        raise click.UsageError("Thiếu tùy chọn --unit hoặc --every-unit.")


def _units(
    session: Session, door: Door, unit_name: str | None, *, every_unit: bool, role: str | None
) -> Sequence[Unit]:
    from bot.find_unit import find_unit
    from domain.organisation import UnitKind
    from storage.queries.unit_entry import district_unit
    from storage.queries.units import all_units

    if unit_name is None and role in _AT_THE_DISTRICT:
        return [district_unit(session)]
    units = all_units(session, door.today)
    if not every_unit:
        return [find_unit(units, unit_name or "")]
    grassroots = [unit for unit in units if unit.kind is UnitKind.GRASSROOTS]
    if not grassroots:
        raise Trouble("Chưa có đơn vị nào; hãy nạp kế hoạch: chibo plan import TỆP")
    return grassroots


def _invite(
    session: Session,
    door: Door,
    unit: Unit,
    role: str,
    name: str | None,
    phone: str | None,
    person_id: int | None,
) -> Invited:
    from bot.access.invite import invite as make
    from bot.door import below
    from domain.people import PersonId, Role
    from storage.queries.people import name_of

    person = None if person_id is None else PersonId(person_id)
    if person is not None and name_of(session, person) is None:
        raise Trouble(f"Không có người số {person_id}; xem: chibo people list")
    return make(session, unit, Role(role), now=door.now(), below=below, name=name, phone=phone, person=person)


def _facts(one: Invited, links: Links) -> dict[str, str | None]:
    from domain.invitation import shown

    return {
        "unit": one.unit.short,
        "role": one.role.value,
        "name": one.name,
        "code": shown(one.code),
        "telegram": links.telegram(one.code),
        "zalo": links.zalo_name or None,
        "web": links.web(one.code),
        "expires": one.expires_at.isoformat(),
    }


def _print(invited: Sequence[Invited], links: Links, door: Door) -> None:
    from domain.invitation import shown
    from domain.title import title_of

    for one in invited:
        title = title_of(one.role, one.unit)
        until = one.expires_at.astimezone(door.settings.zone)
        click.echo(f"{shown(one.code)}  {title}{f' ({one.name})' if one.name else ''}, hạn {until:%d/%m/%Y}")
        for link in filter(None, (links.telegram(one.code), links.web(one.code))):
            click.echo(f"    {link}")
        if links.zalo_name:
            click.echo(f"    Zalo: tìm «{links.zalo_name}» rồi nhắn mã")


def write_sheet(path: str, door: Door, invited: Sequence[Invited], links: Links) -> None:
    """Write the sheet of invitations to a file; Trouble when it cannot be written."""
    from pathlib import Path

    from bot.sheet import sheet_of

    page = sheet_of(invited, links, office=door.settings.office, zone=door.settings.zone)
    try:
        Path(path).write_text(page, encoding="utf-8")
    except OSError as error:
        raise Trouble(f"Không ghi được {path} ({error.strerror}); hãy chọn chỗ khác.") from error


@people.command(
    name="list",
    help="In các phân công đang có và các mã mời chưa dùng.\n\n" + example("chibo people list"),
)
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
def list_people(as_json: bool) -> None:
    """Print the appointments held today and the invitations that are open."""
    from bot.door import open_door
    from storage.queries import invitations
    from storage.queries import people as books_of_people

    door = open_door()
    with door.books() as begin, begin() as session:
        held = books_of_people.held_on(session, door.today)
        waiting = invitations.open_invitations(session, door.now())
    if as_json:
        facts = {
            "appointments": [_held_facts(one) for one in held],
            "invitations": [_waiting_facts(one) for one in waiting],
        }
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for line in (*map(_held_line, held), *(_waiting_line(one, door) for one in waiting)):
        click.echo(line)
    if not held and not waiting:
        click.echo("Chưa có ai. Mời người đầu tiên: chibo people invite --role admin")


def _held_facts(one: Held) -> dict[str, object]:
    return {
        "id": str(one.id),
        "person": one.person_id,
        "name": one.name,
        "phone": one.phone,
        "role": one.role.value,
        "unit": one.unit.short,
        "channels": list(one.channels),
    }


def _held_line(one: Held) -> str:
    from domain.phone import phone_shown

    channels = ", ".join(one.channels) or "chưa có kênh"
    phone = f"  {phone_shown(one.phone)}" if one.phone else ""
    who = f"{one.name} (người số {one.person_id})"
    return f"{one.id:>5}  {one.unit.short}  {one.role.label}  {who}{phone}  {channels}"


def _waiting_facts(one: Invitation) -> dict[str, object]:
    return {
        "id": f"m{one.id}",
        "name": one.name,
        "role": one.role.value,
        "unit": one.unit.short,
        "expires": one.expires_at.isoformat(),
    }


def _waiting_line(one: Invitation, door: Door) -> str:
    until = one.expires_at.astimezone(door.settings.zone)
    named = f"  {one.name}" if one.name else ""
    return f"{f'm{one.id}':>5}  {one.unit.short}  {one.role.label}{named}  mã mời chưa dùng, hạn {until:%d/%m/%Y}"


@people.command(
    help="Kết thúc một phân công (số trong «chibo people list») hoặc thu hồi một mã mời.\n\n"
    + example("chibo people end 12", "chibo people end m7", "chibo people end 7K3MQ-9XT2P-4HB")
)
@click.argument("what", metavar="MÃ-HOẶC-SỐ")
def end(what: str) -> None:
    """End an appointment, or take an invitation back."""
    from bot.door import open_door

    door = open_door()
    with door.books() as begin, begin() as session:
        done = _end_appointment(session, door, what) if what.isdigit() else _revoke(session, door, what)
    if done is None:
        raise Trouble(f"Không có phân công hay mã mời còn dùng được «{what}»; xem: chibo people list")
    click.echo(done)


def _end_appointment(session: Session, door: Door, number: str) -> str | None:
    from bot.access.invite import end_appointment
    from domain.title import title_of

    held = end_appointment(session, int(number), now=door.now(), today=door.today)
    return None if held is None else f"Đã kết thúc phân công: {held.name}, {title_of(held.role, held.unit)}."


def _revoke(session: Session, door: Door, what: str) -> str | None:
    from bot.access.invite import revoke
    from domain.invitation import InvitationId, normalise
    from domain.title import title_of

    number = what[1:] if what[:1] in "mM" else ""
    which = InvitationId(int(number)) if number.isdigit() else normalise(what)
    taken = None if which is None else revoke(session, which, now=door.now())
    return None if taken is None else f"Đã thu hồi mã mời: {title_of(taken.role, taken.unit)}."

"""`chibo init`: the books, created or brought up to this release."""

from __future__ import annotations

import click

from bot.cli_words import Command, example


@click.command(
    cls=Command,
    help="Tạo hoặc nâng cấp cơ sở dữ liệu; nếu chưa có kế hoạch nào thì nạp kế hoạch năm 2022 đi kèm.\n\n"
    + example("chibo init", "chibo init --no-plan"),
)
@click.option("--no-plan", is_flag=True, help="Không nạp kế hoạch đi kèm.")
def init(no_plan: bool) -> None:
    """Create or upgrade the books."""
    from bot.door import open_door, out_of_reach
    from bot.new_books import create
    from storage.session import DatabaseFault, open_engine

    door = open_door()
    engine = open_engine(door.settings.database)
    try:
        created = create(engine, door.now(), with_plan=not no_plan)
    except DatabaseFault as fault:
        raise out_of_reach(fault) from fault
    finally:
        engine.dispose()
    click.echo("Cơ sở dữ liệu đã sẵn sàng.")
    if created.plan is not None:
        click.echo(f"Đã nạp kế hoạch {created.plan}: {created.units} đơn vị.")
    click.echo("Tiếp theo: chibo people invite --role admin")

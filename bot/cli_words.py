"""The command line's own words in Vietnamese: help pages, and errors of one line that say what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import IO, Any, Final, NoReturn

import click
from click.core import ParameterSource

from domain.phone import phone_in

_HELP: Final = "In hướng dẫn này rồi thoát."


class Trouble(click.ClickException):
    """Something was refused or failed: one line in Vietnamese that says what to do; exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.format_message(), file=file or sys.stderr)


def example(*lines: str) -> str:
    """The examples at the end of a command's help."""
    return "\b\nVí dụ:\n" + "\n".join(f"  {line}" for line in lines)


class _Vietnamese(click.Command):
    """A command whose help page is Vietnamese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = [
            {"[OPTIONS]": "[TÙY CHỌN]", "COMMAND [ARGS]...": "LỆNH …"}.get(piece, piece)
            for piece in self.collect_usage_pieces(ctx)
        ]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Cách dùng: ")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        if records:
            with formatter.section("Tùy chọn"):
                formatter.write_dl(records)


class Command(_Vietnamese):
    """A command of `chibo`."""


class Group(_Vietnamese, click.Group):
    """A group of commands, each loaded only when it is called: `lazy` maps a name to its place and a line of help."""

    command_class = Command

    def __init__(
        self,
        name: str | None = None,
        lazy: dict[str, tuple[str, str]] | None = None,
        **attrs: Any,  # click takes many
    ) -> None:
        super().__init__(name, **attrs)
        self._lazy = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        from importlib import import_module

        module, _, attribute = self._lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, help_line) for name, (_, help_line) in self._lazy.items()]
        rows += [(name, command.get_short_help_str()) for name, command in sorted(self.commands.items())]
        with formatter.section("Lệnh"):
            formatter.write_dl(rows)


def run(group: click.Group, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave: 0 done, 1 refused or failed, 2 bad usage, 130 broken off."""
    sys.exit(_code(lambda: group.main(arguments, prog_name="chibo", standalone_mode=False)))


def _code(call: Callable[[], object]) -> int:
    try:
        call()
    except click.UsageError as error:
        return _say(f"{_words(error)} Xem: {_path(error)} --help", 2)
    except click.ClickException as error:
        return _say(error.format_message(), error.exit_code)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _say("Đã dừng theo yêu cầu.", 130)
    except BrokenPipeError:
        # Whoever read the output has had enough; flushing at the end must not complain again.
        sys.stdout = None
        return 0
    return 0


def _say(line: str, code: int) -> int:
    click.echo(line, err=True)
    return code


def _path(error: click.UsageError) -> str:
    return error.ctx.command_path if error.ctx is not None else "chibo"


def _words(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter():
            return f"Thiếu {_called(error)}."
        case click.NoSuchOption():
            return f"Không có tùy chọn {error.option_name}."
        case click.BadParameter():
            return f"{_called(error).capitalize()} không dùng được: {_reason(error)}"
        case _:
            return _general(error.format_message())


def _called(error: click.BadParameter) -> str:
    if error.param is None:
        return "tham số"
    kind = "tùy chọn" if isinstance(error.param, click.Option) else "tham số"
    name = error.param.opts[-1] if isinstance(error.param, click.Option) else error.param.human_readable_name
    return f"{kind} {name}"


def _reason(error: click.BadParameter) -> str:
    if error.param is None:
        return error.message
    match error.param.type:
        case click.Choice() as kind:
            return "chọn một trong " + ", ".join(str(choice) for choice in kind.choices) + "."
        case click.types.IntParamType() | click.types.IntRange():
            return "cần một số nguyên trong giới hạn."
        case click.Path():
            return "không mở được tệp này; kiểm tra lại đường dẫn và quyền đọc."
    return error.message


def _general(message: str) -> str:
    """What click reports only as English words: an unknown command, too many arguments, a missing value."""
    if message.startswith("No such command"):
        return f"Không có lệnh {message.removeprefix('No such command').partition('.')[0].strip()}."
    if message.startswith("Got unexpected extra argument"):
        return f"Thừa tham số {message[message.rindex('(') :]}."
    if "requires an argument" in message:
        return f"Tùy chọn {message.split()[1]} cần một giá trị."
    if message.startswith("Missing command"):
        return "Thiếu tên lệnh."
    return message


def given(ctx: click.Context, name: str) -> bool:
    """Whether an option was written on the command line."""
    return ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE


def a_phone(typed: str) -> str:
    """A telephone number as it is kept."""
    number = phone_in(typed)
    if number is None:
        raise click.UsageError(f"«{typed}» không phải số điện thoại; ví dụ: 0912345678.")
    return number

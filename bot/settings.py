"""The settings: read once at the door, from the environment or `.env`, under the prefix `CHIBO_`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.clock import read_moment

PREFIX: Final = "CHIBO_"


class SettingsFaulty(Exception):
    """Some settings cannot be used; `faults` holds one line for each, in Vietnamese, saying what to write."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError(f"no time zone {name!r}") from unknown
    return name


def _networks(text: str) -> str:
    """Addresses and networks with commas between them, without blanks; ValueError where one is neither."""
    return ",".join(str(ip_network(each.strip())) for each in text.split(","))


def _like(pattern: str) -> Callable[[SecretStr], SecretStr]:
    def check(secret: SecretStr) -> SecretStr:
        if re.fullmatch(pattern, secret.get_secret_value()) is None:
            raise ValueError("not of the expected form")
        return secret

    return check


Url = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^https?://[^\s/]+\S*$")]
"""An address on the web, with its scheme."""
Database = Annotated[SecretStr, AfterValidator(_like(r"(sqlite|postgres(ql)?(\+psycopg)?)://\S*"))]
Token = Annotated[SecretStr, AfterValidator(_like(r"[A-Za-z0-9:_-]+"))]
Proxy = Annotated[SecretStr, AfterValidator(_like(r"(https?|socks[45]h?)://\S+"))]
WebhookSecret = Annotated[SecretStr, AfterValidator(_like(r"[A-Za-z0-9_-]{1,256}"))]
ZaloSecret = Annotated[SecretStr, AfterValidator(_like(r"[A-Za-z0-9_-]{8,256}"))]
Proxies = Annotated[str, AfterValidator(_networks)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Settings(BaseSettings):
    """What the office has decided about its installation; each description says what to write there."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    database_url: Database = Field(
        SecretStr("sqlite:///chibo.db"),
        description="«sqlite:///chibo.db» hoặc «postgresql://người_dùng:mật_khẩu@máy_chủ/tên»",
    )
    telegram_token: Token | None = Field(None, description="mã token do @BotFather cấp")
    telegram_api_url: Url = Field(
        "https://api.telegram.org",
        description="một địa chỉ web, ví dụ https://api.telegram.org",
    )
    telegram_proxy: Proxy | None = Field(None, description="địa chỉ proxy, ví dụ socks5://127.0.0.1:1080")
    telegram_webhook_url: Url | None = Field(
        None,
        description="địa chỉ https công khai của máy chủ này, hoặc để trống để chibo tự hỏi Telegram",
    )
    telegram_webhook_secret: WebhookSecret | None = Field(
        None,
        description="một mật khẩu dài chỉ gồm A-Z a-z 0-9 _ - (bắt buộc khi dùng webhook)",
        validate_default=True,
    )
    telegram_rate: float = Field(25, gt=0, le=1000, description="số tin mỗi giây, lớn hơn 0, ví dụ 25")
    telegram_chat_rate: float = Field(
        1, gt=0, le=100, description="số tin mỗi giây cho một người, lớn hơn 0, ví dụ 1"
    )
    zalo_token: Token | None = Field(None, description="mã token do Zalo Bot Manager cấp")
    zalo_api_url: Url = Field(
        "https://bot-api.zaloplatforms.com",
        description="một địa chỉ web, ví dụ https://bot-api.zaloplatforms.com",
    )
    zalo_webhook_secret: ZaloSecret | None = Field(
        None, description="một mật khẩu từ 8 đến 256 ký tự, chỉ gồm A-Z a-z 0-9 _ -"
    )
    zalo_monthly_quota: int = Field(
        3000, ge=0, description="số tin được gửi trong một tháng, ví dụ 3000, hoặc 0 nếu không giới hạn"
    )
    web_host: Name = Field("127.0.0.1", description="địa chỉ máy, ví dụ 127.0.0.1 hoặc 0.0.0.0")
    web_port: int = Field(8080, ge=0, le=65535, description="một số từ 1 đến 65535, ví dụ 8080")
    web_proxies: Proxies | None = Field(
        None,
        description="địa chỉ các máy chủ trung gian đứng trước chibo, cách nhau bằng dấu phẩy, ví dụ 127.0.0.1,10.0.0.0/24",
    )
    public_url: Url | None = Field(
        None,
        description="địa chỉ mà điện thoại mở được, ví dụ https://chibo.luc-ngan.example",
    )
    file_link_hours: float = Field(
        24, gt=0, le=24 * 30, description="số giờ mà đường dẫn tải tệp còn dùng được, ví dụ 24"
    )
    timezone: Annotated[str, AfterValidator(_known_zone)] = Field(
        "Asia/Ho_Chi_Minh", description="tên múi giờ, ví dụ Asia/Ho_Chi_Minh"
    )
    office: Name = Field("Ban Tổ chức Huyện ủy Lục Ngạn", description="tên cơ quan dùng trong tin nhắn")
    count_by: Literal["ceremony", "decision"] = Field(
        "ceremony",
        description="«ceremony» (tính theo ngày lễ) hoặc «decision» (theo ngày quyết định)",
    )
    names: Literal["full", "initials", "code"] = Field(
        "initials",
        description="«full» (đủ họ tên), «initials» (viết tắt) hoặc «code» (mã)",
    )
    remind_again_hours: int = Field(4, ge=0, le=240, description="số giờ từ 0 đến 240, ví dụ 4")
    few_members: int = Field(9, ge=0, le=1000, description="số đảng viên từ 0 đến 1000, ví dụ 9")
    years_without_admission: int = Field(3, ge=0, le=50, description="số năm từ 0 đến 50, ví dụ 3")
    reminders: Path | None = Field(None, description="đường dẫn đến một tệp lịch nhắc dạng TOML")
    clock_start: str | None = Field(None, description="ngày giờ như 2022-03-24T07:55")
    log_format: Literal["text", "json"] = Field("text", description="«text» hoặc «json»")

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _webhooks_are_secret(cls, secret: SecretStr | None, so_far: ValidationInfo) -> SecretStr | None:
        if secret is None and so_far.data.get("telegram_webhook_url"):
            raise ValueError("a webhook needs a secret")
        return secret

    @field_validator("clock_start")
    @classmethod
    def _clock_starts_at_a_moment(cls, text: str | None, so_far: ValidationInfo) -> str | None:
        if text is not None:
            read_moment(text, ZoneInfo(so_far.data.get("timezone", "UTC")))
        return text

    @property
    def database(self) -> str:
        """The URL for the engine, password included; `postgresql://` means psycopg 3."""
        url = self.database_url.get_secret_value()
        scheme, colon, rest = url.partition("://")
        plain = scheme in ("postgres", "postgresql")
        return f"postgresql+psycopg{colon}{rest}" if plain else url

    @property
    def zone(self) -> ZoneInfo:
        """Where people read and write times."""
        return ZoneInfo(self.timezone)

    @property
    def starts_at(self) -> datetime | None:
        """The moment at which the process's clock starts, in UTC; None for the wall clock."""
        return None if self.clock_start is None else read_moment(self.clock_start, self.zone)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The texts that no log may show."""
        values = (
            self.telegram_token,
            self.telegram_webhook_secret,
            self.telegram_proxy,
            self.zalo_token,
            self.zalo_webhook_secret,
        )
        password = self.database.partition("://")[2].rpartition("@")[0].partition(":")[2]
        return tuple(v.get_secret_value() for v in values if v) + ((password,) if password else ())


def load(env_file: str | None = ".env") -> Settings:
    """The settings of this process; raises SettingsFaulty with all faults together."""
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        raise SettingsFaulty(tuple(_fault(detail) for detail in error.errors())) from None


def _fault(detail: ErrorDetails) -> str:
    field = str(detail["loc"][0])
    advice = Settings.model_fields[field].description
    return f"{PREFIX}{field.upper()} không dùng được: hãy ghi {advice}."

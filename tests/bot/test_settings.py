from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from bot.settings import Settings, SettingsFaulty, load


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CHIBO_")]:
        monkeypatch.delenv(name)


def _load(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Settings:
    for name, value in settings.items():
        monkeypatch.setenv(f"CHIBO_{name.upper()}", value)
    return load(env_file=None)


def _faults(monkeypatch: pytest.MonkeyPatch, **settings: str) -> tuple[str, ...]:
    with pytest.raises(SettingsFaulty) as refusal:
        _load(monkeypatch, **settings)
    return refusal.value.faults


def test_without_any_setting_the_embedded_defaults_hold(monkeypatch):
    settings = _load(monkeypatch)
    assert settings.database == "sqlite:///chibo.db"
    assert settings.telegram_token is None
    assert settings.zone.key == "Asia/Ho_Chi_Minh"
    assert settings.starts_at is None


def test_an_empty_setting_is_as_if_it_were_not_there(monkeypatch):
    assert _load(monkeypatch, web_port="", telegram_token="").web_port == 8080


def test_settings_are_read_from_a_file(tmp_path):
    file = tmp_path / ".env"
    file.write_text("CHIBO_OFFICE=Ban Tổ chức\nCHIBO_WEB_PORT=9000\n", encoding="utf-8")
    settings = load(env_file=str(file))
    assert (settings.office, settings.web_port) == ("Ban Tổ chức", 9000)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_means_psycopg_3(monkeypatch, scheme):
    settings = _load(monkeypatch, database_url=f"{scheme}://u:p@h:5432/chibo")
    assert settings.database == "postgresql+psycopg://u:p@h:5432/chibo"


def test_all_faults_are_told_together_one_line_each(monkeypatch):
    faults = _faults(
        monkeypatch,
        web_port="cổng",
        count_by="năm",
        timezone="Sao/Hỏa",
        clock_start="mai",
        names="nick",
    )
    assert len(faults) == 5
    assert all("\n" not in fault and "hãy ghi" in fault for fault in faults)
    assert faults[0].startswith("CHIBO_WEB_PORT không dùng được")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("database_url", "mysql://h/x"),
        ("telegram_token", "có dấu cách"),
        ("telegram_api_url", "api.telegram.org"),
        ("telegram_proxy", "127.0.0.1"),
        ("telegram_webhook_secret", "mật khẩu"),
        ("telegram_rate", "0"),
        ("web_port", "70000"),
        ("log_format", "xml"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(monkeypatch, name, value):
    (fault,) = _faults(monkeypatch, **{name: value})
    assert f"CHIBO_{name.upper()} " in fault


def test_a_secret_is_not_repeated_in_its_fault(monkeypatch):
    (fault,) = _faults(monkeypatch, telegram_token="123:ABC def")
    assert "ABC" not in fault


def test_a_webhook_without_a_secret_is_refused(monkeypatch):
    (fault,) = _faults(monkeypatch, telegram_webhook_url="https://chibo.example/telegram/webhook")
    assert "CHIBO_TELEGRAM_WEBHOOK_SECRET" in fault


def test_secrets_do_not_show_in_repr(monkeypatch):
    settings = _load(
        monkeypatch,
        telegram_token="123:hidden",
        telegram_webhook_secret="hidden-too",
        database_url="postgresql://u:hidden@h/x",
        telegram_proxy="socks5://u:hidden@h:1080",
    )
    assert "hidden" not in repr(settings) + str(settings)
    assert {"123:hidden", "hidden-too", "hidden"} <= set(settings.secrets)


def test_the_clock_s_start_without_an_offset_is_in_the_time_zone(monkeypatch):
    assert _load(monkeypatch, clock_start="2022-03-24T07:55").starts_at == datetime(
        2022, 3, 24, 0, 55, tzinfo=UTC
    )
    tokyo = _load(monkeypatch, clock_start="2022-03-24T07:55", timezone="Asia/Tokyo")
    assert tokyo.starts_at == datetime(2022, 3, 23, 22, 55, tzinfo=UTC)


def test_every_setting_says_what_to_write():
    assert all(field.description for field in Settings.model_fields.values())

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest

from bot import logs

TOKEN = "7012345678:AAH3xYzAbCdEfGhIjKlMnOpQrStUvWxYz01"


pytestmark = pytest.mark.usefixtures("logging_as_before")


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_token_reaches_the_log_by_any_way(form):
    out = io.StringIO()
    logs.set_up(form, ["mat-khau"], out)
    log = logging.getLogger("chibo.test")
    log.info("asked %s", f"https://api.telegram.org/bot{TOKEN}/getUpdates")
    log.warning("connecting to postgresql://chibo:s3cret@db/chibo with mat-khau")
    try:
        Path(f"/bot{TOKEN}/sendMessage no answer from").stat()
    except OSError:
        log.exception("sending failed")
    written = out.getvalue()
    assert "asked" in written
    assert "no answer from" in written
    assert not any(secret in written for secret in (TOKEN, TOKEN[-20:], "s3cret", "mat-khau"))


def test_json_lines_are_json_with_vietnamese_as_it_is():
    out = io.StringIO()
    logs.set_up("json", (), out)
    logging.getLogger("chibo.test").info("Biên Sơn")
    line = json.loads(out.getvalue())
    assert (line["message"], line["level"], line["logger"]) == (
        "Biên Sơn",
        "INFO",
        "chibo.test",
    )
    assert "Biên Sơn" in out.getvalue()


def test_the_access_lines_of_libraries_are_quiet():
    out = io.StringIO()
    logs.set_up("text", (), out)
    for name in ("httpx", "httpcore.http11", "aiohttp.access", "uvicorn.access"):
        logging.getLogger(name).info("GET /bot%s/getMe", TOKEN)
    assert out.getvalue() == ""


def test_a_fresh_bot_token_is_hidden_though_nobody_named_it():
    assert logs.redact(f"token {TOKEN}.") == "token ***."


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_row_of_the_books_that_postgresql_refused_is_not_quoted(form):
    out = io.StringIO()
    logs.set_up(form, (), out)
    refused = (
        "null value violates a constraint\nDETAIL:  Failing row contains (1, Nguyễn Thị Hoa).\nHINT: mend it"
    )
    logging.getLogger("chibo.test").error(refused)
    assert "Hoa" not in out.getvalue()
    assert "HINT: mend it" in out.getvalue()


def test_plain_words_are_left_as_they_are():
    line = "07:55:00 Trù Hựu 1/2, xem http://127.0.0.1:8080/chat"
    assert logs.redact(line) == line

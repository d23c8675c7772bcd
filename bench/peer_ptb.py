"""The peer: a reporting bot as python-telegram-bot's own examples teach to write one.

ConversationHandler and PicklePersistence for the talk, SQLite with a durable commit for each report, everything
else as it comes. Three messages a report: /ketnap, one line with name and date, a tap to confirm.
Environment: BOT_API_URL, BOT_TOKEN; argument: the folder for its files.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

FOLDER = Path(sys.argv[1])
LINE = re.compile(r"kn dc (?P<name>\D+) sn (?P<year>\d{4}) ngay (?P<day>\d+)/(?P<month>\d+)")
WHO, SURE = range(2)
BUTTONS = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Đúng", callback_data="yes"), InlineKeyboardButton("Sửa", callback_data="no")]]
)
Context = ContextTypes.DEFAULT_TYPE

books = sqlite3.connect(FOLDER / "peer.db", isolation_level=None)
books.execute("PRAGMA journal_mode=WAL")
books.execute("PRAGMA synchronous=FULL")
books.execute(
    "CREATE TABLE IF NOT EXISTS admission (id INTEGER PRIMARY KEY, unit INT, name TEXT, year INT, day TEXT)"
)


async def begin(update: Update, context: Context) -> int:
    await update.message.reply_text("Đồng chí báo cáo kết nạp ai, ngày nào?")
    return WHO


async def take_line(update: Update, context: Context) -> int:
    found = LINE.fullmatch(update.message.text)
    if not found:
        await update.message.reply_text("Tôi chưa hiểu, đồng chí ghi lại giúp.")
        return WHO
    said: dict[str, Any] = found.groupdict()
    context.user_data.update(said)
    text = (
        f"Kết nạp {said['name']}, sinh năm {said['year']}, ngày {said['day']}/{said['month']}. Đúng không ạ?"
    )
    await update.message.reply_text(text, reply_markup=BUTTONS)
    return SURE


async def store(update: Update, context: Context) -> int:
    said = context.user_data
    day = f"2022-{int(said['month']):02}-{int(said['day']):02}"
    books.execute(
        "INSERT INTO admission (unit, name, year, day) VALUES (?, ?, ?, ?)",
        (update.effective_user.id, said["name"], said["year"], day),
    )
    await update.callback_query.answer()
    await update.callback_query.edit_message_text("Đã ghi nhận.")
    return ConversationHandler.END


def main() -> None:
    url = os.environ["BOT_API_URL"]
    builder = ApplicationBuilder().token(os.environ["BOT_TOKEN"]).base_url(f"{url}/bot")
    application = builder.persistence(PicklePersistence(FOLDER / "peer.pickle")).build()
    application.add_handler(
        ConversationHandler(
            [CommandHandler("ketnap", begin)],
            {
                WHO: [MessageHandler(filters.TEXT & ~filters.COMMAND, take_line)],
                SURE: [CallbackQueryHandler(store)],
            },
            [],
            name="report",
            persistent=True,
            allow_reentry=True,
        )
    )
    application.run_polling()


if __name__ == "__main__":
    main()

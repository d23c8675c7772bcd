"""The sheet of invitations to print: A4, eight to a page, each with its code and a QR code."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from bot.access.invite import Invited
from domain.invitation import shown
from domain.links import Links
from domain.title import title_of

_A_PAGE: Final = 8
_STYLE: Final = """
@page { size: A4; margin: 10mm }
* { box-sizing: border-box }
body { margin: 0; font: 10.5pt/1.35 "Be Vietnam Pro", "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
       color: #111 }
section { width: 190mm; height: 272mm; margin: 0 auto; display: grid; grid-template-columns: repeat(2, minmax(0, 1fr));
          grid-template-rows: repeat(4, minmax(0, 1fr)); break-inside: avoid }
section + section { break-before: page }
article { border: .3mm dashed #999; padding: 4mm 5mm; display: grid; grid-template-columns: minmax(0, 1fr) 28mm;
          gap: 1mm 3mm; align-content: space-between; overflow: hidden }
h1 { grid-column: 1 / -1; margin: 0; font-size: 11.5pt; line-height: 1.2 }
h1 small { display: block; font-size: 8.5pt; font-weight: 400; color: #555 }
.code { grid-column: 1 / -1; font: 700 14pt/1 ui-monospace, "DejaVu Sans Mono", Consolas, monospace;
        letter-spacing: .06em; text-align: center; border: .3mm solid #111; border-radius: 1.5mm; padding: 1.6mm 0 }
ol { margin: 0; padding-left: 4.5mm; font-size: 9pt; overflow-wrap: anywhere }
.alone { grid-column: 1 / -1 }
svg { width: 28mm; height: 28mm; display: block }
footer { grid-column: 1 / -1; font-size: 8pt; color: #555 }
@media screen { body { background: #ddd } section { background: #fff; margin: 5mm auto; padding: 0 } }
"""


def sheet_of(invited: Sequence[Invited], links: Links, *, office: str, zone: ZoneInfo) -> str:
    """The sheet as one HTML page that needs no other file; times are shown in `zone`."""
    pages = [invited[start : start + _A_PAGE] for start in range(0, len(invited), _A_PAGE)]
    body = "".join(
        f"<section>{''.join(_card(one, links, office, zone) for one in page)}</section>" for page in pages
    )
    return (
        '<!doctype html><html lang="vi"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Phiếu mời</title><style>{_STYLE}</style><body>{body}</body></html>\n"
    )


def _card(one: Invited, links: Links, office: str, zone: ZoneInfo) -> str:
    link = links.telegram(one.code) or links.web(one.code)
    until = one.expires_at.astimezone(zone)
    title = title_of(one.role, one.unit)
    steps = _steps(links, with_picture=link is not None)
    picture = "" if link is None else _qr(link)
    return (
        f"<article><h1><small>{escape(office)} kính mời đồng chí {escape(one.name or '')}</small>"
        f"{escape(title[:1].upper() + title[1:])}</h1>"
        f"<ol{'' if picture else ' class=alone'}>{''.join(f'<li>{step}</li>' for step in steps)}</ol>{picture}"
        f'<div class="code">{escape(shown(one.code))}</div>'
        f"<footer>Mã dùng một lần, đến hết ngày {until:%d/%m/%Y}. Xin không chuyển cho người khác."
        "</footer></article>"
    )


def _steps(links: Links, *, with_picture: bool) -> tuple[str, ...]:
    last_tap = "Bắt đầu" if links.bot_name else "Gửi"
    by_camera = f"Hướng máy ảnh điện thoại vào mã vuông, bấm đường dẫn hiện ra rồi bấm «{last_tap}»."
    by_hand = f"{' hoặc '.join(_places(links))} rồi nhắn mã dưới đây."
    if with_picture:
        return (by_camera, f"Hoặc {by_hand}")
    return (by_hand[:1].upper() + by_hand[1:],)


def _places(links: Links) -> tuple[str, ...]:
    """Where the code can be typed; no link carries it to Zalo, so there it always is."""
    found: list[str] = []
    if links.bot_name:
        found.append(f"tìm <b>@{escape(links.bot_name)}</b> trên Telegram")
    elif links.public_url:
        found.append(f"mở <b>{escape(links.chat)}</b>")
    if links.zalo_name:
        found.append(f"tìm <b>{escape(links.zalo_name)}</b> trên Zalo")
    return tuple(found) or ("mở kênh báo cáo của cơ quan",)


def _qr(link: str) -> str:
    import segno

    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, nl=False
    )
    return out.getvalue().decode("ascii")

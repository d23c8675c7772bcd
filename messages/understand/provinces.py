"""Where people move to and work: provinces and countries, which are nobody's names after «ở», «về», «đi»."""

from __future__ import annotations

from typing import Final

from messages.fold import fold
from messages.understand.line import Line
from messages.understand.spelling import word_set

PLACE: Final = "place"
_TOWARDS: Final = word_set(
    "o tai ve di den sang ra vao len xuong que tu lam dong chong vo tan mai trong huyen duoi tren ngoai ben khoi phia"
)
_NAMES: Final = (
    "Hà Nội, Bắc Ninh, Bắc Giang, Hải Dương, Hải Phòng, Hưng Yên, Thái Bình, Thái Nguyên, Lạng Sơn, Quảng Ninh, "
    "Vĩnh Phúc, Phú Thọ, Hà Nam, Nam Định, Ninh Bình, Cao Bằng, Bắc Kạn, Hà Giang, Tuyên Quang, Lào Cai, Yên Bái, "
    "Sơn La, Điện Biên, Lai Châu, Hòa Bình, Thanh Hóa, Nghệ An, Hà Tĩnh, Quảng Bình, Quảng Trị, Đà Nẵng, Quảng Nam, "
    "Quảng Ngãi, Bình Định, Phú Yên, Khánh Hòa, Nha Trang, Đắk Lắk, Đắc Lắc, Gia Lai, Kon Tum, Lâm Đồng, Đà Lạt, "
    "Bình Thuận, Bình Phước, Bình Dương, Đồng Nai, Tây Ninh, Sài Gòn, Long An, Vũng Tàu, Cần Thơ, Cà Mau, Miền Nam, "
    "Trung Quốc, Đài Loan, Hàn Quốc, Nhật Bản, Malaysia, Sơn Động, Yên Thế, Lạng Giang, Việt Yên, Yên Dũng, "
    "Lục Nam, Lục Ngạn, Hiệp Hòa, Tân Yên, Chi Lăng, Hữu Lũng, Đình Lập, Lộc Bình, Quế Võ, Từ Sơn, Tiên Du, Yên Phong, "
    "Chí Linh, Đông Triều, Uông Bí, Hạ Long, Cẩm Phả, Móng Cái, Phổ Yên, Sông Công, Phú Bình, Miền Trung, Miền Bắc, "
    "Châu Âu"
)


def _pairs() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(name).split()) for name in _NAMES.split(", "))


_PAIRS: Final = _pairs()
_ABROAD: Final = frozenset({("dai", "loan"), ("han", "quoc"), ("nhat", "ban"), ("trung", "quoc")})
_FIRSTS: Final = frozenset(pair[0] for pair in _PAIRS)


def claim_provinces(line: Line) -> None:
    """Claim a province or country that somebody goes to, lives or works in."""
    if line.bag.isdisjoint(_FIRSTS):
        return
    for index in range(1, len(line.words)):
        if line.words[index] not in _FIRSTS:
            continue
        pair = tuple(line.words[index : index + 2])
        if line.words[index - 1] in ("di", "sang") and pair in _ABROAD:
            continue  # «đi Đài Loan» tells that somebody left
        if line.words[index - 1] in _TOWARDS and pair in _PAIRS and _is_free(line, index):
            line.claim(index, index + 2, PLACE)


def claim_institutions(line: Line) -> None:
    """«Đảng Cộng sản Việt Nam», «Đoàn TNCS Hồ Chí Minh»: nobody is named; «Nguyễn Việt Nam» is somebody."""
    if line.bag.isdisjoint(_OF_THE_LAND):
        return
    for index in range(1, len(line.words)):
        for name in _INSTITUTIONS if line.words[index] in _OF_THE_LAND else ():
            after = index + len(name)
            led = line.words[index - 1] in _LEADS or line.tokens[index - 1].claim == PLACE
            if led and tuple(line.words[index:after]) == name and all(map(line.is_free, range(index, after))):
                line.claim(index, after, PLACE)


_INSTITUTIONS: Final = (("cong", "san"), ("viet", "nam"), ("ho", "chi", "minh"))
_OF_THE_LAND: Final = frozenset(name[0] for name in _INSTITUTIONS)
_LEADS: Final = word_set("dang san tncs csvn nien doan nu dan binh hoi nuoc thao quoc chu")


def _is_free(line: Line, index: int) -> bool:
    return line.is_free_word(index) and line.is_free_word(index + 1)

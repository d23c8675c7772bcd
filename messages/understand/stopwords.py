"""Words that end a name or are none."""

from __future__ import annotations

from typing import Final

from messages.understand.spelling import spelled, word_set
from messages.understand.vocabulary import FILLERS, KNOWN, KNOWN_FORMS

ALSO_GIVEN: Final = word_set(
    "hoa mai hai ba tu nam sau bay tam chin muoi quy ket chu huy thoi nu lan minh an anh binh thu xuan ha hong"
    " son toan cong duc hung dung tan lap than ly loan ngan phuong thao thom thuy tien tinh tuan tung tuyen van vinh"
    " dong giang kien phong quan sang tho thanh thinh thuan trang trung truong tuyet hien hieu hoan hoang hue"
    " lam linh loc long luong mo nga nghi ngoc nhan nhi oanh phuc que sinh suu thai them thi dat cam chi chinh cuc"
    " dao diep gam hau hoi hop huan huong khuong lien luyen man men mien my nhat nhung ninh no nuong phu phi quyet"
    " thang thieu tham hoc duoc nho tich trinh vui khanh yen kim viet manh khoi loi duong"
)
"""Folded words that are given as names as well as being ordinary words."""
_NOT_STOPPING: Final = word_set(
    "hoa lan cuong minh hung tuan dung duc binh hong hien huong linh phuong thao trang ngoc khanh toan vinh yen"
    " tung thuy son tien quyet tinh long dat tho thuan tich an"
)
_OF_LIVES: Final = word_set(
    "giao vien cong nhan nong dan sinh bo doi xom thon xa ban to khu huyen tinh lop truong nghe nghiep trinh do"
    " dai hoc cao dang trung cap thpt thcs tot nghiep dan toc kinh nung tay hoa san diu dao cao lan ton giao dia"
    " chi que quan ho khau phap luat nu"
)
STOPS: Final = (KNOWN | _OF_LIVES) - _NOT_STOPPING
"""Folded words that are no name in small letters unless a title goes before."""

NEVER_GIVEN: Final = KNOWN - ALSO_GIVEN
"""Folded words that are no name even after a title."""

OFFICE_WORDS: Final = word_set(
    "dang doan huyen ban bi thu quyet dinh nghi bao cao ngay sinh quy chi bo uy nu nam le to hoi truong xa thon"
    " tinh trung tam cong ty khu pho lop tham tra ly lich kinh gui xin vang da hom sang chieu toi thang ket nap"
)
"""Folded words that are written with a capital in mid-sentence without being names."""

SMALL_WORDS: Final = word_set("chua khong de phai dang se co bi la thi va cac nhung cung duoc con rat ngay")
"""Folded words that do not even follow «Văn» and «Thị»: «vì vẫn chưa …» is no name."""


def is_stopped(typed: str, word: str, stops: frozenset[str]) -> bool:
    """Whether a word is one of the stops: folded, and when marks were typed also with them («Khôi» is not «khỏi»)."""
    if word not in stops:
        return False
    return typed.isascii() or word in FILLERS or word in _OF_LIVES or spelled(typed) in KNOWN_FORMS

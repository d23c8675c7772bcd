"""Words that end a name or are none."""

from __future__ import annotations

from typing import Final

from messages.understand.spelling import word_set
from messages.understand.vocabulary import KNOWN

_ALSO_GIVEN: Final = word_set(
    "hoa mai hai ba tu nam sau bay tam chin muoi quy ket chu huy thoi nu lan minh an anh binh thu xuan ha hong"
    " son toan cong duc hung dung tan lap than ly loan ngan phuong thao thom thuy tien tinh tuan tuyen van vinh"
    " dong giang kien phong quan sang tho thanh thinh thuan trang trung truong tuyet hien hieu hoan hoang hue"
    " lam linh loc long luong mo nga nghi ngoc nhan nhi oanh phuc que sinh suu thai them thi dat cam chi chinh cuc"
    " dao diep gam hau hoi hop huan huong khuong lien luyen man men mien my nhat nhung ninh no nuong phu phi quyet"
    " thang thieu tham hoc duoc nho tich trinh vui khanh yen kim viet manh"
)
_NOT_STOPPING: Final = word_set(
    "hoa lan cuong minh hung tuan dung duc binh hong hien huong linh phuong thao trang ngoc khanh toan vinh yen"
    " thuy son tien quyet tinh long dat"
)
_OF_LIVES: Final = word_set(
    "giao vien cong nhan nong dan sinh bo doi xom thon xa ban to khu huyen tinh lop truong nghe nghiep trinh do"
    " dai hoc cao dang trung cap thpt thcs tot nghiep dan toc kinh nung tay hoa san diu dao cao lan ton giao dia"
    " chi que quan ho khau phap luat nu"
)
STOPS: Final = (KNOWN | _OF_LIVES) - _NOT_STOPPING
"""Folded words that are no name in small letters unless a title goes before."""

NEVER_GIVEN: Final = KNOWN - _ALSO_GIVEN
"""Folded words that are no name even after a title."""

SMALL_WORDS: Final = word_set("chua khong de phai dang se co bi la thi va cac nhung cung duoc con rat ngay")
"""Folded words that do not even follow «Văn» and «Thị»: «vì vẫn chưa …» is no name."""

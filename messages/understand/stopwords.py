"""Words that end a name or are none."""

from __future__ import annotations

from typing import Final

from messages.fold import fold
from messages.understand.spelling import spelled, word_set
from messages.understand.vocabulary import FILLERS, KNOWN, KNOWN_FORMS

ALSO_GIVEN: Final = word_set(
    "hoa mai hai ba tu nam sau bay tam chin muoi quy ket chu huy thoi nu lan minh an anh binh thu xuan ha hong"
    " son toan cong duc hung dung tan lap than ly loan ngan phuong thao thom thuy tien tinh tuan tung tuyen van vinh"
    " dong giang kien phong quan sang tho thanh thinh thuan trang trung truong tuyet hien hieu hoan hoang hue"
    " lam linh loc long luong mo nga nghi ngoc nhan nhi oanh phuc que sinh suu thai them thi dat cam chi chinh cuc"
    " dao diep gam hau hoi hop huan huong khuong lien luyen man men mien my nhat nhung ninh no nuong phu phi quyet"
    " thang thieu tham hoc duoc nho tich trinh vui khanh yen kim viet manh khoi loi duong"
    " hanh dinh chien khoa lanh nghia thuong tuong vuong quoc hang kieu bang canh"
)
"""Folded words that are given as names as well as being ordinary words."""
_NOT_STOPPING: Final = word_set(
    "hoa lan cuong minh hung tuan dung duc binh hong hien huong linh phuong thao trang ngoc khanh toan vinh yen"
    " tung thuy son tien quyet tinh long dat tho thuan tich an hanh chien nghia khoa lanh"
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

_OFFICE: Final = word_set(
    "đảng đoàn huyện ban bí thư quyết định nghị báo cáo ngày sinh quý quí chi bộ ủy nữ nam lễ tổ hội trường xã thôn"
    " tỉnh trung tâm công ty khu phố lớp thẩm tra lý lịch kính gửi xin vâng dạ đã hôm sáng chiều tối tháng kết nạp"
)
OFFICE_WORDS: Final = frozenset(map(fold, _OFFICE))
"""Folded words that are written with a capital in mid-sentence without being names."""
NAMES_ALONE: Final = (ALSO_GIVEN & OFFICE_WORDS) - {"nu"} | word_set("bao dinh cao doan toi sang lich")
"""Those of them that are somebody's name where no other word goes with them."""
_OFFICE_FORMS: Final = frozenset(map(spelled, _OFFICE))


def is_of_office(typed: str, word: str) -> bool:
    """Whether a capital in mid-sentence begins such a word, by its marks where it has any: «Tháng», but not «Thắng»."""
    return word in OFFICE_WORDS and (typed.isascii() or spelled(typed) in _OFFICE_FORMS)


TITLE_WORDS: Final = OFFICE_WORDS - word_set(
    "sinh nam le to hoi tinh trung tam hom sang chieu toi thang quy khu cong ly kinh lich nu"
) | word_set("chu pho tich")
"""Folded words with which a title goes on: «đ/c Bí thư», «đ/c Phó chủ tịch»."""


def goes_on_title(typed: str, word: str) -> bool:
    """Whether a capital after a title goes on with it, by its marks where it has any: «đ/c Báo», but not «đ/c Bảo»."""
    return word in TITLE_WORDS and (typed.isascii() or spelled(typed) in _TITLE_FORMS)


_TITLE_FORMS: Final = _OFFICE_FORMS | {spelled("chủ"), spelled("phó"), spelled("tịch")}
_NO_SUBJECT: Final = word_set(
    "tôi em anh chị mình ta nay qua trước rồi cũng mà và thì còn đang sẽ chưa không ai hôm ngày tuần sáng chiều"
    " người hộ đơn học xin họ nó bà ông cô chú bác cháu bạn thế vậy nên nếu vì do khi giờ bên đã vừa mới tối trưa"
    " đêm đồng đảng đoàn xã thôn huyện cả các những có được bị là của cho đến tại ở trên theo sau đó này kia việc"
    " quần nguồn báo ghi sửa xóa hủy xong dạ vâng thưa nhưng đều phải muốn cần đi về làm sao"
)
_NO_SUBJECTS: Final = frozenset(map(fold, _NO_SUBJECT)) - {"lam"}
_NO_SUBJECT_FORMS: Final = frozenset(map(spelled, _NO_SUBJECT))


def is_no_subject(typed: str, word: str, *, marked: bool = False) -> bool:
    """Whether a message that begins with a word tells of nobody called so: «tôi đã nộp», but «Tới đã nộp».

    In a `marked` line a word without marks is meant so: «Huy» is not «hủy».
    """
    plain = typed.isascii() and not marked
    return word in _NO_SUBJECTS and (plain or spelled(typed) in _NO_SUBJECT_FORMS)


_SMALL: Final = word_set("chưa không để phải đang sẽ có bị là thì và các những cũng được còn rất ngay")
SMALL_WORDS: Final = frozenset(map(fold, _SMALL))
"""Folded words that do not even follow «Văn» and «Thị»: «vì vẫn chưa …» is no name."""
_SMALL_FORMS: Final = frozenset(map(spelled, _SMALL))


def is_small(typed: str, word: str) -> bool:
    """Whether a word is such a small one, by its marks where it has any: «Văn Đảng» is not «văn đang»."""
    return word in SMALL_WORDS and (typed.isascii() or spelled(typed) in _SMALL_FORMS)


def is_stopped(typed: str, word: str, stops: frozenset[str]) -> bool:
    """Whether a word is one of the stops: folded, and when marks were typed also with them («Khôi» is not «khỏi»)."""
    if word not in stops:
        return False
    if word == "nu" and not typed.isascii():
        return spelled(typed) == _WOMAN  # «Nụ»
    return typed.isascii() or word in FILLERS or word in _OF_LIVES or spelled(typed) in KNOWN_FORMS


_WOMAN: Final = spelled("nữ")

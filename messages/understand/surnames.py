"""Words of Vietnamese names: surnames of the region, and middle names."""

from __future__ import annotations

from typing import Final

from messages.fold import fold
from messages.understand.spelling import spelled, word_set

_SURNAMES: Final = word_set(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Vi Lục Nông Hà Chu Triệu Lường"
    " Giáp Thân Hứa Lâm Lưu Mã Trương Trịnh Đinh Đoàn Đàm Mai Cao Tạ Tống Quách Lại Khổng Nghiêm Doãn Thái"
    " Kiều Lương Mạc Ngọ Diêm Bàn Sầm Chíu Tằng Phún Trạc Voòng Lã La Leo Bế Tô Từ Phùng Ninh Tăng Ong Hán"
    " Đồng Phương Trình Hầu Khúc Vương Ân Tôn Thạch Cam Đào Nhữ Bạch Châu Ma Dư Lộc Vàng Giàng Sùng Lù Tráng"
    " Lăng Lèng Đổng Thàm Chìu Tẩn Nhâm Khương Mẫn Ngần Sằm Âu Chẩu Lỷ Lỳ Thào Vừ Hạng Sồng Cháng Chảo Phàn Chẻo"
    " Lồ Sẩm Nình Chềnh Khâu Thiều Tào Lữ Hàn Nhan Bồ Sái Ngạc Lìm Thiềm Lừu Sìn Tráng Phù Đương Tưởng Trạch Dìu"
    " Ngụy Cù Ngọc Lò Sằn Thẩm Tiêu Vy Kim Đới Bành Giang Lềnh Nịnh Trắng Hạ Vòng Lầu Lộ Tòng Quàng Cầm"
    " Diệp Tiết Liễu Liêu Lôi Mông Uông Kha Giản Cấn Khuất Điêu Chử Lều"
)
SURNAMES: Final = {
    folded: frozenset(spelled(name) for name in _SURNAMES if fold(name) == folded)
    for folded in {fold(name) for name in _SURNAMES}
}
"""A folded surname -> its marked forms, as `spelled` writes them: Hà and Hạ."""

PLAIN_SURNAMES: Final = word_set(
    "nguyen tran pham hoang huynh vu vo dang bui do ngo duong luc nong trieu luong giap than hua luu"
    " trinh dinh dam ta quach khong nghiem doan thai mac sam tang phung ninh le ly vi ho ha chu lam truong phan"
)
"""Surnames that may begin a name in small letters without marks."""

SURE_MIDDLES: Final = word_set("thi van huu dinh duc")
"""Middle names that are hardly ever given names: another word must follow."""

MIDDLE_NAMES: Final = SURE_MIDDLES | word_set(
    "xuan quang quoc ngoc minh hong thanh kim tuan anh cong duy viet manh ba bao gia"
    " khanh thu phuong hoai thuy tien trong nhu the trung hai dang tat ngo chi tan sy si thuc bich my"
    " dieu tung hoang kieu thao lan mai quynh cam to nhat thien phu dai tu hung vinh dac huy"
)
"""Folded words that stand between surname and given name."""

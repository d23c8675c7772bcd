"""The phrases of everything else: quarters, questions, corrections, manners, the office; written with their marks."""

from __future__ import annotations

from typing import Final

from messages.understand.signs import Sign

TALK_PHRASES: Final[dict[Sign, str]] = {
    Sign.FILE: (
        "chốt, chốt quý, chốt báo cáo, chốt số liệu, chốt sổ, khóa sổ, chốt báo cáo quý, chốt số, "
        "chốt lại, gửi báo cáo quý, nộp báo cáo quý, hoàn thành báo cáo quý, chốt luôn, chốt nhé, "
        "đóng quý, đóng sổ, đóng sổ quý, đóng báo cáo quý, chốt sổ quý, khóa sổ quý, khóa quý, "
        "chốt đi, hoàn thành báo cáo, khóa số liệu, chốt hộ, kết thúc báo cáo, xác nhận báo cáo quý"
    ),
    Sign.REOPEN: (
        "mở lại quý, mở lại sổ, mở lại sổ quý, mở sổ quý, mở quý, mở lại kỳ báo cáo, mở lại báo cáo quý, mở khóa sổ, "
        "mở khóa quý, mở lại báo cáo"
    ),
    Sign.REPORT: "báo cáo, báo, nộp, gửi, nhắn, nhắn lại, nhắn số, báo lại, báo lại số, gửi lại, gửi số, nộp báo cáo, gửi báo cáo, báo số, báo lên, báo cáo sau, báo sau, gửi sau, nộp sau, gửi đi, gửi luôn, gửi luôn đi, gửi nhé",
    Sign.PROGRESS: (
        "chưa đạt, chưa đạt chỉ tiêu, đạt chỉ tiêu, vượt, hoàn thành chỉ tiêu, vượt chỉ tiêu, tiến độ, tiến độ đơn vị, còn thiếu, còn thiếu mấy, còn mấy nữa, mấy nữa thì đủ, bao nhiêu nữa, đến đâu, tới đâu, chỉ tiêu, đạt chưa, "
        "đủ chưa, được mấy rồi, còn phải, xem số, xem kết quả, kết quả, bao nhiêu phần trăm, "
        "đủ chỉ tiêu chưa, số liệu của tôi, xin số liệu, xin lại số liệu, xem số liệu, số liệu đơn vị, đã báo những gì, đã báo mấy, báo được mấy, đủ chỉ tiêu, "
        "hoàn thành chưa, đạt bao nhiêu, xem báo cáo, còn nợ, đã báo những ai, báo những ai rồi, "
        "xem lại báo cáo, thiếu nữa, số lượng còn lại, tiến độ kết nạp, chỉ tiêu còn lại, tình hình, "
        "tình hình đơn vị, giao mấy, giao bao nhiêu, xem lại"
    ),
    Sign.ISSUE: (
        "đề nghị huyện, đề nghị huyện ủy, đề nghị ban tổ chức, đề nghị cấp trên, đề nghị mở, "
        "đề nghị hỗ trợ, đề nghị tháo gỡ, biết lấy ai mà kết nạp, lấy ai mà kết nạp, lấy đâu ra người, lấy đâu ra, còn ai đâu mà, "
        "còn ai mà kết nạp, không sắp xếp được, không bố trí được, không thu xếp được, không có thời gian, khó lắm, kiếm không ra người, tìm không ra người, người kế cận, bồi dưỡng kế cận, nguồn kế cận, không có người bồi dưỡng, chưa có kết quả trả lời, tăng ca, không đi học được,"
        " thắc mắc, vướng mắc, khó khăn, kiến nghị, bất cập, phản ánh, "
        "khó khăn vướng mắc, có vướng mắc, đang vướng, gặp khó khăn, gặp vướng mắc, vướng, vướng mắt, "
        "vứơng mắc, vướng mắc là, khó khăn là, có khó khăn, báo cáo vướng mắc, trả lời vướng mắc, giải quyết vướng mắc, khó khăn vướng mắc là, "
        "mong huyện tháo gỡ, mong huyện hỗ trợ, mong huyện giúp, mong huyện quan tâm, mong huyện xem xét, mong cấp trên, "
        "mong được tháo gỡ, nhờ huyện tháo gỡ, huyện tháo gỡ, mong tháo gỡ, xin ý kiến huyện, xin ý kiến chỉ đạo, "
        "rất khó, khó tìm nguồn, nguồn khó, khó phát triển, ít nguồn, nguồn ít, nguồn hạn chế, nguồn hạn hẹp, nguồn cạn, nguồn hết, "
        "khan hiếm, khan hiếm nguồn, nguồn khan hiếm, không tìm được nguồn, chưa tìm được nguồn, khó khăn về nguồn, trở ngại, tồn tại, không có nguồn, hết nguồn, thiếu nguồn, cạn nguồn, không còn nguồn, hết nguồn kết nạp, "
        "không có nguồn kết nạp, thiếu nguồn kết nạp"
    ),
    Sign.HEADS: (
        "trưởng thôn, tổ trưởng, trưởng bản, tổ trưởng tổ dân phố, tổ trưởng dân phố, trưởng khu, "
        "trưởng thôn là đảng viên, trưởng thôn đảng viên, tổ trưởng tdp, trưởng xóm, trưởng thôn bản, "
        "tỷ lệ trưởng thôn, trưởng thôn tổ trưởng, trưởng phố"
    ),
    Sign.MEMBERS: (
        "số đảng viên, tổng số đảng viên, số lượng đảng viên, đảng số, tổng đảng viên, số đảng viên hiện có, "
        "số đảng viên của đơn vị, thông tin đơn vị"
    ),
    Sign.SINGLED_OUT: (
        "ít đảng viên, đơn vị ít đảng viên, đơn vị nào ít đảng viên, chi bộ ít đảng viên, chi bộ nào ít đảng viên, "
        "lâu chưa kết nạp, lâu không kết nạp, lâu rồi chưa kết nạp, lâu năm chưa kết nạp, nhiều năm chưa kết nạp, "
        "nhiều năm không kết nạp, nhiều năm liền không kết nạp, đơn vị lâu chưa kết nạp, chi bộ lâu chưa kết nạp"
    ),
    Sign.LAST_ADMISSION: (
        "lần kết nạp gần nhất, lần kết nạp gần đây nhất, kết nạp gần nhất, kết nạp gần đây nhất, "
        "lần gần nhất kết nạp, lần gần đây nhất kết nạp, kết nạp lần cuối, kết nạp lần cuối cùng, "
        "lần cuối kết nạp, lần cuối cùng kết nạp, lần kết nạp cuối, lần kết nạp cuối cùng, "
        "ngày kết nạp gần nhất, đợt kết nạp gần nhất, kết nạp đảng viên gần nhất, "
        "lần kết nạp đảng viên gần nhất, lần gần nhất kết nạp đảng viên, kết nạp lần gần nhất, "
        "kết nạp đảng viên lần gần nhất, kết nạp đảng viên lần cuối"
    ),
    Sign.CORRECT: (
        "nhầm, nhầm rồi, sửa, sửa lại, sửa báo cáo, đính chính, báo lại, báo cáo lại, báo nhầm, ghi nhầm, gõ nhầm, "
        "báo sai, ghi sai, sai, sai rồi, điều chỉnh, gửi nhầm, viết nhầm, nhập nhầm, nhập sai, "
        "nhắn nhầm, sửa giúp, sửa hộ, thay đổi, cải chính, tôi nhầm, nhầm lẫn, viết sai, gõ sai, "
        "bấm nhầm, lộn, nhầm số, sai số, xin sửa, cho sửa, sai ngày, sai tên, nhầm ngày, nhầm tên, "
        "sửa ngày, sửa tên, sửa số, báo thừa, !thừa, báo thiếu, xin đính chính, xin sửa lại, nhầm người, "
        "giảm từ, tăng từ, đổi số, đổi từ"
    ),
    Sign.RATHER: "mà là, thành, thực tế chỉ, thực ra chỉ, thực tế là, thực ra là, chứ không phải, mới đúng, phải là, đúng là, đúng ra, đúng ra là, chứ",
    Sign.UNDO: (
        "hoàn tác, xóa báo cáo vừa rồi, hủy báo cáo vừa rồi, rút lại báo cáo, undo, xóa báo cáo, "
        "hủy báo cáo, bỏ báo cáo vừa rồi, xóa cái vừa rồi, hủy báo cáo vừa gửi, xóa báo cáo vừa gửi, "
        "bỏ báo cáo vừa gửi, hoantac, hủy cái vừa rồi, rút báo cáo, hoàn lại, xóa cái vừa gửi, "
        "hủy kết quả vừa báo, quay lại như cũ, xóa cái vừa báo, hủy cái vừa báo, xóa tin vừa rồi, "
        "hủy tin vừa rồi, bỏ cái vừa rồi, bỏ cái vừa báo, quay lại như trước, trở lại như cũ, trả lại như cũ, "
        "vừa rồi không tính, không tính nữa, coi như chưa báo, coi như em chưa báo, coi như tôi chưa báo, coi như chưa gửi, coi như em chưa gửi"
    ),
    Sign.CANCEL: (
        "hủy, hủy bỏ, bỏ, thôi, thôi bỏ, bỏ qua, cancel, dừng, dừng lại, thoát, kết thúc, stop, hủy đi, "
        "bỏ đi, không ghi nữa, thôi không báo nữa, không báo nữa, thôi khỏi, hủy lệnh, thôi không, thoát ra, ngừng, "
        "thôi bỏ qua, thôi bỏ đi, thôi hủy, thôi hủy đi, thôi dừng, thôi dừng lại, thôi thoát, bỏ qua đi, "
        "thôi nhé, thôi không làm nữa, không làm nữa, thôi khỏi làm, thôi khỏi làm nữa, thôi khỏi báo, thôi không gửi nữa, "
        "thôi không cần nữa, không cần nữa, thôi không ghi nữa, khỏi báo nữa, không gửi nữa, không báo cáo nữa, không nộp nữa, bỏ không làm nữa, thôi để khi khác"
    ),
    Sign.HELP: (
        "giúp, trợ giúp, hướng dẫn, giúp tôi, giúp với, help, cách dùng, dùng thế nào, làm thế nào, "
        "không biết làm, chỉ tôi, trogiup, cách sử dụng, sử dụng thế nào, hướng dẫn sử dụng, "
        "chả biết dùng, chẳng biết dùng, không biết bấm, chả biết bấm, chẳng biết bấm, báo cáo thế nào, làm như thế nào, không biết dùng, giúp em, giúp mình, dùng như thế nào, "
        "chỉ giúp, hỗ trợ, !cứu, cách báo cáo, báo cáo như thế nào, làm sao báo cáo, phải làm gì, "
        "không hiểu, nhắn thế nào, gõ thế nào, cần giúp, chỉ cách, "
        "dùng cái này, dùng cái này thế nào, sử dụng cái này, cái này dùng, dùng kiểu gì, dùng ra sao, "
        "làm được gì, làm được những gì, giúp được gì, giúp được những gì, có chức năng gì, làm kiểu gì, nhắn kiểu gì, bấm vào đâu, bấm chỗ nào, báo kiểu gì"
    ),
    Sign.MENU: "menu, danh mục, thực đơn, trang chủ, mở menu, về menu, xem menu, bảng chọn",
    Sign.OTHER: "việc khác, các việc khác, những việc khác, xem việc khác, việc khác nữa",
    Sign.PUT_OFF: (
        "để, hẹn, xin khất, khất, cho tôi đến, cho đến, xin lùi, lùi, xin hoãn, để sau, hẹn lại, "
        "xin đến, hẹn ngày khác, cho xin đến, cho em đến, hứa, xin chậm, lùi lại, cho khất, xin gia hạn, "
        "gia hạn, hẹn ngày, chậm đến, cho chậm, nộp chậm, báo chậm, gửi chậm"
    ),
    Sign.GREETING: (
        "xin chào, chào, alo, hello, hi, chào bạn, chào buổi sáng, chào buổi chiều, kính chào, hế lô, "
        "chào anh, chào chị, chào em, chào đồng chí, chào các đồng chí, chào buổi tối, chào bot, "
        "chúc buổi sáng, chúc ngày mới, hey, a lô"
    ),
    Sign.THANKS: (
        "cảm ơn, cám ơn, thanks, tks, thank, thank you, xin cảm ơn, cảm ơn nhiều, cảm ơn đồng chí, thks, "
        "thx, camon, cảm ơn bạn, cám ơn đồng chí, cảm ơn anh, cảm ơn em, cảm ơn chị"
    ),
    Sign.YES: (
        "đúng, đúng rồi, có, ừ, vâng, dạ, ok, oke, okie, okê, đồng ý, phải, chuẩn, chính xác, được, "
        "ghi nhận, xác nhận, uh, um, ừm, yes, đúng vậy, đúng thế, phải rồi, được rồi, nhất trí, ừ đúng, "
        "!dạ đúng, vâng đúng, đúng ghi nhận, rõ, uk, uki, ukm, okay, oki, uhm, yep, đúng hết, có chứ, chuẩn rồi, "
        "ghi đi, ghi luôn, lưu lại, lưu đi, ok ghi, ghi vào, lưu luôn, ok ghi đi, "
        "dạ vâng, đúng ạ, okla, oklah, gửi đi, gửi luôn, gửi luôn đi, gửi nhé"
    ),
    Sign.NO: (
        "không, không phải, không đúng, chưa, chưa đúng, no, chưa phải, không đồng ý, nope, chưa đâu, "
        "không nhé, không phải thế, không phải vậy, không phải như thế, không phải như vậy, chưa phải thế, chưa phải vậy, không đúng thế"
    ),
    Sign.ROLLUP: (
        "tổng hợp, báo cáo nhanh, tình hình chung, tình hình toàn huyện, tổng hợp toàn huyện, báo cáo tổng hợp, "
        "tổng kết, bức tranh chung, kết quả chung, tiến độ chung, số liệu chung, tổng số"
    ),
    Sign.WHOLE: (
        "toàn huyện, cả huyện, huyện, các xã, các đơn vị, toàn đảng bộ, đảng bộ huyện, tất cả, toàn bộ, "
        "huyện mình, chung, cụm, cả cụm, toàn cụm, cụm tôi, tình hình cụm"
    ),
    Sign.DISTRICT: (
        "toàn huyện, cả huyện, huyện mình, các xã, các đơn vị, đảng bộ huyện, tình hình toàn huyện, "
        "tổng hợp toàn huyện, tình hình huyện, tiến độ toàn huyện, tiến độ huyện"
    ),
    Sign.EACH: "từng đơn vị, từng xã, từng chi bộ, xem từng đơn vị, từng tổ chức đảng, từng đảng bộ",
    Sign.AT_RISK: (
        "nguy cơ, nguy cơ không đạt, có nguy cơ, có nguy cơ không đạt, ai không kịp, đơn vị nào không kịp, "
        "không kịp chỉ tiêu, khó đạt, khó đạt chỉ tiêu, đơn vị nào khó đạt, cảnh báo sớm"
    ),
    Sign.FIGURE: "mở con số, mở số, con số, xem con số, số này là gì",
    Sign.LESSON: (
        "rút kinh nghiệm, bài học, bài học kinh nghiệm, rút kinh nghiệm đợt này, rút kinh nghiệm đợt vừa rồi, "
        "rút kinh nghiệm cho đợt sau, rút kinh nghiệm đợt sau, rút kinh nghiệm là, bài học là, bài học rút ra, "
        "các bài học, xem bài học, kinh nghiệm rút ra"
    ),
    Sign.FRAME: (
        "khung, khung nhiều năm, khung 5 năm, khung năm năm, khung chỉ tiêu, khung giai đoạn, khung kế hoạch, "
        "kế hoạch 5 năm, kế hoạch năm năm, kế hoạch nhiều năm, kế hoạch giai đoạn, chỉ tiêu giai đoạn, chỉ tiêu 5 năm, "
        "khung của tỉnh, chỉ tiêu nhiều năm"
    ),
    Sign.RATING: (
        "xếp loại, đánh giá xếp loại, bảng xếp loại, xếp loại đơn vị, xếp loại các đơn vị, xếp loại cuối năm, "
        "bảng đánh giá, đánh giá cuối năm, đánh giá các đơn vị, đánh giá đơn vị, bảng đánh giá xếp loại, xếp loại chất lượng"
    ),
    Sign.CLASS_LIST: (
        "danh sách học lớp, danh sách lớp, danh sách đi học, danh sách mở lớp, danh sách đi học lớp, ai đi học lớp, "
        "ai cần học lớp, ai đủ điều kiện học lớp, ai phải học lớp, danh sách học lớp bồi dưỡng, "
        "danh sách lớp bồi dưỡng, danh sách dự lớp, danh sách dự học, danh sách học cảm tình, danh sách lớp cảm tình, danh sách học lớp cảm tình, "
        "danh sách lớp đối tượng, danh sách học lớp đối tượng"
    ),
    Sign.SILENT: (
        "ai chưa báo cáo, chưa báo cáo, chưa báo, bảng gọi điện, chưa nộp, chậm báo cáo, còn nợ báo cáo, ai chưa nộp, "
        "đơn vị nào chưa báo, chưa gửi, chưa gửi báo cáo, chưa nộp báo cáo, ai chưa báo, "
        "chưa thấy báo cáo, nợ báo cáo, danh sách chưa báo, chưa có báo cáo, chuabao, còn ai chưa, "
        "ai chưa, chưa chốt, danh sách gọi điện, danh sách cần gọi điện, danh sách cần gọi, danh sách phải gọi, gọi điện, im lặng, chậm nộp, "
        "còn im, vẫn im, còn im lặng, vẫn im lặng, im ắng, đang im, còn đang im, vẫn đang im, im hơi lặng tiếng, còn im hơi lặng tiếng, vẫn im hơi lặng tiếng"
    ),
    Sign.REMIND: (
        "nhắc, nhắc ngay, nhắc nhở, đôn đốc, giục, gửi nhắc, nhắc lại, gửi nhắc nhở, nhắc báo cáo, "
        "nhắc các đơn vị"
    ),
    Sign.EXPORT: (
        "xuất, xuất biểu, xuất excel, excel, xuất file, tải file, tải về, file excel, file word, "
        "xuất word, in biểu, biểu mẫu, xuất báo cáo, gửi file, tải biểu, biểu đồ, xuất dữ liệu, "
        "xuatbieu, gửi biểu, tệp excel, gửi tệp, tải tệp, lấy tệp, xuất tệp, xuất bảng, exel, ecxel, docx, xlsx, word, tải excel, lấy file, "
        "in báo cáo, vẽ biểu đồ, in cho tôi, in cho anh, in cho chị, in giúp, in hộ, in giùm, in ra, in bảng, biểu tổng hợp, biểu báo cáo, biểu số liệu, "
        "gửi tôi biểu, gửi anh biểu, cho tôi biểu, làm biểu, lập biểu"
    ),
    Sign.INVITE: (
        "!mời, mời người dùng, mã mời, tạo mã mời, cấp mã, thêm người dùng, tạo mã, gửi mã, cấp mã mời, "
        "mời thêm, gửi lời mời, mã vào, mời bí thư, mời phó bí thư, mời đồng chí bí thư, cấp mã cho, gửi mã cho, "
        "tạo mã cho, mời đồng chí phó bí thư, mời cấp ủy"
    ),
    Sign.MORE: (
        "thêm thông tin, bổ sung thông tin, thông tin thêm, khai thêm thông tin, nhập thêm thông tin, "
        "cập nhật thông tin, ghi thêm thông tin, điền thông tin, điền thêm thông tin, nói thêm thông tin"
    ),
    Sign.BACK: (
        "lùi bước, lùi lại bước, lùi một bước, lùi 1 bước, lùi lại một bước, lùi lại 1 bước, quay lại bước, "
        "trở lại bước, trở về bước, quay về bước, hạ bước, hạ một bước, nhầm bước, sai bước, hủy bước, "
        "bỏ bước, xóa bước, rút bước, cho lùi bước, lùi về bước"
    ),
    Sign.ANSWER: (
        "trả lời, phản hồi, hồi đáp, giải quyết, đã giải quyết, giải đáp, trả lời vướng mắc, giải quyết xong, "
        "xử lý, đã xử lý, tháo gỡ, đã tháo gỡ"
    ),
    Sign.ADD_CELL: (
        "thêm chi bộ, lập chi bộ, thành lập chi bộ, tạo chi bộ, bổ sung chi bộ, thêm mới chi bộ, "
        "thành lập mới chi bộ, lập thêm chi bộ, thêm một chi bộ, thêm 1 chi bộ, lập mới chi bộ, "
        "đăng ký chi bộ, mới thành lập chi bộ, tạo thêm chi bộ, thêm đơn vị chi bộ, tách chi bộ"
    ),
    Sign.HAND_OVER: (
        "bàn giao, bàn giao công việc, bàn giao nhiệm vụ, chuyển giao, đổi bí thư, thay bí thư, "
        "thay tôi, thay em, thay mình, thay thế tôi, thay thế em, nhận bàn giao, người thay thế, kế nhiệm, "
        "thay đổi bí thư, làm bí thư thay, lên thay, vào thay, ra thay, người thay, thay thế cho tôi, sẽ thay tôi, thôi giữ chức, thôi làm bí thư, bí thư mới là, có bí thư mới, "
        "thay vị trí của tôi, tiếp quản, thay tôi làm bí thư, đổi phó bí thư, thay phó bí thư"
    ),
    Sign.END_OFFICE: (
        "kết thúc nhiệm kỳ, kết thúc phân công, kết thúc chức vụ, kết thúc nhiệm vụ, cho thôi chức, cho thôi giữ chức, "
        "cho thôi nhiệm vụ, miễn nhiệm, bãi nhiệm, ngừng phân công, hết nhiệm kỳ, thôi phân công"
    ),
    Sign.LEAVES_OFFICE: "thôi chức, thôi giữ chức, thôi làm bí thư, thôi làm phó bí thư, thôi nhiệm vụ, nghỉ chức",
    Sign.AMEND_TARGET: (
        "điều chỉnh chỉ tiêu, sửa chỉ tiêu, đổi chỉ tiêu, thay đổi chỉ tiêu, giao lại chỉ tiêu, tăng chỉ tiêu, "
        "giảm chỉ tiêu, hạ chỉ tiêu, nâng chỉ tiêu, chỉnh chỉ tiêu, điều chỉnh chỉ tiêu của"
    ),
    Sign.SEND_NOTICE: (
        "gửi thông báo, thông báo tới, thông báo cho các, ra thông báo, soạn thông báo, phát thông báo, gửi tin cho các, "
        "nhắn các đơn vị, thông báo đến các, thông báo chung, gửi thông báo tới, gửi thông báo cho, thông báo cho tất cả"
    ),
    Sign.NOTICES: (
        "thông báo đã gửi, thông báo đến đâu, thông báo đến đâu rồi, xem thông báo, tình hình thông báo, "
        "kết quả gửi thông báo, thông báo gửi đến đâu, thông báo tới đâu, ai chưa nhận thông báo"
    ),
    Sign.CONSENT: (
        "đồng ý bàn giao, duyệt bàn giao, chấp thuận bàn giao, phê duyệt bàn giao, nhất trí bàn giao, "
        "đồng ý cho bàn giao, cho phép bàn giao, chấp nhận bàn giao, đồng ý đề nghị bàn giao"
    ),
    Sign.CALL_ME: (
        "gọi cho tôi, gọi cho em, gọi cho mình, gọi lại, gọi lại cho tôi, gọi lại cho em, gọi lại giúp, "
        "gọi điện cho tôi, gọi điện cho em, gọi điện lại, gọi điện lại cho tôi, nhờ huyện gọi, huyện gọi, "
        "huyện gọi lại, huyện gọi điện, đề nghị huyện gọi, nhờ gọi, xin gọi lại, đề nghị gọi lại, gọi giúp, "
        "gọi tôi, gọi em, gọi cho bác, gọi cho anh, gọi cho chị, gọi cho cô, gọi cho chú, gọi hộ, "
        "xin được gọi lại, cần gọi điện, muốn gọi điện, gọi điện giúp, gọi điện thoại cho tôi, "
        "điện lại cho tôi, điện cho tôi, điện cho em, gọi điện cho mình, alo cho tôi, alo lại cho tôi, "
        "gọi điện thoại cho em, nói chuyện điện thoại, gọi lại em, gọi lại tôi, cần nói chuyện"
    ),
    Sign.CHANNELS: "kênh của tôi, kênh nhắn tin, kênh nhắn tin của tôi, các kênh của tôi, xem kênh, đang dùng kênh nào",
    Sign.OPEN_CHANNEL: (
        "nối thêm kênh, thêm kênh, nối kênh, mở thêm kênh, đổi điện thoại, đổi máy, thêm máy, dùng trên máy tính, "
        "mở trên máy tính, vào trên máy tính, dùng máy tính, báo cáo trên máy tính, mở trang web, vào trang web, "
        "nối zalo, dùng zalo, chuyển sang zalo, nối telegram, dùng telegram, chuyển sang telegram, "
        "mã đăng nhập, xin mã đăng nhập, đăng nhập máy khác, đăng nhập trang web"
    ),
    Sign.SIGN_OUT: (
        "đăng xuất, đăng xuất trang chat, đăng xuất hết, thoát trang chat, thoát trang web, thoát khỏi trang web, "
        "thoát tài khoản, log out, logout, sign out"
    ),
    Sign.WAIT: (
        "!chờ chút, !chờ tí, !chờ tý, !chờ một chút, !chờ một tí, !chờ một lát, !chờ tôi, !chờ em, !chờ mình, "
        "đợi chút, đợi tí, đợi tý, đợi một chút, đợi một tí, đợi một lát, đợi tôi, đợi em, đợi mình, đợi lát, "
        "cho chút, khoan, khoan đã, từ từ, từ từ đã, tí nữa, tý nữa, lát nữa, chút nữa, một lát, một chút, "
        "một tí, tí, chút, lát, chốc nữa, để tôi xem, để em xem, để tôi hỏi, để em hỏi, để hỏi lại, hỏi lại, "
        "hỏi lại đã, xem đã, để xem, để xem đã, tôi xem lại, em xem lại, đang bận, đang họp, đang đi, "
        "chưa biết, không biết, không nhớ, chưa nhớ, chưa rõ, không rõ, quên rồi, để kiểm tra, kiểm tra lại, "
        "để tôi kiểm tra, chưa có tên, để mai"
    ),
    Sign.HEARSAY: (
        "nghe nói, nghe tin, nghe bảo, nghe đâu, nghe đồn, nghe kể, nghe thấy, nghe người ta, người ta bảo, người ta nói, người ta đồn, người ta kể, nghe đài, thấy bảo, "
        "thấy nói, thấy kể, đọc báo, đọc tin, xem tivi, xem ti vi, xem thời sự, trên báo, trên mạng, trên tivi, "
        "xã bên, xã bạn, xã khác, huyện bên, huyện bạn, huyện khác, đơn vị bạn, đơn vị khác, chi bộ bạn, "
        "chi bộ khác"
    ),
    Sign.HOUR: "mấy giờ, lúc mấy giờ, vào mấy giờ, giờ nào",
    Sign.NOTE_STEP: "ghi bước, ghi thêm bước, cập nhật bước, nhập bước, báo bước, thêm bước, ghi bước tiếp theo, ghi tiếp bước",
    Sign.WORK: "phỏng vấn, gặp gỡ, trao đổi, ứng viên đại biểu, ứng viên hội đồng, ứng viên bầu cử",
    Sign.DUE: (
        "đến hạn, hạn báo cáo, hạn nộp, hạn chót, hết hạn, hạn cuối, thời hạn, hạn cuối cùng, kỳ hạn, "
        "hạn là ngày nào, hạn đến ngày nào, hạn ngày nào, hạn đến bao giờ, hạn khi nào"
    ),
    Sign.STATUS: (
        "thế nào, thế nào rồi, sao rồi, ra sao, tình hình, báo cáo chưa, đã báo chưa, đã báo cáo chưa, "
        "đến đâu rồi, được mấy, được bao nhiêu, kết quả, tiến độ, làm đến đâu, còn thiếu, còn thiếu mấy, "
        "chỉ tiêu, đã chốt chưa, chốt chưa, báo chưa, được mấy rồi, xem, đạt chưa, xong chưa, thì sao, "
        "nộp chưa"
    ),
    Sign.POLITE: (
        "ạ, nhé, nha, dạ, vâng, em, tôi, mình, bot, bot ơi, ơi, anh ơi, với, cho, giúp, thưa, kính thưa, "
        "báo cáo đồng chí, báo cáo anh, báo cáo các đồng chí, xin, xin phép, các đồng chí, đồng chí, "
        "anh, chị, bạn, nhỉ, à, luôn, đi, hộ, giùm, dùm, thì, là, rồi, ah, nhe, nhá, cái, lại, "
        "ban tổ chức, ban thường vụ, ban thường vụ huyện ủy, thường trực huyện ủy, chi bộ, đơn vị, tôi muốn, muốn, em muốn, hãy, này, đó, thế, vậy, nào, nữa, đấy, "
        "cả, chứ, đâu, thôi, hết, !tuần trước, !tuần rồi, !tuần này, !tuần vừa rồi, !tuần vừa qua, !tuần qua, gì đó, gì đấy, hiện nay, hiện tại, hiện giờ"
    ),
    Sign.HONORIFIC: "đồng chí, anh, chị, em, ông, bà, cô, chú, bác, cháu, thầy, bạn, bí thư, phó bí thư, "
    "chủ tịch, phó chủ tịch, chủ tịch xã, phó chủ tịch xã, chủ tịch ủy ban, phó chủ tịch ủy ban, "
    "chủ tịch hội, phó chủ tịch hội, chủ tịch hội phụ nữ, chủ tịch hội nông dân, chủ tịch hội đồng nhân dân, "
    "phó chủ tịch hội phụ nữ, phó chủ tịch hội nông dân, chủ tịch mặt trận, chủ tịch hội cựu chiến binh, "
    "chủ tịch thị trấn, phó chủ tịch thị trấn, trưởng công an, trưởng công an xã, phó trưởng công an, "
    "phó trưởng công an xã, hiệu trưởng, phó hiệu trưởng, giám đốc, phó giám đốc, trạm trưởng, "
    "chỉ huy trưởng, công an viên, ca viên, thiếu úy, trung úy, thượng úy, đại úy, thiếu tá, trung tá, thượng tá, đại tá, "
    "thiếu uý, thượng sĩ, trung sĩ, hạ sĩ, bác sĩ, điều dưỡng, y tá, dược sĩ, kỹ sư, cử nhân, thạc sĩ",
    Sign.PARTY_MEMBER: "đảng viên, đảng viên mới, đảng viên dự bị",
    Sign.PEOPLE_NOUN: "người, trường hợp, ca, nhân, suất, quần chúng, đoàn viên ưu tú, đoàn viên, thanh niên",
    Sign.PLACE: (
        "quốc tế phụ nữ, quốc tế lao động, quốc khánh, thôn, xóm, bản, làng, xã, thị trấn, huyện, tỉnh, khu, khu phố, tổ dân phố, ở, tại, trường, "
        "sản xuất, toàn xã, toàn trường, toàn đơn vị, toàn chi bộ, toàn thị trấn, công ty may, nhà máy, thợ may, may mặc, xưởng may, tiểu học, mầm non, thcs, thpt, công ty, hợp tác xã, quê, quê ở, trú tại, cư trú, hiện ở, thuộc"
    ),
}

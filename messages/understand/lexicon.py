"""The phrases that carry meaning, each under the sign it gives; written with their marks."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Sign(StrEnum):
    """What a phrase points to; the rules of `intents` weigh the signs of a message."""

    ADMIT = "admit"
    CEREMONY = "ceremony"
    LEAGUE = "league"  # members of the youth union and other bodies: no admission to the Party
    NOT = "not"
    NOT_YET = "not_yet"
    PLANNED = "planned"
    ASKING = "asking"
    HOW_MANY = "how_many"
    DONE = "done"
    NOBODY = "nobody"
    NOTHING = "nothing"
    CANDIDATE = "candidate"
    ADD = "add"
    LIST = "list"
    MENTORED = "mentored"
    TRAINED = "trained"
    APPLIED = "applied"
    VETTED = "vetted"
    RECOMMENDED = "recommended"
    CELL_RESOLVED = "cell_resolved"
    COMMITTEE_RESOLVED = "committee_resolved"
    DECIDED = "decided"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    WITHDREW = "withdrew"
    INELIGIBLE = "ineligible"
    DUPLICATE = "duplicate"
    STRUCK = "struck"
    CELL = "cell"
    COMMITTEE = "committee"
    RESOLUTION = "resolution"
    DECISION = "decision"
    VOTED = "voted"
    RECOMMENDS = "recommends"
    BODY = "body"  # the youth union and other bodies that recommend
    FILE = "file"
    REPORT = "report"
    PROGRESS = "progress"
    ISSUE = "issue"
    HEADS = "heads"
    CORRECT = "correct"
    RATHER = "rather"
    UNDO = "undo"
    CANCEL = "cancel"
    HELP = "help"
    MENU = "menu"
    PUT_OFF = "put_off"
    GREETING = "greeting"
    THANKS = "thanks"
    YES = "yes"
    NO = "no"
    ROLLUP = "rollup"
    WHOLE = "whole"
    SILENT = "silent"
    REMIND = "remind"
    EXPORT = "export"
    INVITE = "invite"
    STATUS = "status"
    POLITE = "polite"
    HONORIFIC = "honorific"
    PARTY_MEMBER = "party_member"
    PEOPLE_NOUN = "people_noun"
    PLACE = "place"


S = Sign
PHRASES: Final[dict[Sign, str]] = {
    S.ADMIT: (
        "kết nạp đoàn viên ưu tú, kết nạp, kết lạp, kết nạp đảng, kết nạp vào đảng, được vào đảng, "
        "vào đảng, đứng vào hàng ngũ, phát triển đảng viên, phát triển đảng, kết nạp đảng viên, "
        "kết nạp đảng viên mới, báo cáo kết nạp, phát triển được, ketnap, kếtnạp, được kết nạp"
    ),
    S.CEREMONY: (
        "tổ chức lễ kết nạp, làm lễ kết nạp, lễ kết nạp, tổ chức kết nạp, tuyên thệ, làm lễ, tổ chức lễ, "
        "tiến hành kết nạp, tiến hành lễ kết nạp, mới kết nạp, vừa kết nạp, đã kết nạp"
    ),
    S.LEAGUE: (
        "kết nạp đoàn viên, kết nạp hội viên, kết nạp đội viên, kết nạp đoàn, kết nạp đội, "
        "kết nạp vào đoàn, đoàn viên mới, hội viên mới, hội viên, đội viên, vào đoàn, vào hội, đại hội"
    ),
    S.NOT: "không, chẳng, không được, không phải, không còn",
    S.NOT_YET: "chưa, chưa được, chưa thể, vẫn chưa, chưa kịp, chưa phải",
    S.PLANNED: (
        "đề nghị huyện, đề nghị huyện ủy, đề nghị ban tổ chức, đề nghị cấp trên, đề nghị mở, !bàn, "
        "bàn việc, việc kết nạp, về việc, về kết nạp, về việc kết nạp, công tác kết nạp, để kết nạp, "
        "họp bàn, để, điều kiện kết nạp, tiêu chuẩn kết nạp, tạo điều kiện, xét duyệt, duyệt, vận động, "
        "tuyên truyền, sắp, sẽ, dự kiến, chuẩn bị, dự định, có kế hoạch, kế hoạch, muốn, nếu, phấn đấu, "
        "hoãn, lùi, tạm dừng, hồ sơ, thủ tục, quy trình, !chờ, đợi, đang chờ, còn chờ, !chờ kết nạp, "
        "!chờ quyết định, !chờ làm lễ, !chờ lễ, !chờ huyện, xem xét, đề nghị, nguyện vọng, sắp tới, "
        "tới đây, hoàn thiện, đang làm, có thể, tháng sau, tháng tới, tuần sau, tuần tới, quý sau, "
        "quý tới, năm sau, năm tới, đăng ký, mong, cố gắng, đang xét, !trình, rồi sẽ, xin kết nạp, "
        "xét kết nạp, đơn xin, đang học, đang, !định, hồ sơ kết nạp, còn phải, cần phải, "
        "xin được kết nạp, đề xuất"
    ),
    S.ASKING: (
        "thế nào, như thế nào, làm sao, bao giờ, khi nào, là gì, gì, ra sao, tại sao, vì sao, "
        "có được không, được không, phải không, có phải không, không nhỉ, ở đâu, hả, có cần, cần gì, "
        "hay không, là sao, có đúng không, đúng không, ai, bao lâu"
    ),
    S.HOW_MANY: "mấy, bao nhiêu, được mấy, được bao nhiêu, còn mấy, còn bao nhiêu, thiếu mấy, thiếu bao nhiêu",
    S.DONE: "xong, rồi, đã, hoàn thành, xong rồi, vừa, mới, hoàn tất, đã xong, có rồi, xong xuôi, xog",
    S.NOBODY: (
        "không có ai, không ai, chưa có ai, không được ai, chưa được ai, không có đồng chí nào, "
        "không đồng chí nào, không có trường hợp nào, chưa có trường hợp nào, không có người nào, "
        "không kết nạp được ai, chưa kết nạp được ai, không kết nạp ai, không có đảng viên nào, "
        "không kết nạp được đồng chí nào, chưa kết nạp được đồng chí nào, không kết nạp được, "
        "không kết nạp, không có đảng viên mới, chưa có đồng chí nào, không có quần chúng nào, "
        "không có kết nạp, không kết nạp đồng chí nào, chưa kết nạp ai, "
        "không kết nạp được trường hợp nào, chưa kết nạp được trường hợp nào, không phát triển được, "
        "không phát triển được đảng viên nào, không kết nạp được đảng viên nào, không kết nạp đảng viên, "
        "không có ai kết nạp, không có ai được kết nạp, không có người kết nạp, không có ai cả"
    ),
    S.NOTHING: (
        "không phát sinh, không có, không có gì, không có phát sinh, báo cáo không, không có báo cáo, "
        "không có số liệu, bằng không, không có gì để báo cáo, không có gì báo cáo, "
        "không có gì phát sinh"
    ),
    S.CANDIDATE: (
        "quần chúng ưu tú, quần chúng, quần chúng út, qcut, nguồn, nguồn kết nạp, đối tượng đảng, "
        "đối tượng kết nạp, cảm tình viên, nguồn phát triển đảng, nguồn phát triển, quần chúng mới, "
        "quần chúng uu tu"
    ),
    S.ADD: (
        "thêm, bổ sung, đưa vào danh sách, vào danh sách, đưa vào nguồn, vào nguồn, giới thiệu, ghi tên, "
        "có thêm, mới có, cho vào danh sách, ghi thêm, đưa vào, nhập thêm, thêm mới, thêm vào danh sách, "
        "tạo nguồn"
    ),
    S.LIST: (
        "vào danh sách, vào nguồn, đưa vào danh sách, đưa vào nguồn, danh sách, xem danh sách, liệt kê, "
        "xem, những ai, gồm ai, gồm những ai"
    ),
    S.MENTORED: (
        "giúp đỡ, kèm cặp, theo dõi giúp đỡ, phân công giúp đỡ, phân công đảng viên giúp đỡ, "
        "phân công đảng viên, đảng viên giúp đỡ, phân công người giúp đỡ, phân công theo dõi, "
        "người giúp đỡ"
    ),
    S.TRAINED: (
        "lớp cảm tình đảng, lớp cảm tình, cảm tình đảng, học cảm tình, lớp đối tượng đảng, "
        "lớp đối tượng, lớp bồi dưỡng nhận thức về đảng, lớp nhận thức về đảng, "
        "bồi dưỡng nhận thức về đảng, lớp bồi dưỡng nhận thức, lớp nhận thức, bồi dưỡng nhận thức, "
        "lớp bồi dưỡng, giấy chứng nhận, chứng nhận, chứng chỉ, học lớp, cảm tình, nhận thức về đảng, "
        "lớp bồi dưỡng cảm tình đảng, lớp đảng"
    ),
    S.APPLIED: (
        "nộp đơn, làm đơn, viết đơn, có đơn, gửi đơn, nộp đơn xin vào đảng, làm đơn xin vào đảng, "
        "viết đơn xin vào đảng, đơn xin vào đảng, nộp hồ sơ, nộp lý lịch, khai lý lịch, viết lý lịch, "
        "làm lý lịch, đơn vào đảng, có đơn xin vào đảng, kê khai lý lịch, nộp đơn xin, nộp đơn vào đảng, "
        "làm hồ sơ"
    ),
    S.VETTED: (
        "tt lý lịch, tt ll, thẩm tra lý lịch, thẩm tra, xác minh lý lịch, xác minh, thẩm tra hồ sơ, tra lý lịch, "
        "thẩm tra xác minh, thẩm tra xác minh lý lịch, lý lịch"
    ),
    S.RECOMMENDED: (
        "ý kiến nơi cư trú, nơi cư trú, giấy giới thiệu, ý kiến khu dân cư, xin ý kiến nơi cư trú, "
        "giới thiệu đoàn viên ưu tú, giới thiệu vào đảng, giới thiệu kết nạp, nghị quyết giới thiệu"
    ),
    S.RECOMMENDS: "giới thiệu, giới thiệu đoàn viên ưu tú, giới thiệu vào đảng, giới thiệu kết nạp",
    S.BODY: (
        "đoàn thanh niên, chi đoàn, công đoàn, đoàn xã, đoàn trường, đoàn, hội phụ nữ, hội nông dân, "
        "hội cựu chiến binh, đoàn thể, huyện đoàn, mặt trận, tổ công đoàn, đoàn cơ sở"
    ),
    S.CELL: "chi bộ, chi ủy, hội nghị chi bộ",
    S.COMMITTEE: (
        "đảng ủy, đảng bộ, ban chấp hành, đảng ủy xã, ban chấp hành đảng bộ, ban chấp hành đảng ủy, "
        "ban thường vụ đảng ủy, đảng bộ xã, đảng ủy thị trấn"
    ),
    S.VOTED: (
        "nghị quyết, thông qua, biểu quyết, nhất trí, họp xét, xét, đồng ý, tán thành, họp, bỏ phiếu, "
        "đề nghị kết nạp, họp đề nghị, đề nghị, ra nghị quyết, có nghị quyết"
    ),
    S.RESOLUTION: "nghị quyết, ra nghị quyết, có nghị quyết",
    S.DECIDED: (
        "có quyết định kết nạp, quyết định kết nạp, có quyết định, nhận quyết định, ra quyết định, "
        "nhận được quyết định, quyết định của huyện ủy, ký quyết định, về quyết định, quyết định về, "
        "quyết định kết nạp đảng, chuẩn y, ban hành quyết định, quyết định công nhận, trao quyết định"
    ),
    S.CONFIRMED: (
        "chuyển chính thức, chuyển đảng chính thức, công nhận chính thức, đảng viên chính thức, "
        "công nhận đảng viên chính thức, chính thức, hết dự bị, chuyển đảng viên chính thức, "
        "lên chính thức, được công nhận, vào đảng chính thức, thành đảng viên chính thức"
    ),
    S.MOVED: (
        "chuyển đi, chuyển đơn vị, chuyển sinh hoạt, chuyển công tác, chuyển chỗ ở, chuyển nơi ở, "
        "chuyển nhà, chuyển khẩu, chuyển về, chuyển sang, chuyển vào, chuyển ra, chuyển lên, "
        "chuyển trường, đi nước ngoài, xuất khẩu lao động, lấy chồng xa, đi lấy chồng, lấy chồng, "
        "đi xuất khẩu, đi xuất khẩu lao động, đi bộ đội, nhập ngũ, đi làm ăn xa, đi làm xa, đi làm, "
        "chuyển hộ khẩu, chuyển xuống, đi nghĩa vụ, sang nhật, đi nhật, đi hàn, đi đài loan, "
        "không còn ở địa phương, theo chồng, chuyển nơi cư trú, chuyển hẳn, đi học xa"
    ),
    S.WITHDREW: (
        "xin rút, rút khỏi, rút tên, rút đơn, rút hồ sơ, xin thôi, không muốn vào đảng, xin không vào, "
        "không có nguyện vọng, không còn nguyện vọng, không phấn đấu nữa, từ chối, tự rút, xin rút tên, "
        "xin rút khỏi, rút lui, không muốn vào, không muốn phấn đấu, không muốn vào nữa, xin rút hồ sơ, "
        "xin rút đơn, không tham gia nữa, xin ra khỏi, không vào nữa, rút rồi, xin rút không phấn đấu"
    ),
    S.INELIGIBLE: (
        "không đủ điều kiện, không đủ tiêu chuẩn, không đạt, không đạt yêu cầu, vi phạm, bị kỷ luật, "
        "kỷ luật, sinh con thứ ba, sinh con thứ 3, không đảm bảo, không bảo đảm, quá tuổi, "
        "chưa đủ điều kiện, chưa đủ tiêu chuẩn, lý lịch không đảm bảo, không đủ tuổi, "
        "vi phạm kỷ luật, bị án, đánh bạc"
    ),
    S.DUPLICATE: (
        "bị trùng, trùng tên, trùng hồ sơ, nhập trùng, báo trùng, ghi trùng, trùng, trùng lặp, "
        "trùng người, bị lặp, hai lần, 2 lần, nhập 2 lần, ghi 2 lần, nhập hai lần, ghi hai lần, "
        "trùng với"
    ),
    S.STRUCK: (
        "khỏi danh sách, khỏi nguồn, ra khỏi nguồn, đưa ra khỏi danh sách, xóa khỏi danh sách, "
        "loại khỏi danh sách, gạch tên, bỏ khỏi danh sách, đưa ra khỏi nguồn, xóa tên, loại khỏi nguồn, "
        "ra khỏi danh sách, đưa ra danh sách, loại ra, rút khỏi danh sách"
    ),
    S.DECISION: (
        "quyết định, quyết định số, số quyết định, quyết định kết nạp số, theo quyết định, "
        "theo quyết định số, nghị quyết số"
    ),
    S.FILE: (
        "chốt, chốt quý, chốt báo cáo, chốt số liệu, chốt sổ, khóa sổ, chốt báo cáo quý, chốt số, "
        "chốt lại, gửi báo cáo quý, nộp báo cáo quý, hoàn thành báo cáo quý, chốt luôn, chốt nhé, "
        "chốt đi, hoàn thành báo cáo, khóa số liệu, chốt hộ, kết thúc báo cáo, xác nhận báo cáo quý"
    ),
    S.REPORT: "báo cáo, báo, nộp, gửi, nộp báo cáo, gửi báo cáo, báo số, báo lên",
    S.PROGRESS: (
        "tiến độ, tiến độ đơn vị, còn thiếu, còn thiếu mấy, đến đâu, tới đâu, chỉ tiêu, đạt chưa, "
        "đủ chưa, được mấy rồi, còn phải, xem số, xem kết quả, kết quả, bao nhiêu phần trăm, "
        "đủ chỉ tiêu chưa, số liệu của tôi, đã báo những gì, đã báo mấy, báo được mấy, đủ chỉ tiêu, "
        "hoàn thành chưa, đạt bao nhiêu, xem báo cáo, còn nợ, đã báo những ai, báo những ai rồi, "
        "xem lại báo cáo, thiếu nữa, số lượng còn lại, tiến độ kết nạp, chỉ tiêu còn lại, tình hình, "
        "tình hình đơn vị, giao mấy, giao bao nhiêu, xem lại"
    ),
    S.ISSUE: (
        "đề nghị huyện, đề nghị huyện ủy, đề nghị ban tổ chức, đề nghị cấp trên, đề nghị mở, "
        "đề nghị hỗ trợ, đề nghị tháo gỡ, thắc mắc, vướng mắc, khó khăn, kiến nghị, bất cập, phản ánh, "
        "khó khăn vướng mắc, có vướng mắc, đang vướng, gặp khó khăn, gặp vướng mắc, vướng, vướng mắt, "
        "vứơng mắc, vướng mắc là, khó khăn là, có khó khăn, báo cáo vướng mắc, khó khăn vướng mắc là, "
        "trở ngại, tồn tại"
    ),
    S.HEADS: (
        "trưởng thôn, tổ trưởng, trưởng bản, tổ trưởng tổ dân phố, tổ trưởng dân phố, trưởng khu, "
        "trưởng thôn là đảng viên, trưởng thôn đảng viên, tổ trưởng tdp, trưởng xóm, trưởng thôn bản, "
        "tỷ lệ trưởng thôn, trưởng thôn tổ trưởng, trưởng phố"
    ),
    S.CORRECT: (
        "nhầm, nhầm rồi, sửa, sửa lại, sửa báo cáo, đính chính, báo lại, báo nhầm, ghi nhầm, gõ nhầm, "
        "báo sai, ghi sai, sai, sai rồi, điều chỉnh, gửi nhầm, viết nhầm, nhập nhầm, nhập sai, "
        "nhắn nhầm, sửa giúp, sửa hộ, thay đổi, cải chính, tôi nhầm, nhầm lẫn, viết sai, gõ sai, "
        "bấm nhầm, lộn, nhầm số, sai số, xin sửa, cho sửa, sai ngày, sai tên, nhầm ngày, nhầm tên, "
        "sửa ngày, sửa tên, sửa số, báo thừa, thừa, báo thiếu, xin đính chính, xin sửa lại, nhầm người, "
        "không phải thế"
    ),
    S.RATHER: "mà là, thành, chứ không phải, mới đúng, phải là, đúng là, chứ",
    S.UNDO: (
        "hoàn tác, xóa báo cáo vừa rồi, hủy báo cáo vừa rồi, rút lại báo cáo, undo, xóa báo cáo, "
        "hủy báo cáo, bỏ báo cáo vừa rồi, xóa cái vừa rồi, hủy báo cáo vừa gửi, xóa báo cáo vừa gửi, "
        "bỏ báo cáo vừa gửi, hoantac, hủy cái vừa rồi, rút báo cáo, hoàn lại, xóa cái vừa gửi, "
        "hủy kết quả vừa báo, quay lại như cũ, xóa cái vừa báo, hủy cái vừa báo, xóa tin vừa rồi, "
        "hủy tin vừa rồi, bỏ cái vừa rồi, bỏ cái vừa báo"
    ),
    S.CANCEL: (
        "hủy, hủy bỏ, bỏ, thôi, thôi bỏ, bỏ qua, cancel, dừng, dừng lại, thoát, kết thúc, stop, hủy đi, "
        "bỏ đi, thôi không báo nữa, không báo nữa, thôi khỏi, hủy lệnh, thôi không, thoát ra, ngừng, "
        "thôi nhé"
    ),
    S.HELP: (
        "giúp, trợ giúp, hướng dẫn, giúp tôi, giúp với, help, cách dùng, dùng thế nào, làm thế nào, "
        "không biết làm, chỉ tôi, trogiup, cách sử dụng, sử dụng thế nào, hướng dẫn sử dụng, "
        "báo cáo thế nào, làm như thế nào, không biết dùng, giúp em, giúp mình, dùng như thế nào, "
        "chỉ giúp, hỗ trợ, cứu, cách báo cáo, báo cáo như thế nào, làm sao báo cáo, phải làm gì, "
        "không hiểu, nhắn thế nào, gõ thế nào, cần giúp, chỉ cách"
    ),
    S.MENU: "menu, danh mục, thực đơn, trang chủ, mở menu, về menu, xem menu, bảng chọn",
    S.PUT_OFF: (
        "để, hẹn, xin khất, khất, cho tôi đến, cho đến, xin lùi, lùi, xin hoãn, để sau, hẹn lại, "
        "xin đến, hẹn ngày khác, cho xin đến, cho em đến, hứa, xin chậm, lùi lại, cho khất, xin gia hạn, "
        "gia hạn, hẹn ngày"
    ),
    S.GREETING: (
        "xin chào, chào, alo, hello, hi, chào bạn, chào buổi sáng, chào buổi chiều, kính chào, hế lô, "
        "chào anh, chào chị, chào em, chào đồng chí, chào các đồng chí, chào buổi tối, chào bot, "
        "chúc buổi sáng, chúc ngày mới, hey, a lô"
    ),
    S.THANKS: (
        "cảm ơn, cám ơn, thanks, tks, thank, thank you, xin cảm ơn, cảm ơn nhiều, cảm ơn đồng chí, thks, "
        "thx, camon, cảm ơn bạn, cám ơn đồng chí, cảm ơn anh, cảm ơn em, cảm ơn chị"
    ),
    S.YES: (
        "đúng, đúng rồi, có, ừ, vâng, dạ, ok, oke, okie, okê, đồng ý, phải, chuẩn, chính xác, được, "
        "ghi nhận, xác nhận, uh, um, ừm, yes, đúng vậy, đúng thế, phải rồi, được rồi, nhất trí, ừ đúng, "
        "dạ đúng, vâng đúng, đúng ghi nhận, rõ, okay, oki, uhm, yep, đúng hết, có chứ, chuẩn rồi, "
        "dạ vâng, đúng ạ, okla, oklah"
    ),
    S.NO: (
        "không, không phải, không đúng, chưa, chưa đúng, no, chưa phải, không đồng ý, nope, chưa đâu, "
        "không nhé"
    ),
    S.ROLLUP: (
        "tổng hợp, tình hình chung, tình hình toàn huyện, tổng hợp toàn huyện, báo cáo tổng hợp, "
        "tổng kết, bức tranh chung, kết quả chung, tiến độ chung, số liệu chung, tổng số"
    ),
    S.WHOLE: (
        "toàn huyện, cả huyện, huyện, các xã, các đơn vị, toàn đảng bộ, đảng bộ huyện, tất cả, toàn bộ, "
        "huyện mình, chung"
    ),
    S.SILENT: (
        "ai chưa báo cáo, chưa báo cáo, chưa báo, bảng gọi điện, chưa nộp, chậm báo cáo, ai chưa nộp, "
        "đơn vị nào chưa báo, chưa gửi, chưa gửi báo cáo, chưa nộp báo cáo, ai chưa báo, "
        "chưa thấy báo cáo, nợ báo cáo, danh sách chưa báo, chưa có báo cáo, chuabao, còn ai chưa, "
        "ai chưa, chưa chốt, danh sách gọi điện, gọi điện, im lặng, chậm nộp"
    ),
    S.REMIND: (
        "nhắc, nhắc ngay, nhắc nhở, đôn đốc, giục, gửi nhắc, nhắc lại, gửi nhắc nhở, nhắc báo cáo, "
        "nhắc các đơn vị"
    ),
    S.EXPORT: (
        "xuất, xuất biểu, xuất excel, excel, xuất file, tải file, tải về, file excel, file word, "
        "xuất word, in biểu, biểu mẫu, xuất báo cáo, gửi file, tải biểu, biểu đồ, xuất dữ liệu, "
        "xuatbieu, gửi biểu, tệp excel, xuất bảng, exel, ecxel, docx, xlsx, word, tải excel, lấy file, "
        "in báo cáo, vẽ biểu đồ"
    ),
    S.INVITE: (
        "!mời, mời người dùng, mã mời, tạo mã mời, cấp mã, thêm người dùng, tạo mã, gửi mã, cấp mã mời, "
        "mời thêm, gửi lời mời, mã vào, đổi bí thư"
    ),
    S.STATUS: (
        "thế nào, thế nào rồi, sao rồi, ra sao, tình hình, báo cáo chưa, đã báo chưa, đã báo cáo chưa, "
        "đến đâu rồi, được mấy, được bao nhiêu, kết quả, tiến độ, làm đến đâu, còn thiếu, còn thiếu mấy, "
        "chỉ tiêu, đã chốt chưa, chốt chưa, báo chưa, được mấy rồi, xem, đạt chưa, xong chưa, thì sao, "
        "nộp chưa"
    ),
    S.POLITE: (
        "ạ, nhé, nha, dạ, vâng, em, tôi, mình, bot, bot ơi, ơi, anh ơi, với, cho, giúp, thưa, kính thưa, "
        "báo cáo đồng chí, báo cáo anh, báo cáo các đồng chí, xin, xin phép, các đồng chí, đồng chí, "
        "anh, chị, bạn, nhỉ, à, luôn, đi, hộ, giùm, dùm, thì, là, rồi, ah, nhe, nhá, cái, lại, "
        "ban tổ chức, chi bộ, đơn vị, tôi muốn, muốn, em muốn, hãy, này, đó, thế, vậy, nào, nữa, đấy, "
        "cả, chứ, đâu, thôi, hết"
    ),
    S.HONORIFIC: "đồng chí, anh, chị, em, ông, bà, cô, chú, bác, cháu, thầy, bạn, bí thư, phó bí thư",
    S.PARTY_MEMBER: "đảng viên, đảng viên mới, đảng viên dự bị",
    S.PEOPLE_NOUN: "người, trường hợp, ca, nhân, suất, quần chúng, đoàn viên ưu tú, đoàn viên, thanh niên",
    S.PLACE: (
        "thôn, xóm, bản, làng, xã, thị trấn, huyện, tỉnh, khu, khu phố, tổ dân phố, ở, tại, trường, "
        "tiểu học, mầm non, thcs, thpt, công ty, hợp tác xã, quê, quê ở, trú tại, cư trú, hiện ở, thuộc"
    ),
}
"""Sign -> its phrases, parted by commas. A phrase may stand under several signs."""

"""The phrases about admissions and candidates, each under the sign it gives; written with their marks."""

from __future__ import annotations

from typing import Final

from messages.understand.signs import Sign

REPORT_PHRASES: Final[dict[Sign, str]] = {
    Sign.ADMIT: (
        "kết nạp đoàn viên ưu tú, kết nạp, kết lạp, kết nạp đảng, kết nạp vào đảng, được vào đảng, "
        "vào đảng, đứng vào hàng ngũ, đứng trong hàng ngũ, phát triển đảng viên, phát triển đảng, kết nạp đảng viên, "
        "kết nạp đảng viên mới, báo cáo kết nạp, phát triển được, ketnap, "
        "báo bù, báo bù kết nạp, kết nạp bù, báo bổ sung kết nạp, kếtnạp, được kết nạp"
    ),
    Sign.CEREMONY: (
        "tổ chức lễ kết nạp, làm lễ kết nạp, lễ kết nạp, tổ chức kết nạp, tuyên thệ, làm lễ, tổ chức lễ, "
        "tiến hành kết nạp, tiến hành lễ kết nạp, tiến hành tổ chức lễ kết nạp, tiến hành tổ chức kết nạp, "
        "tiến hành làm lễ kết nạp, tiến hành làm lễ, tiến hành tổ chức lễ, tổ chức làm lễ kết nạp, "
        "tổ chức buổi lễ kết nạp, tổ chức long trọng lễ kết nạp, tổ chức trang trọng lễ kết nạp, mới kết nạp, vừa kết nạp, !đã kết nạp"
    ),
    Sign.LEAGUE: (
        "kết nạp đoàn viên, kết nạp hội viên, kết nạp đội viên, kết nạp đoàn, kết nạp đội, "
        "kết nạp vào đoàn, đoàn viên mới, hội viên mới, hội viên, đội viên, vào đoàn, vào hội, đại hội"
    ),
    Sign.NOT: "khoan hãy, khoan chốt, khoan đã, khoan vội, khoan báo, !đừng, đừng chốt, đừng ghi, đừng vội, đừng báo, chớ vội, không, chẳng, không được, không phải, không còn",
    Sign.NOT_YET: "chưa, chưa được, chưa thể, vẫn chưa, chưa kịp, chưa phải, kết nạp hụt",
    Sign.PLANNED: (
        "đề nghị huyện, đề nghị huyện ủy, đề nghị ban tổ chức, đề nghị cấp trên, đề nghị mở, !bàn, "
        "bàn việc, việc kết nạp, về việc, về kết nạp, về việc kết nạp, công tác kết nạp, để kết nạp, "
        "họp bàn, để, điều kiện kết nạp, tiêu chuẩn kết nạp, tạo điều kiện, xét duyệt, duyệt, vận động, "
        "tuyên truyền, dự lễ kết nạp, dự lễ, tới dự lễ kết nạp, sắp, sẽ, dự kiến, chuẩn bị, dự định, có kế hoạch, kế hoạch, muốn, nếu, phấn đấu, "
        "đang tổng hợp, còn tổng hợp, khai giảng, chiêu sinh, triệu tập, hủy lễ kết nạp, hủy lễ, bỏ lễ kết nạp, dời, hoãn, lùi, tạm dừng, hồ sơ, thủ tục, quy trình, !chờ, đợi, đang chờ, còn chờ, định kết nạp, xin vào đảng, hồ sơ xin vào đảng, !chờ kết nạp, "
        "!chờ quyết định, !chờ làm lễ, !chờ lễ, !chờ huyện, xem xét, đề nghị, nguyện vọng, sắp tới, "
        "tới đây, hoàn thiện, đang làm, có thể, tháng sau, tháng tới, tuần sau, tuần tới, quý sau, "
        "quý tới, sang tuần, sang tháng, sang quý, sang năm, cuối tháng này, cuối quý này, cuối năm nay, đợt tới, "
        "đợt sau, kỳ tới, năm sau, năm tới, đăng ký, mong, cố gắng, đang xét, !trình, rồi sẽ, xin kết nạp, "
        "từ giờ đến, từ nay đến, từ giờ tới, từ nay tới, từ bây giờ đến, đơn xin, đang học, đang, !định, hồ sơ kết nạp, còn phải, cần phải, "
        "xin được kết nạp, đề xuất"
    ),
    Sign.ASKING: (
        "như nào, thế nào, như thế nào, làm sao, bao giờ, khi nào, năm nào, ngày nào, tháng nào, quý nào, hôm nào, lúc nào, là gì, gì, ra sao, tại sao, vì sao, "
        "có được không, được không, phải không, có phải không, không nhỉ, ở đâu, hả, có cần, cần gì, "
        "hay không, là sao, có đúng không, đúng không, ai, bao lâu, vào đâu, đi đâu, chỗ nào, cho ai, thì sao"
    ),
    Sign.HOW_MANY: "mấy, bao nhiêu, được mấy, được bao nhiêu, còn mấy, còn bao nhiêu, thiếu mấy, thiếu bao nhiêu",
    Sign.DONE: "xong, rồi, đã, hoàn thành, xong rồi, vừa, mới, hoàn tất, đã xong, có rồi, xong xuôi, xog",
    Sign.NOBODY: (
        "không có ai, không ai, chưa có ai, không được ai, chưa được ai, không có đồng chí nào, "
        "không đồng chí nào, không có trường hợp nào, chưa có trường hợp nào, không có người nào, "
        "không kết nạp được ai, chưa kết nạp được ai, không kết nạp ai, không có đảng viên nào, "
        "không kết nạp được đồng chí nào, chưa kết nạp được đồng chí nào, không kết nạp được, "
        "không có đối tượng kết nạp, không có đối tượng nào, không có đối tượng, không kết nạp, không có đảng viên mới, chưa có đồng chí nào, không có quần chúng nào, "
        "không có kết nạp, không kết nạp đồng chí nào, chưa kết nạp ai, "
        "không kết nạp được trường hợp nào, chưa kết nạp được trường hợp nào, không phát triển được, "
        "không phát triển được đảng viên nào, không kết nạp được đảng viên nào, không kết nạp đảng viên, "
        "không kết nạp được người nào, chưa kết nạp được người nào, không kết nạp được một ai, không kết nạp được 1 ai, "
        "không kết nạp người nào, không kết nạp được đảng viên, không có ai kết nạp, không có ai được kết nạp, không có người kết nạp, không có ai cả"
    ),
    Sign.NOTHING: (
        "không phát sinh, không có, không có gì, không có phát sinh, báo cáo không, không có báo cáo, "
        "không có số liệu, trắng tay, bằng không, không có gì để báo cáo, không có gì báo cáo, "
        "không có gì phát sinh, chưa phát sinh, chưa có phát sinh, chưa phát sinh gì"
    ),
    Sign.CANDIDATE: (
        "quần chúng ưu tú, quần chúng, quần chúng út, qcut, nguồn, nguồn kết nạp, đối tượng đảng, "
        "đối tượng kết nạp, cảm tình viên, nguồn phát triển đảng, nguồn phát triển, quần chúng mới, "
        "quần chúng uu tu, ứng viên, ứng viên mới"
    ),
    Sign.ADD: (
        "thêm, bổ sung, đưa vào danh sách, vào danh sách, vào lại danh sách, vào lại nguồn, đưa lại vào danh sách, đưa lại vào nguồn, "
        " đưa vào nguồn, vào nguồn, giới thiệu, ghi tên, "
        "có thêm, mới có, cho vào danh sách, ghi thêm, đưa vào, nhập thêm, thêm mới, thêm vào danh sách, "
        "tạo nguồn"
    ),
    Sign.LIST: (
        "vào danh sách, vào nguồn, vào lại danh sách, vào lại nguồn, đưa lại vào danh sách, đưa lại vào nguồn, "
        "đưa vào danh sách, đưa vào nguồn, danh sách, xem danh sách, liệt kê, "
        "xem, những ai, gồm ai, gồm những ai"
    ),
    Sign.MENTORED: (
        "giúp đỡ, kèm cặp, theo dõi giúp đỡ, phân công giúp đỡ, phân công đảng viên giúp đỡ, "
        "phân công đảng viên, đảng viên giúp đỡ, phân công người giúp đỡ, phân công theo dõi, "
        "người giúp đỡ, người phụ trách, đảng viên phụ trách"
    ),
    Sign.IN_CHARGE: "phụ trách",
    Sign.ASSIGN: "phân công, cử, phân công đồng chí, cử đồng chí",
    Sign.TRAINED: (
        "lớp cảm tình đảng, lớp cảm tình, cảm tình đảng, học cảm tình, lớp đối tượng đảng, "
        "lớp đối tượng, lớp bồi dưỡng nhận thức về đảng, lớp nhận thức về đảng, "
        "bồi dưỡng nhận thức về đảng, lớp bồi dưỡng nhận thức, lớp nhận thức, bồi dưỡng nhận thức, "
        "lớp bồi dưỡng, giấy chứng nhận, chứng nhận, chứng chỉ, học lớp, cảm tình, nhận thức về đảng, "
        "lớp bồi dưỡng cảm tình đảng, lớp đảng"
    ),
    Sign.APPLIED: (
        "nộp đơn, làm đơn, viết đơn, có đơn, gửi đơn, nộp đơn xin vào đảng, làm đơn xin vào đảng, "
        "viết đơn xin vào đảng, đơn xin vào đảng, nộp hồ sơ, nộp lý lịch, khai lý lịch, viết lý lịch, "
        "làm lý lịch, đơn vào đảng, có đơn xin vào đảng, kê khai lý lịch, nộp đơn xin, nộp đơn vào đảng, "
        "làm hồ sơ, nộp đơn và lý lịch, đơn và lý lịch, đơn với lý lịch, đơn kèm lý lịch, đơn cùng lý lịch, "
        "lý lịch và đơn, lý lịch với đơn, lý lịch kèm đơn, lý lịch cùng đơn, nộp đơn lý lịch, nộp hồ sơ lý lịch, hồ sơ lý lịch, "
        "nộp lý lịch và đơn, nộp hồ sơ xin vào đảng, đơn của, nhận đơn, nhận được đơn, nộp đơn xin kết nạp, viết đơn xin kết nạp, nộp hồ sơ xin kết nạp"
    ),
    Sign.VETTED: (
        "tt lý lịch, tt ll, thẩm tra lý lịch, thẩm tra, xác minh lý lịch, xác minh, thẩm tra hồ sơ, tra lý lịch, "
        "thẩm tra xác minh, thẩm tra xác minh lý lịch, lý lịch"
    ),
    Sign.RECOMMENDED: (
        "ý kiến nơi cư trú, nơi cư trú, giấy giới thiệu, ý kiến khu dân cư, xin ý kiến nơi cư trú, "
        "giới thiệu đoàn viên ưu tú, giới thiệu vào đảng, giới thiệu kết nạp, nghị quyết giới thiệu, "
        "nhận xét nơi cư trú, ý kiến nhận xét nơi cư trú, nhận xét của nơi cư trú, ý kiến của nơi cư trú, "
        "ý kiến nhận xét của nơi cư trú, ý kiến nhận xét, khu dân cư nhận xét, khu dân cư đã nhận xét, nhận xét của khu dân cư, "
        "ý kiến của khu dân cư, ý kiến nhân dân nơi cư trú, ý kiến chi ủy nơi cư trú, ý kiến cấp ủy nơi cư trú, "
        "ý kiến chi bộ nơi cư trú, nhận xét của chi bộ nơi cư trú, nhận xét của chi ủy nơi cư trú, "
        "chi ủy nơi cư trú, chi bộ nơi cư trú, lấy ý kiến nơi cư trú, nơi cư trú nhận xét, nơi cư trú đã nhận xét, "
        "lấy ý kiến khu dân cư, lấy ý kiến quần chúng, ý kiến quần chúng nơi cư trú"
    ),
    Sign.RECOMMENDS: "giới thiệu, giới thiệu đoàn viên ưu tú, giới thiệu vào đảng, giới thiệu kết nạp",
    Sign.BODY: (
        "đoàn thanh niên, chi đoàn, công đoàn, đoàn xã, đoàn trường, đoàn, hội phụ nữ, hội nông dân, "
        "hội cựu chiến binh, chủ tịch hội phụ nữ, chủ tịch hội nông dân, phó chủ tịch hội phụ nữ, chủ tịch mặt trận, "
        "phó chủ tịch hội nông dân, chủ tịch hội cựu chiến binh, đoàn thể, huyện đoàn, mặt trận, tổ công đoàn, đoàn cơ sở"
    ),
    Sign.CELL: "chi bộ, chi ủy, hội nghị chi bộ",
    Sign.COMMITTEE: (
        "họp ban chấp hành, họp ban thường vụ, văn phòng đảng ủy, vào đảng bộ, vào đảng ủy, đảng ủy, đảng bộ, ban chấp hành, đảng ủy xã, ban chấp hành đảng bộ, ban chấp hành đảng ủy, "
        "ban thường vụ đảng ủy, đảng bộ xã, đảng ủy thị trấn"
    ),
    Sign.VOTED: (
        "xét kết nạp, họp xét kết nạp, nghị quyết, thông qua, biểu quyết, nhất trí, họp xét, xét, đồng ý, tán thành, họp, bỏ phiếu, "
        "đề nghị kết nạp, họp đề nghị, đề nghị, ra nghị quyết, có nghị quyết"
    ),
    Sign.RESOLUTION: "nghị quyết, ra nghị quyết, có nghị quyết",
    Sign.DECIDED: (
        "có quyết định kết nạp, quyết định kết nạp, có quyết định, nhận quyết định, ra quyết định, "
        "nhận được quyết định, quyết định của huyện ủy, ký quyết định, về quyết định, quyết định về, "
        "quyết định kết nạp đảng, chuẩn y, ban hành quyết định, quyết định công nhận, trao quyết định, công bố quyết định, đọc quyết định"
    ),
    Sign.CONFIRMED: (
        "chuyển chính thức, chuyển đảng chính thức, công nhận chính thức, đảng viên chính thức, "
        "công nhận đảng viên chính thức, chính thức, hết dự bị, chuyển đảng viên chính thức, "
        "lên chính thức, được công nhận, vào đảng chính thức, thành đảng viên chính thức"
    ),
    Sign.MOVED: (
        "chuyển đi, chuyển đơn vị, chuyển sinh hoạt, chuyển công tác, chuyển chỗ ở, chuyển nơi ở, "
        "chuyển nhà, chuyển khẩu, chuyển về, chuyển sang, chuyển vào, chuyển ra, chuyển lên, "
        "chuyển trường, chuyển khỏi, khỏi địa phương, rời địa phương, rời khỏi địa phương, đi nước ngoài, xuất khẩu lao động, lấy chồng xa, đi lấy chồng, lấy chồng, "
        "đi xuất khẩu, đi xuất khẩu lao động, đi bộ đội, nhập ngũ, đi làm ăn xa, đi làm ăn, chuyển đi làm ăn, chuyển đi làm ăn xa, chuyển đi làm, chuyển đi làm xa, "
        "chuyển ra làm ăn, chuyển vào làm ăn, chuyển lên làm ăn, chuyển xuống làm ăn, chuyển sang làm ăn, chuyển về làm ăn, đi làm xa, đi làm, "
        "đi nghĩa vụ quân sự, đi lao động nước ngoài, đi lao động, lấy vợ xa, làm ăn xa, đi nam, vào nam làm, vào nam làm ăn, vào nam, vào miền nam, "
        "đi đài loan, đi hàn quốc, đi nhật bản, đi trung quốc, sang đài loan, sang hàn quốc, sang nhật bản, sang trung quốc, "
        "đi làm công ty, lấy chồng nơi khác, cắt khẩu, chuyển hộ khẩu, chuyển xuống, đi nghĩa vụ, đi du học, đi trung quốc, sang nhật, đi nhật, đi hàn, đi đài loan, "
        "không còn ở địa phương, không ở địa phương nữa, không còn ở xã, không còn ở thôn, bỏ đi trung quốc, bỏ đi đài loan, bỏ đi nước ngoài, bỏ đi làm, bỏ đi làm ăn, nghỉ việc, thôi việc, bỏ việc, về quê hẳn, theo chồng, chuyển nơi cư trú, chuyển hẳn, đi học xa"
    ),
    Sign.WITHDREW: (
        "xin dừng, xin rút, rút khỏi, rút tên, rút đơn, rút hồ sơ, xin thôi, không muốn vào đảng, xin không vào, "
        "bỏ rồi không theo nữa, bỏ rồi không theo, bỏ không theo, bỏ không phấn đấu, bỏ cuộc, không có nguyện vọng, không còn nguyện vọng, không phấn đấu nữa, từ chối, tự rút, xin rút tên, "
        "xin rút khỏi, rút lui, không muốn vào, không muốn phấn đấu, không muốn vào nữa, xin rút hồ sơ, "
        "xin rút đơn, không tham gia nữa, xin ra khỏi, không vào nữa, rút rồi, xin rút không phấn đấu"
    ),
    Sign.INELIGIBLE: (
        "không đủ điều kiện, không đủ tiêu chuẩn, không đạt, không đạt yêu cầu, vi phạm, bị kỷ luật, "
        "kỷ luật, sinh con thứ ba, sinh con thứ 3, không đảm bảo, không bảo đảm, quá tuổi, "
        "chưa đủ điều kiện, chưa đủ tiêu chuẩn, lý lịch không đảm bảo, không đủ tuổi, "
        "vi phạm kỷ luật, bị án, đánh bạc"
    ),
    Sign.DUPLICATE: (
        "bị trùng, trùng tên, trùng hồ sơ, nhập trùng, báo trùng, ghi trùng, trùng, trùng lặp, "
        "trùng người, bị lặp, hai lần, 2 lần, nhập 2 lần, ghi 2 lần, nhập hai lần, ghi hai lần, "
        "trùng với"
    ),
    Sign.STRUCK: (
        "xóa quần chúng, bỏ quần chúng, loại quần chúng, gạch quần chúng, xóa nguồn, xóa quần chúng ưu tú, khỏi danh sách, khỏi nguồn, ra khỏi nguồn, đưa ra khỏi danh sách, xóa khỏi danh sách, "
        "loại khỏi danh sách, gạch tên, bỏ khỏi danh sách, đưa ra khỏi nguồn, xóa tên, loại khỏi nguồn, "
        "ra khỏi danh sách, đưa ra danh sách, loại ra, rút khỏi danh sách"
    ),
    Sign.DECISION: (
        "quyết định, quyết định số, số quyết định, quyết định kết nạp số, theo quyết định, "
        "theo quyết định số, nghị quyết số"
    ),
}

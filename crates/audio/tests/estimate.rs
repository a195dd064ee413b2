//! The length of a text is known before it is read, within two percent.

use loa_audio::{Espeak, Take, estimate, length};
use loa_speech::{Lexicon, speak};

/// Other texts than those that the table was made from, two of which make more than a minute.
const TEXTS: [(&str, &str); 4] = [
    (
        "a notice",
        "Ủy ban nhân dân xã thông báo lịch tiêm phòng cho đàn gia súc, gia cầm đợt 2 năm 2027. Thời \
         gian tiêm từ ngày 15/3 đến hết ngày 28/3/2027, buổi sáng từ 7h00 đến 10h30, buổi chiều từ 14h00 \
         đến 16h30. Các hộ chăn nuôi chủ động nhốt gia súc, gia cầm tại chuồng, ghi rõ số lượng con, và \
         báo cho trưởng thôn trước ngày 10/3/2027. Cán bộ thú y đến từng nhà tiêm phòng, không thu tiền \
         vắc xin. Hộ nào không chấp hành thì bị xử phạt theo quy định. Mọi thắc mắc, bà con gọi số điện \
         thoại của trạm thú y để được giải đáp. Đề nghị các tổ chức đoàn thể vận động hội viên thực hiện \
         nghiêm túc, góp phần phòng, chống dịch bệnh trên địa bàn.",
    ),
    (
        "the law",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025; căn cứ Nghị định số 30/2020/NĐ-CP ngày \
         05/3/2020 của Chính phủ về công tác văn thư; căn cứ Quyết định số 1245/QĐ-UBND ngày 22/9/2026 của \
         Ủy ban nhân dân tỉnh; theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 318/TTr-SNV. Điều 1. Ban \
         hành kèm theo Quyết định này Quy chế phối hợp trong giải quyết thủ tục hành chính. Điều 2. Quyết \
         định này có hiệu lực kể từ ngày 01/01/2027 và thay thế Quyết định số 87/2019/QĐ-UBND. Điều 3. Chánh \
         Văn phòng, Giám đốc các sở, ban, ngành, Chủ tịch Ủy ban nhân dân các xã, phường và các tổ chức, cá \
         nhân có liên quan chịu trách nhiệm thi hành Quyết định này. Kinh phí thực hiện là 2.350.000.000 đồng, \
         trong đó ngân sách tỉnh bảo đảm 65%.",
    ),
    (
        "the weather",
        "Dự báo thời tiết đêm nay và ngày mai. Phía Tây Bắc có mây, đêm không mưa, ngày nắng, sáng sớm có \
         sương mù nhẹ rải rác, gió nhẹ, nhiệt độ thấp nhất từ 14 đến 17 độ, có nơi dưới 12 độ, cao nhất từ 25 \
         đến 28 độ. Đồng bằng và trung du có mưa rào vài nơi, gió đông bắc cấp 3, cấp 4, trời rét. Vùng biển \
         phía đông gió giật cấp 8, sóng cao từ 2 đến 4 mét, biển động mạnh; tàu thuyền nhỏ không nên ra khơi. \
         Bà con chú ý che chắn chuồng trại, giữ ấm cho trâu bò, thu hoạch sớm lúa và hoa màu đã chín, khơi \
         thông cống rãnh để tránh ngập úng. Bản tin tiếp theo phát lúc 17 giờ 30 phút chiều mai.",
    ),
    (
        "a story",
        "Hợp tác xã rau sạch của chị Nguyễn Thị Hoa bắt đầu từ một thửa ruộng bỏ hoang ven sông. Năm đầu, \
         chị chỉ trồng cải, mồng tơi và hành lá, bán ở chợ làng mỗi phiên được vài chục nghìn. Nhờ lớp tập \
         huấn của hội nông dân, chị học cách ủ phân, làm nhà lưới, ghi nhật ký từng luống. Đến nay hợp tác xã \
         có 27 hộ, hơn 6 héc ta, mỗi ngày cung cấp gần 800 ki lô gam rau cho trường học, bệnh viện và siêu thị. \
         Thu nhập của mỗi lao động đạt từ 7 đến 9 triệu đồng một tháng. Chị cười: cây rau không phụ người, \
         mình thật thà với đất thì đất trả công. Xã đang làm hồ sơ để sản phẩm được chứng nhận, và mở thêm \
         một điểm bán ngay cạnh bến xe.",
    ),
];

#[tokio::test]
async fn the_length_of_a_text_is_known_before_it_is_read() {
    for name in ["vi", "vi-vn-x-central", "vi-vn-x-south"] {
        for speed in [70, 85, 100, 115, 130] {
            let voice = Espeak::find(None, name)
                .expect("espeak-ng")
                .with_speed(speed);
            let cache = tempfile::tempdir().expect("a folder");
            for pair in [[0, 1], [1, 2], [2, 3], [3, 0]] {
                let [(one, first), (two, second)] = pair.map(|at| TEXTS[at]);
                let kind = format!("{one} and {two}");
                let spoken = speak(&format!("{first}\n\n{second}"), Lexicon::builtin());
                let takes = Take::all(&spoken);
                let real = length(&takes, &voice, cache.path(), |_, _| {})
                    .await
                    .expect("a length");
                let told = estimate(&spoken.sentences(), name, speed);
                let off = told.abs_diff(real) * 1000 / real;
                println!("{name} {speed} {kind}: {real} ms, {told} told, {off} ‰ off");
                assert!(
                    off <= 20,
                    "{name} at {speed} %, {kind}: {told} instead of {real} ms"
                );
            }
        }
    }
}

//! The words with which names of bodies begin, go on and end: small, parted by bars.

/// What a name begins with, and stands for a body only with a name of its own behind it:
/// 'Ban Tổ chức', not 'ban hành'; 'Báo Hà Nam', not 'báo cáo'.
pub const NAMED: &str = "\
sở|bộ|ban|cục|tổng cục|chi cục|vụ|phòng|viện|trường|trường đại học|trường cao đẳng|\
trường chính trị|học viện|đại học|bệnh viện|thuế|kho bạc|ngân hàng|tòa án|ủy ban|hội|đoàn|\
liên đoàn|liên hiệp|liên minh|hiệp hội|câu lạc bộ|báo|đài|tạp chí|nhà xuất bản|nhà hát|\
bảo tàng|thư viện|tổng công ty|công ty|tập đoàn|hợp tác xã|doanh nghiệp|bưu điện|viễn thông|\
vnpt|viettel|mobifone|vinaphone|fpt|điện lực|hãng phim|hãng|đội|ngành|khối|cụm|cụm thi đua|\
tỉnh|thành phố|tp|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu|trạm|đồn biên phòng|đồn|\
hạt kiểm lâm|cơ quan";

/// What is a body by itself, with or without more behind it.
pub const ALONE: &str = "\
ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|thường trực hđnd|thường trực hội đồng nhân dân|\
mttq|mặt trận tổ quốc|ủy ban mttq|ủy ban mặt trận tổ quốc|ban thường trực ủy ban mttq|\
ban thường trực ủy ban mặt trận tổ quốc|công an|bộ chỉ huy quân sự|\
bộ chỉ huy bộ đội biên phòng|bộ chỉ huy|bch quân sự|bộ chqs|ban chqs|bộ đội biên phòng|\
bộ tư lệnh|ban chỉ huy quân sự|ban chỉ đạo|ban chấp hành|ban giám đốc|ban giám hiệu|\
bảo hiểm xã hội|viện kiểm sát nhân dân|viện kiểm sát|tòa án nhân dân|tỉnh ủy|thành ủy|\
huyện ủy|quận ủy|thị ủy|đảng ủy|đảng bộ|đảng đoàn|ban cán sự|chi bộ|chi ủy|cấp ủy|\
thường trực tỉnh ủy|thường trực thành ủy|ban thường vụ|tỉnh đoàn|thành đoàn|huyện đoàn|\
đoàn thanh niên|đoàn tncs|đoàn đại biểu quốc hội|đoàn đbqh|hội nông dân|hội phụ nữ|\
hội cựu chiến binh|đài truyền thanh|đài phát thanh|đài truyền hình|thông tấn xã|\
cổng thông tin điện tử|đại sứ quán|lãnh sự quán|tổng lãnh sự quán|chính phủ|quốc hội|\
ủy ban thường vụ quốc hội|thủ tướng chính phủ|thủ tướng|chủ tịch nước|bộ chính trị|\
ban bí thư|bộ trưởng|thủ trưởng|tổng giám đốc|tổng biên tập|chánh văn phòng|chánh thanh tra|\
chi cục trưởng|tổng cục trưởng|chỉ huy trưởng|tổng thanh tra|người đứng đầu|trưởng các|\
tổ công tác|tổ công nghệ số cộng đồng|tổ giúp việc|tổ tuyên truyền|hội đồng phối hợp|\
ban công tác mặt trận|trưởng thôn|tổ trưởng tổ dân phố|nhà văn hóa|báo và phát thanh, truyền hình|báo và phát thanh và truyền hình|\
báo và đài phát thanh, truyền hình|báo và đài phát thanh và truyền hình|\
báo và phát thanh - truyền hình|đài phát thanh và truyền hình|đài phát thanh - truyền hình|\
đài phát thanh, truyền hình|đài truyền thanh - truyền hình";

/// What is a body with 'các', an area or a name behind it: 'Văn phòng UBND tỉnh', 'Lãnh đạo các
/// đơn vị', but not 'lãnh đạo, chỉ đạo'.
pub const OFFICES: &str = "\
ban biên tập|ban chỉ huy|ban quản lý|ban tổ chức|bí thư|chủ tịch|công đoàn|cục trưởng|\
giám đốc|hiệu trưởng|lãnh đạo|phó chủ tịch|phó giám đốc|thanh tra|thi hành án dân sự|\
trung tâm|trưởng ban|trưởng công an|trưởng phòng|viện trưởng|văn phòng|vụ trưởng";

/// What begins like a body and is none.
pub const NONE: &str = "\
báo cáo|báo chí|báo hiệu|báo động|báo in|báo nói|báo hình|báo điện tử|ban hành|ban đầu|\
bộ máy|bộ luật|bộ phận|bộ tiêu chí|bộ chỉ số|bộ nhận diện|bộ thủ tục|bộ câu hỏi|hội nghị|\
hội thảo|hội thi|hội chợ|hội diễn|hội nhập|đoàn viên|đoàn kết|phòng chống|phòng, chống|\
phòng ngừa|phòng cháy|trường hợp|xã hội|ngành nghề|khối lượng|cụm từ|thành phố thông minh|\
thuế thu nhập|vụ việc|vụ án|cục diện|cục bộ|viện dẫn|sở hữu|sở thích|đội ngũ|tổ chức bộ máy|\
tổ chức thực hiện|tổ chức triển khai|chính quyền điện tử";

/// What names bodies only in the plural, or with a word that says which: 'các cơ quan', 'đơn vị
/// có liên quan', 'chính quyền địa phương'.
pub const MANY: &str = "\
sở|bộ|ban|phòng|phòng ban|ngành|ban ngành|bộ ngành|sở ngành|đoàn thể|hội|hội đoàn thể|\
cơ quan|đơn vị|tổ chức|địa phương|cá nhân|lực lượng|trường học|cơ sở giáo dục|hộ gia đình|nhà trường|trường|doanh nghiệp|công ty|\
chính quyền|báo|đài|tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu";

/// More of the kind, with 'các' only.
pub const MANY_MORE: &str = "\
thôn|xóm|ấp|bản|khu phố|tổ dân phố|khu dân cư|cục|vụ|viện|trung tâm|bệnh viện|nhà mạng|\
hội đặc thù|câu lạc bộ|hiệp hội|tập đoàn|nhà thầu|cấp ủy|cấp|ông bà";

/// Words of the plural that speak of bodies without 'các' as well.
pub const MANY_BARE: &str = "\
cơ quan báo chí|cơ quan truyền thông|cơ quan thông tấn|chính quyền địa phương|\
cơ quan thường trực|cơ quan, đơn vị|cơ sở giáo dục|đơn vị liên quan|cơ quan liên quan";

/// Kinds of area.
pub const AREAS: &str = "tỉnh|thành phố|tp|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu|nước";

/// Names with a comma or an 'và' inside, behind 'Sở', 'Bộ', 'Phòng' and the like.
pub const JOINED: &str = "\
văn hóa, thể thao và du lịch|văn hóa, thể thao, du lịch|văn hóa, thể thao|\
văn hóa, thông tin và du lịch|văn hóa, thông tin và thể thao|\
văn hóa, thông tin và truyền thông|văn hóa, thông tin|văn hóa, khoa học và thông tin|\
văn hóa, xã hội|văn hóa và thể thao|văn hóa và thông tin|văn hóa và xã hội|\
kinh tế, hạ tầng và đô thị|kinh tế và hạ tầng|kinh tế, hạ tầng|thông tin và truyền thông|\
thông tin, truyền thông|lao động, thương binh và xã hội|lao động - thương binh và xã hội|\
lao động thương binh và xã hội|giáo dục và đào tạo|giáo dục, đào tạo|khoa học và công nghệ|\
khoa học, công nghệ và môi trường|tài nguyên và môi trường|nông nghiệp và môi trường|\
nông nghiệp và phát triển nông thôn|kế hoạch và đầu tư|tài chính và kế hoạch|\
dân tộc và tôn giáo|dân tộc và miền núi|nội vụ và lao động|báo và phát thanh, truyền hình|\
báo và phát thanh và truyền hình|phát thanh và truyền hình|phát thanh, truyền hình|\
phát thanh - truyền hình|tuyên giáo và dân vận|y tế và dân số|quản lý đô thị và môi trường|\
văn hóa và truyền thông";

/// Names of departments, for lists such as 'các Sở: Nội vụ, Tài chính' and for 'Sở nội vụ'.
pub const DEPARTMENTS: &str = "\
nội vụ|tài chính|tư pháp|y tế|xây dựng|công thương|ngoại vụ|du lịch|công an|quốc phòng|\
ngoại giao|giao thông vận tải|dân tộc|quy hoạch - kiến trúc|quy hoạch kiến trúc|\
an toàn thực phẩm|tôn giáo|tuyên giáo|dân vận|tổ chức|nội chính|kiểm tra";

/// Words before which a name ends when they are printed small: what the body does, or where,
/// when and for what it does it.
pub const ENDS: &str = "\
ban hành|bảo đảm|bằng|báo cáo|biên soạn|biên tập|bố trí|bổ sung|bị|cân đối|căn cứ|cam kết|\
cấp phát|cấp phép|cập nhật|chịu|chỉ đạo|cho|chủ động|chủ trì|chuẩn bị|chuyển|chấp hành|\
công bố|công khai|cung cấp|cử|cùng|cần|cụ thể hóa|do|dự toán|duy trì|diễn ra|đã|đang|đăng|\
đăng tải|đảm bảo|đánh giá|đưa|đẩy mạnh|đề nghị|đề xuất|đến|để|định kỳ|định hướng|đổi mới|\
đôn đốc|đối với|đồng thời|được|đưa tin|đầu tư|gắn|giám sát|giao|giúp|góp phần|gồm|gửi|\
hoàn thành|hỗ trợ|hướng dẫn|huy động|in|khai thác|khẩn trương|khi|khóa|khuyến khích|kiểm tra|\
kiểm soát|kịp thời|kết nối|là|lãnh đạo|làm|lập|liên hệ|lồng ghép|lựa chọn|lưu trữ|mở|mời|\
nêu|nâng cao|nắm|nghiên cứu|nghiêm túc|nếu|nhằm|như|phát|phát động|phát hành|phát huy|\
phát sóng|phát triển|phải|phân công|phê duyệt|phổ biến|phối hợp|phục vụ|quan tâm|quán triệt|\
quản lý|quy định|quyết định|rà soát|sẽ|sao gửi|sản xuất|sắp xếp|sử dụng|sửa đổi|tại|\
tăng cường|tạo|tập trung|tập huấn|tham dự|tham gia|tham mưu|tham vấn|thanh tra|theo|\
theo dõi|thẩm định|thành lập|thi hành|thiết kế|thông báo|thống nhất|thông qua|thông tin|thu|\
thường xuyên|thực hiện|tiến hành|tiếp nhận|tiếp tục|tổ chức|tổng hợp|tổng kết|trao đổi|trên|tăng|giảm|nghiêm|\
triển khai|trình|trong|từ|tuyên truyền|tự|vận động|vận hành|về|viết|với|xác định|xác nhận|\
xây dựng|xem xét|xử lý|yêu cầu|ứng dụng|vào|qua|ký|có|trước|chậm nhất|muộn nhất|ngày|tháng|quý|\
năm|hết|sau|ngay|lần|hoặc|trực tiếp|giai đoạn|tùy|này|thay|họp|đảm nhiệm|giải quyết|tích cực|\
thẩm tra|tiếp thu|bao gồm|hằng|hàng|mỗi|đồng chủ trì|nhân rộng|biết|chi trả|mua sắm|\
kết quả|tình hình|số liệu|việc|danh sách|nội dung|các nội dung|các nhiệm vụ|những";

/// What a body does, also when it is printed with a capital behind a name.
pub const DEEDS: &str = "\
chủ trì|phối hợp|căn cứ|chịu trách nhiệm|tham mưu|thực hiện|chỉ đạo|xây dựng kế hoạch|quy định|\
ban hành|hướng dẫn|phê duyệt|về việc|sửa đổi";

/// Bodies that there is one of: their names go no further.
pub const ONLY: &str = "\
chính phủ|thủ tướng chính phủ|thủ tướng|quốc hội|ủy ban thường vụ quốc hội|chủ tịch nước|\
bộ chính trị|ban bí thư";

/// Before a name in the plural.
pub const ALL: &str = "\
các|những|một số|toàn thể|toàn bộ|mọi|đại diện|tất cả các|đại diện các";

/// What may follow in small letters though it looks like the end of a name.
pub const TAILS: &str = "\
trực thuộc|thuộc|thuộc, trực thuộc|thuộc và trực thuộc|trực thuộc, thuộc|trên địa bàn|ở địa phương|ở cơ sở|ở trung ương|trong tỉnh|\
trong và ngoài tỉnh|trong và ngoài nước|trong nước và quốc tế|trong nước và ngoài nước|\
trong nước và nước ngoài|quản lý nhà nước|của tỉnh|của thành phố|của trung ương|của huyện|\
của xã|của phường|của địa phương|của đảng|của quốc hội|của nhà nước|của ubnd|của sở|của bộ";

/// The same, and nothing of the name stands behind it.
pub const LAST: &str = "\
liên quan|có liên quan|liên quan khác|có liên quan khác|khác|khác có liên quan|\
khác liên quan|nêu trên|có tên trên";

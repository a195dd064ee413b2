//! Names of laws, codes and ordinances, small, parted by bars, as the National Assembly named
//! them. They tell where the name of a law that is cited without a number ends.

/// Behind 'Luật'.
pub const LAWS: &str = "\
an ninh mạng|an ninh quốc gia|an toàn thông tin mạng|an toàn thực phẩm|an toàn, vệ sinh lao động|\
an toàn vệ sinh lao động|ban hành văn bản quy phạm pháp luật|\
ban hành văn bản quy phạm pháp luật của hội đồng nhân dân, ủy ban nhân dân|\
ban hành văn bản quy phạm pháp luật của hđnd, ubnd|tổ chức hđnd và ubnd|bảo hiểm tiền gửi|\
bảo hiểm xã hội|bảo hiểm y tế|bảo vệ bí mật nhà nước|bảo vệ dữ liệu cá nhân|\
bảo vệ môi trường|bảo vệ quyền lợi người tiêu dùng|bảo vệ và kiểm dịch thực vật|báo chí|\
bầu cử đại biểu quốc hội và đại biểu hội đồng nhân dân|biên phòng việt nam|biển việt nam|\
bình đẳng giới|bưu chính|cán bộ, công chức|cạnh tranh|căn cước công dân|căn cước|\
cảnh sát biển việt nam|cảnh vệ|chăn nuôi|chất lượng sản phẩm, hàng hóa|chính quyền địa phương|\
chuyển giao công nghệ|chứng khoán|công an nhân dân|công chứng|công đoàn|công nghệ cao|\
công nghệ thông tin|công nghiệp công nghệ số|cơ yếu|cư trú|dân quân tự vệ|dân số|di sản văn hóa|\
doanh nghiệp|du lịch|dược|dữ liệu|đa dạng sinh học|đất đai|đấu giá tài sản|đấu thầu|đầu tư công|\
đầu tư theo phương thức đối tác công tư|đầu tư|đê điều|điện ảnh|điện lực|đo đạc và bản đồ|\
đo lường|đường bộ|đường sắt|đặc xá|giá|giám định tư pháp|giao dịch điện tử|\
giao thông đường bộ|giao thông đường thủy nội địa|giáo dục đại học|giáo dục nghề nghiệp|\
giáo dục quốc phòng và an ninh|giáo dục|hàng không dân dụng việt nam|hiến máu|hóa chất|\
hòa giải ở cơ sở|hòa giải, đối thoại tại tòa án|hoạt động giám sát của quốc hội và hội đồng nhân dân|\
hôn nhân và gia đình|hộ tịch|hợp tác xã|hỗ trợ doanh nghiệp nhỏ và vừa|kế toán|khám bệnh, chữa bệnh|\
khí tượng thủy văn|khiếu nại|khoa học và công nghệ|khoa học, công nghệ và đổi mới sáng tạo|\
khoáng sản|địa chất và khoáng sản|kiểm toán nhà nước|kiểm toán độc lập|kiến trúc|kinh doanh bảo hiểm|\
kinh doanh bất động sản|lâm nghiệp|lực lượng dự bị động viên|\
lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở|lưu trữ|lý lịch tư pháp|\
mặt trận tổ quốc việt nam|năng lượng nguyên tử|ngân hàng nhà nước việt nam|\
ngân sách nhà nước|nghĩa vụ quân sự|nhà giáo|nhà ở|người cao tuổi|người khuyết tật|nuôi con nuôi|\
phá sản|phòng bệnh|phòng cháy và chữa cháy|phòng cháy, chữa cháy và cứu nạn, cứu hộ|\
phòng, chống bạo lực gia đình|phòng, chống bệnh truyền nhiễm|phòng, chống khủng bố|\
phòng, chống ma túy|phòng, chống mua bán người|phòng, chống nhiễm vi rút|\
phòng, chống rửa tiền|phòng, chống tác hại của rượu, bia|phòng, chống tác hại của thuốc lá|\
phòng, chống tham nhũng|phòng, chống thiên tai|phòng chống ma túy|phòng chống tham nhũng|\
phòng chống tác hại của rượu, bia|phòng chống tác hại của thuốc lá|phòng chống thiên tai|\
phòng chống bạo lực gia đình|phòng thủ dân sự|phổ biến, giáo dục pháp luật|\
phổ biến giáo dục pháp luật|quản lý ngoại thương|quản lý nợ công|quản lý thuế|\
quản lý, sử dụng tài sản công|quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ|quảng cáo|\
quốc phòng|quốc tịch việt nam|quy hoạch đô thị và nông thôn|quy hoạch|sở hữu trí tuệ|\
sĩ quan quân đội nhân dân việt nam|tài nguyên nước|tài nguyên, môi trường biển và hải đảo|tần số vô tuyến điện|\
thanh niên|thanh tra|thể dục, thể thao|thi đua, khen thưởng|thi đua khen thưởng|thi hành án dân sự|\
thi hành án hình sự|thi hành tạm giữ, tạm giam|thống kê|thủ đô|thú y|thủy lợi|thủy sản|\
thuế giá trị gia tăng|thuế thu nhập cá nhân|thuế thu nhập doanh nghiệp|thuế tiêu thụ đặc biệt|\
thư viện|thương mại|thực hành tiết kiệm, chống lãng phí|thực hiện dân chủ ở cơ sở|tiếp cận thông tin|\
tiếp công dân|tiêu chuẩn và quy chuẩn kỹ thuật|tín ngưỡng, tôn giáo|tình trạng khẩn cấp|\
tổ chức chính phủ|tổ chức chính quyền địa phương|tổ chức hội đồng nhân dân và ủy ban nhân dân|\
tổ chức quốc hội|tổ chức tòa án nhân dân|tổ chức viện kiểm sát nhân dân|\
tố cáo|tố tụng hành chính|trách nhiệm bồi thường của nhà nước|trẻ em|trí tuệ nhân tạo|\
trồng trọt|trưng cầu ý dân|trật tự, an toàn giao thông đường bộ|tư pháp người chưa thành niên|\
tương trợ tư pháp|viên chức|viễn thông|việc làm|xây dựng|xử lý vi phạm hành chính|xuất bản|\
xuất cảnh, nhập cảnh của công dân việt nam|các tổ chức tín dụng";

/// Behind 'Bộ luật'.
pub const CODES: &str = "dân sự|hình sự|lao động|hàng hải việt nam|tố tụng dân sự|tố tụng hình sự";

/// Behind 'Pháp lệnh'.
pub const ORDINANCES: &str = "\
ưu đãi người có công với cách mạng|dân số|tín ngưỡng, tôn giáo|cảnh sát cơ động|\
chi phí tố tụng|quản lý thị trường|xử lý vi phạm hành chính|bảo vệ bí mật nhà nước|\
thực hiện dân chủ ở xã, phường, thị trấn";

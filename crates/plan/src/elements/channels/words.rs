//! The words that plans use for channels, and the kinds they mean. The eight types of grassroots
//! information are those of decree 49/2024/NĐ-CP; what is made for a network or a board counts
//! where it is shown.

use crate::model::ChannelKind::{
    self, Bulletin, Contest, LocalRadio, Loudspeaker, Meeting, Message, NoticeBoard, Portal,
    PressOnline, PressPrint, PressRadio, PressTv, Publication, SocialNetwork, UnitSite,
};

/// Words, small, parted by bars, and what they mean; no kind for words that only look like one.
/// Of several that begin at one place the longest counts.
pub const WORDS: &[(&str, &[ChannelKind])] = &[
    ("báo in|báo viết|báo giấy|tạp chí|đặc san", &[PressPrint]),
    (
        "báo điện tử|báo mạng|báo online|trang tin điện tử tổng hợp|báo chí điện tử",
        &[PressOnline],
    ),
    (
        "báo hình|truyền hình|kênh truyền hình|phóng sự truyền hình|đài truyền hình",
        &[PressTv],
    ),
    (
        "báo nói|phát thanh|đài phát thanh|sóng phát thanh|kênh phát thanh|chương trình phát thanh",
        &[PressRadio],
    ),
    (
        "báo và phát thanh, truyền hình|báo và đài phát thanh, truyền hình|báo và phát thanh và truyền hình",
        &[PressPrint, PressRadio, PressTv],
    ),
    (
        "phát thanh và truyền hình|phát thanh, truyền hình|phát thanh - truyền hình|phát thanh truyền hình|phát thanh-truyền hình|đài pt&th|đài pt-th|đài ptth",
        &[PressRadio, PressTv],
    ),
    (
        "đài truyền thanh cấp huyện|đài truyền thanh huyện|đài truyền thanh - truyền hình|đài truyền thanh các huyện|đài truyền thanh thành phố|đài truyền thanh thị xã|trung tâm văn hóa, thông tin và truyền thông cấp huyện|trung tâm truyền thông và văn hóa cấp huyện",
        &[LocalRadio],
    ),
    (
        "truyền thanh|đài truyền thanh cấp xã|đài truyền thanh cơ sở|đài truyền thanh xã|đài truyền thanh|hệ thống thông tin cơ sở|hệ thống truyền thanh cơ sở|hệ thống truyền thanh|truyền thanh cơ sở|loa|loa truyền thanh|loa phát thanh|loa lưu động|loa kéo|xe lưu động|xe loa|xe tuyên truyền|xe thông tin lưu động|tuyên truyền lưu động|thông tin lưu động|cụm loa|thông tin cơ sở",
        &[Loudspeaker],
    ),
    (
        "bảng tin điện tử|bảng tin|bảng điện tử|pano|pa nô|pa-nô|panô|áp phích|băng rôn|băng-rôn|băng zôn|banner|khẩu hiệu|cờ phướn|phướn|bandroll|màn hình led|bảng led|màn hình điện tử|cổ động trực quan|tuyên truyền trực quan|trực quan|tranh cổ động|biển quảng cáo|bảng quảng cáo|standee",
        &[NoticeBoard],
    ),
    (
        "cổng thông tin điện tử|cổng dịch vụ công|cổng ttđt|cổng thông tin",
        &[Portal],
    ),
    (
        "cổng/trang thông tin điện tử|cổng, trang thông tin điện tử|cổng và trang thông tin điện tử|cổng (trang) thông tin điện tử|cổng/trang ttđt",
        &[Portal, UnitSite],
    ),
    (
        "trang thông tin điện tử|trang ttđt|trang tin điện tử|website|trang web|trang tin",
        &[UnitSite],
    ),
    ("bản tin|tập san|nội san", &[Bulletin]),
    (
        "mạng xã hội|nền tảng số|nền tảng mạng xã hội|facebook|zalo|fanpage|fan page|youtube|tiktok|tik tok|instagram|livestream|podcast",
        &[SocialNetwork],
    ),
    ("tin nhắn|sms|nhắn tin", &[Message]),
    (
        "tờ rơi|tờ gấp|tài liệu|ấn phẩm|sổ tay|cẩm nang|sách|sách mỏng|infographic|đồ họa|video clip|video|clip|phim tài liệu|phim phóng sự",
        &[Publication],
    ),
    (
        "hội nghị|tập huấn|tọa đàm|hội thảo|nói chuyện chuyên đề|báo cáo viên|tuyên truyền viên|tuyên truyền miệng|sinh hoạt chi bộ|sinh hoạt cộng đồng|sinh hoạt chuyên đề|sinh hoạt đoàn thể|sinh hoạt hội|sinh hoạt dưới cờ|họp thôn|họp tổ dân phố|cuộc họp|đối thoại|diễn đàn|gặp mặt|giao ban|bồi dưỡng|sân khấu hóa|biểu diễn văn nghệ|chiếu phim lưu động|chiếu bóng lưu động|truyền thông trực tiếp|mít tinh|mít-tinh|lễ phát động",
        &[Meeting],
    ),
    (
        "cuộc thi|hội thi|thi tìm hiểu|thi trực tuyến|hội diễn",
        &[Contest],
    ),
    (
        "báo|báo cáo|thông báo|bản tin nhắn|tài liệu họp|nhà báo|mạng lưới|chính sách|danh sách|ngân sách|sổ sách",
        &[],
    ),
];

/// Words for the press as a whole.
pub const PRESS: &str = "báo chí|cơ quan báo chí|phương tiện thông tin đại chúng|phương tiện truyền thông đại chúng|báo, đài|báo đài";

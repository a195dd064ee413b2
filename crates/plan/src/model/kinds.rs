//! The kinds of channel.

use serde::{Deserialize, Serialize};

macro_rules! channel_kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// Every kind of channel.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum ChannelKind {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl ChannelKind {
            /// All of them, in the order of reports.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name in data and on the wire.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

channel_kinds! {
    /// Báo in
    PressPrint = "press_print",
    /// Báo điện tử
    PressOnline = "press_online",
    /// Báo hình
    PressTv = "press_tv",
    /// Báo nói
    PressRadio = "press_radio",
    /// Đài truyền thanh cấp huyện
    LocalRadio = "local_radio",
    /// Loa truyền thanh cơ sở
    Loudspeaker = "loudspeaker",
    /// Bảng tin
    NoticeBoard = "notice_board",
    /// Cổng thông tin điện tử
    Portal = "portal",
    /// Trang thông tin điện tử của đơn vị
    UnitSite = "unit_site",
    /// Bản tin
    Bulletin = "bulletin",
    /// Mạng xã hội
    SocialNetwork = "social_network",
    /// Tin nhắn
    Message = "message",
    /// Tài liệu, ấn phẩm
    Publication = "publication",
    /// Hội nghị, tập huấn
    Meeting = "meeting",
    /// Cuộc thi
    Contest = "contest",
}

//! Channel kinds, by the words plans use for them.

use super::{below, first_sentence};
use crate::model::{Channel, ChannelKind, Reading};

/// Words and the kind they mean. A word counts unless a longer one around it does.
const WORDS: [(&str, ChannelKind); 31] = [
    ("báo in", ChannelKind::PressPrint),
    ("báo điện tử", ChannelKind::PressOnline),
    ("báo mạng", ChannelKind::PressOnline),
    ("báo hình", ChannelKind::PressTv),
    ("truyền hình", ChannelKind::PressTv),
    ("báo nói", ChannelKind::PressRadio),
    ("đài phát thanh", ChannelKind::PressRadio),
    ("đài truyền thanh cấp huyện", ChannelKind::LocalRadio),
    ("đài truyền thanh huyện", ChannelKind::LocalRadio),
    ("đài truyền thanh cấp xã", ChannelKind::Loudspeaker),
    ("hệ thống thông tin cơ sở", ChannelKind::Loudspeaker),
    ("hệ thống truyền thanh cơ sở", ChannelKind::Loudspeaker),
    ("loa truyền thanh", ChannelKind::Loudspeaker),
    ("bảng tin", ChannelKind::NoticeBoard),
    ("pano", ChannelKind::NoticeBoard),
    ("áp phích", ChannelKind::NoticeBoard),
    ("cổng thông tin điện tử", ChannelKind::Portal),
    ("trang thông tin điện tử", ChannelKind::UnitSite),
    ("bản tin", ChannelKind::Bulletin),
    ("mạng xã hội", ChannelKind::SocialNetwork),
    ("nền tảng số", ChannelKind::SocialNetwork),
    ("facebook", ChannelKind::SocialNetwork),
    ("zalo", ChannelKind::SocialNetwork),
    ("tin nhắn", ChannelKind::Message),
    ("tờ rơi", ChannelKind::Publication),
    ("tài liệu", ChannelKind::Publication),
    ("ấn phẩm", ChannelKind::Publication),
    ("hội nghị", ChannelKind::Meeting),
    ("tập huấn", ChannelKind::Meeting),
    ("tọa đàm", ChannelKind::Meeting),
    ("cuộc thi", ChannelKind::Contest),
];

/// The channel kinds of the clause on forms.
pub fn find(reading: &Reading) -> Vec<Channel> {
    let mut channels: Vec<Channel> = Vec::new();
    for clause in below(reading, &["hình thức"]) {
        // 'cổng/trang thông tin điện tử' names both.
        let text = clause
            .text
            .to_lowercase()
            .replace("cổng/trang thông", "cổng thông tin điện tử, trang thông");
        let mut found: Vec<(usize, ChannelKind)> = WORDS
            .iter()
            .filter_map(|(word, kind)| text.find(word).map(|place| (place, *kind)))
            .collect();
        found.sort_unstable();
        for (_, kind) in found {
            let known = channels.iter().any(|channel| channel.kind == kind);
            if !known {
                let label = first_sentence(&clause.text);
                channels.push(Channel {
                    clause: clause.id.clone(),
                    kind,
                    label,
                    confidence: 80,
                });
            }
        }
    }
    channels
}

//! What is read from a document: the contract of `loa plan read --json`.

use serde::{Deserialize, Serialize};

/// Everything that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// As printed: KẾ HOẠCH, QUYẾT ĐỊNH …
    pub kind: Option<String>,
    /// What it is about.
    pub title: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// `173/KH-UBND`; none when its place is blank.
    pub number: Option<String>,
    /// `KH-UBND`
    pub notation: Option<String>,
    /// Where it was issued.
    pub place: Option<String>,
    /// `2026-04-28`, or as much of it as is printed: `2021`.
    pub date: Option<String>,
    /// Who signed.
    pub signer: Option<Signer>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// For which years.
    pub period: Option<Period>,
    /// The clause tree.
    pub clauses: Vec<Clause>,
    /// Legal acts cited.
    pub acts: Vec<Act>,
    /// What must be talked about.
    pub themes: Vec<Theme>,
    /// On which kinds of channel.
    pub channels: Vec<Channel>,
    /// Who owes what.
    pub duties: Vec<Duty>,
    /// Who reports when.
    pub reports: Vec<Report>,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// TM., KT., TL., TUQ.
    pub form: Option<String>,
    /// The post.
    pub title: String,
    /// The name.
    pub name: String,
}

/// From year to year, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first year.
    pub from: i32,
    /// The last year.
    pub to: i32,
}

/// An addressed part of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// `II.1.3`
    pub id: String,
    /// `part_II__sec_1__point_3`, after Akoma Ntoso's naming convention.
    pub eid: String,
    /// As printed, without its punctuation; none for an unnumbered paragraph.
    pub marker: Option<String>,
    /// Its first line in the text file, from 1.
    pub line: usize,
    /// What stands behind the marker when it is a heading.
    pub heading: Option<String>,
    /// Its own text, paragraphs parted by line ends.
    pub text: String,
    /// The clauses below it.
    pub children: Vec<Clause>,
}

/// A legal act that is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Nghị định, Quyết định …
    pub kind: String,
    /// `61/2018/NĐ-CP`
    pub number: String,
    /// `2018-04-23`
    pub date: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The clauses that cite it.
    pub cited_in: Vec<String>,
}

/// Something that must be talked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// Where it is asked.
    pub clause: String,
    /// In the document's words.
    pub label: String,
}

/// A kind of channel that the plan names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Where it is asked.
    pub clause: String,
    /// Which kind.
    pub kind: ChannelKind,
    /// In the document's words.
    pub label: String,
}

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

/// What a clause asks of units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Where it is asked.
    pub clause: String,
    /// Of whom.
    pub units: Vec<DutyUnit>,
    /// What.
    pub text: String,
    /// How often.
    pub cadence: Cadence,
    /// Until when, if the clause says so.
    pub due: Option<String>,
}

/// A unit as the plan names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyUnit {
    /// As printed.
    pub name: String,
    /// What it is to do.
    pub role: UnitRole,
}

/// What a unit is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitRole {
    /// Chủ trì, or named by the heading.
    Lead,
    /// Phối hợp
    Support,
    /// Đề nghị
    Asked,
    /// Giao, chỉ đạo
    Assigned,
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// Thường xuyên, or nothing said.
    Ongoing,
    /// Hằng ngày
    Daily,
    /// Hằng tháng
    Monthly,
    /// Hằng quý
    Quarterly,
    /// 6 tháng
    HalfYearly,
    /// Hằng năm
    Yearly,
    /// Một lần
    Once,
}

/// A report that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Where it is asked.
    pub clause: String,
    /// To whom.
    pub to: Option<String>,
    /// `10-01`: month and day.
    pub due: String,
    /// Whether that day itself still counts: 'trước ngày' says no.
    pub inclusive: bool,
    /// How often.
    pub cadence: Cadence,
}

/// Something a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Where, from 1.
    pub line: usize,
    /// What, in Vietnamese.
    pub message: String,
}

impl Reading {
    /// Every clause, in the document's order.
    pub fn walk(&self) -> impl Iterator<Item = &Clause> {
        let mut open: Vec<&Clause> = self.clauses.iter().rev().collect();
        std::iter::from_fn(move || {
            let clause = open.pop()?;
            open.extend(clause.children.iter().rev());
            Some(clause)
        })
    }
}

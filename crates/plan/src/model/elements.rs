//! What a document asks for, each with the clause that proves it.

use serde::{Deserialize, Serialize};

use super::ChannelKind;

/// A legal act that is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Nghị định, Quyết định …
    pub kind: String,
    /// `61/2018/NĐ-CP`. A law that is cited without a number is known by its name, as printed:
    /// `Luật Bảo vệ bí mật nhà nước`.
    pub number: String,
    /// `2018-04-23`, or as much of it as is printed: `2018`, `04-23`.
    pub date: Option<String>,
    /// Who issued it: as printed, else by its notation.
    pub issuer: Option<String>,
    /// What it is about, if the document says so.
    #[serde(default)]
    pub title: Option<String>,
    /// The clauses that cite it; none when the title alone does.
    pub cited_in: Vec<String>,
}

/// Something that must be talked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// Where it is asked.
    pub clause: String,
    /// In the document's words.
    pub label: String,
    /// How sure the rule is, in percent; a person decides.
    #[serde(default)]
    pub confidence: u8,
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
    /// How sure the rule is, in percent; a person decides.
    #[serde(default)]
    pub confidence: u8,
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
    /// Until when, if the clause says so, as much as is printed: `2026-06-30`, `2026-06`,
    /// `2026-Q2`, `2026`; `12-31` for a day of every year, `*-15` for a day of every month. Of a
    /// stretch of time it is the end. 'Trước ngày' names the day behind the last one.
    pub due: Option<String>,
    /// What must lie on the table in the end: 'Báo cáo', 'Quyết định của UBND tỉnh'.
    #[serde(default)]
    pub product: Option<String>,
    /// Who pays, as a table of tasks says.
    #[serde(default)]
    pub budget: Option<String>,
    /// The row of a table of tasks, as its first column counts; none for a duty of running text.
    #[serde(default)]
    pub row: Option<String>,
    /// The group of rows it stands in: 'I. Công tác tuyên truyền'.
    #[serde(default)]
    pub group: Option<String>,
    /// How sure the rule is, in percent; a person decides.
    #[serde(default)]
    pub confidence: u8,
}

/// A unit as the plan names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyUnit {
    /// As printed, without a note in brackets. What one head deals out, is dealt out: 'UBND các
    /// phường: Ba Đình, Cửa Nam' gives 'UBND phường Ba Đình' and 'UBND phường Cửa Nam'.
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
    /// Hằng tháng; hằng tuần as well, so that nothing is owed more often than is asked
    Monthly,
    /// Hằng quý
    Quarterly,
    /// 6 tháng
    HalfYearly,
    /// Hằng năm
    Yearly,
    /// Một lần, or a date that does not come again
    Once,
}

/// A report that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Where it is asked.
    pub clause: String,
    /// To whom.
    pub to: Option<String>,
    /// `10-01`: month and day. `*-20` is the 20th of every month, `Q-25` the 25th of the last
    /// month of every quarter, `Q+05` the 5th of the month behind it.
    pub due: String,
    /// Whether that day itself still counts: 'trước ngày' says no.
    pub inclusive: bool,
    /// How often.
    pub cadence: Cadence,
    /// How sure the rule is, in percent; a person decides.
    #[serde(default)]
    pub confidence: u8,
}

/// Whom the plan wants to reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Where they are named.
    pub clause: String,
    /// In the document's words.
    pub label: String,
    /// How sure the rule is, in percent; a person decides.
    #[serde(default)]
    pub confidence: u8,
}

/// What the plan says of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyRule {
    /// Where.
    pub clause: String,
    /// In the document's words.
    pub text: String,
    /// In đồng, if an amount is named.
    pub amount: Option<u64>,
    /// How sure the rule is, in percent; a person decides.
    #[serde(default)]
    pub confidence: u8,
}

/// A day by which something is to be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Where.
    pub clause: String,
    /// What, in the document's words.
    pub label: String,
    /// `2026-09-11`, or as much as is printed: `2026-Q2`, `2026-09`, `2026`.
    pub from: Option<String>,
    /// The same for the end.
    pub to: Option<String>,
    /// How sure the rule is, in percent; a person decides.
    #[serde(default)]
    pub confidence: u8,
}

/// How the document stands to another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// Where it says so.
    pub clause: String,
    /// How.
    pub kind: RelationKind,
    /// The other document's number, or its title when it has none.
    pub act: String,
    /// How sure the rule is, in percent; a person decides.
    #[serde(default)]
    pub confidence: u8,
}

/// How a document stands to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// Thực hiện, triển khai
    Implements,
    /// Sửa đổi, bổ sung, điều chỉnh
    Amends,
    /// Thay thế, bãi bỏ
    Supersedes,
    /// Carries out a longer plan for one year of it
    Yearly,
}

//! How sure a rule is, in percent. A person decides; this says where to look first.

/// The document says it with the very word: 'Đơn vị chủ trì: …', the column 'Thời hạn', a number
/// behind 'Kế hoạch số'.
pub const SAID: u8 = 95;

/// It stands below a heading that says what it is: a bullet below 'Nội dung tuyên truyền', below
/// a unit's name in 'Tổ chức thực hiện'.
pub const HEADED: u8 = 90;

/// The usual way to say it, without the word: 'báo cáo về … trước ngày …', 'Giao Sở Nội vụ …'.
pub const USUAL: u8 = 80;

/// Inferred from what stands around it: a sentence that begins with a unit, a list under a
/// heading that names no theme.
pub const INFERRED: u8 = 65;

/// No more than likely: a name that begins with no word for a body, 'báo chí' for papers.
pub const LIKELY: u8 = 50;

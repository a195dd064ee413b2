//! What an attribute `style` says of how text is seen.

/// What is read of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Style {
    /// In bold, or not.
    pub bold: Option<bool>,
    /// In capitals, or as typed.
    pub capitals: Option<bool>,
    /// Not to be seen.
    pub hidden: bool,
    /// Where a page begins.
    pub page: Page,
    /// Its blanks and lines are as typed.
    pub as_typed: bool,
    /// How lists in it are marked.
    pub list: Option<String>,
    /// Whether it is the marker that Word wrote for programs that know no lists.
    pub marker: bool,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page {
    /// Before it.
    pub before: bool,
    /// Behind it.
    pub after: bool,
}

impl Style {
    /// Reads declarations such as `font-weight: bold; display: none`.
    pub fn read(text: &str) -> Self {
        let mut style = Self::default();
        let declarations = text.split(';').filter_map(|one| one.split_once(':'));
        for (name, value) in declarations {
            let name = name.trim().to_ascii_lowercase();
            let value = value.trim().trim_end_matches("!important").trim();
            let lower = value.to_ascii_lowercase();
            match name.as_str() {
                "font-weight" => {
                    let heavy = lower.parse::<u32>().is_ok_and(|weight| weight >= 600);
                    style.bold = Some(heavy || lower.starts_with("bold"));
                }
                "text-transform" => style.capitals = Some(lower == "uppercase"),
                "display" => style.hidden |= lower == "none",
                "visibility" => style.hidden |= matches!(lower.as_str(), "hidden" | "collapse"),
                "mso-hide" => style.hidden |= lower == "all",
                "page-break-before" | "break-before" => style.page.before |= is_page(&lower),
                "page-break-after" | "break-after" => style.page.after |= is_page(&lower),
                "white-space" => style.as_typed = lower.starts_with("pre"),
                "list-style-type" | "list-style" => style.list = Some(value.to_owned()),
                "mso-list" => style.marker |= lower == "ignore",
                _ => {}
            }
        }
        style
    }
}

fn is_page(value: &str) -> bool {
    matches!(value, "always" | "page" | "left" | "right")
}

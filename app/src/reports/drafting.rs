//! The first draft of a report's text: only what the plan says and what was counted.

use loa_plan::ChannelKind;

use super::codes::Code;
use super::content::Content;
use super::narrative::{Chapter, Narrative};
use crate::web::Lang;

/// Official documents are in Vietnamese, whoever draws them up.
const LANG: Lang = Lang::Vi;

/// Sentences made from the figures. Figures stand in them by their codes.
pub(super) fn prefill(content: &Content) -> Narrative {
    let proven = content.value(Code::Total) > 0;
    let choose = |some: &'static str, none: &'static str| if proven { some } else { none };
    let values = [("total", content.themes.to_string())];
    let text = |name: &str| LANG.with(name, &values);
    let limits = limits(content);
    Narrative {
        direction: text(choose(
            "reports-draft-direction",
            "reports-draft-direction-none",
        )),
        content: text(choose(
            "reports-draft-content",
            "reports-draft-content-none",
        )),
        forms: if content.value(Code::Channel(ChannelKind::Loudspeaker)) > 0 {
            text("reports-draft-forms-air")
        } else {
            text(choose("reports-draft-forms", "reports-draft-forms-none"))
        },
        budget: text("reports-draft-budget"),
        next: text(if limits.is_empty() {
            "reports-draft-next-whole"
        } else {
            "reports-draft-next"
        }),
        limits: if limits.is_empty() {
            text("reports-draft-limits-none")
        } else {
            limits
        },
        proposals: String::new(),
    }
}

/// Puts new sentences where nobody wrote anything of their own: a chapter that still says what the
/// old figures made it say.
pub(super) fn refresh(narrative: &Narrative, old: &Content, new: &Content) -> Narrative {
    let (was, is) = (prefill(old), prefill(new));
    let mut fresh = narrative.clone();
    for chapter in Chapter::ALL {
        if narrative.of(chapter) == was.of(chapter) {
            is.of(chapter).clone_into(fresh.of_mut(chapter));
        }
    }
    fresh
}

/// 'Kế hoạch thông tin, tuyên truyền …', whether its title begins so or not.
pub(super) fn plan_name(title: &str) -> String {
    const KIND: &str = "Kế hoạch";
    if title.to_lowercase().starts_with(&KIND.to_lowercase()) {
        return title.to_owned();
    }
    let mut letters = title.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    format!("{KIND} {}", first.chain(letters).collect::<String>())
}

/// Of which themes and channels nothing was proven.
fn limits(content: &Content) -> String {
    let silent = content.figures.iter().filter(|figure| figure.value == 0);
    let (mut themes, mut channels) = (Vec::new(), Vec::new());
    for figure in silent {
        match figure.code() {
            Some(Code::Theme(_)) => themes.push(figure.name.clone()),
            Some(Code::Channel(kind)) => {
                let name = LANG.t(&format!("outlets-kind-{}", kind.name()));
                channels.push(name.to_lowercase());
            }
            _ => {}
        }
    }
    let mut lines = Vec::new();
    if !themes.is_empty() {
        lines.push(LANG.tv("reports-draft-limits-themes", themes.join("; ")));
    }
    if !channels.is_empty() {
        lines.push(LANG.tv("reports-draft-limits-channels", channels.join(", ")));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::plan_name;

    #[test]
    fn a_plan_is_named_as_a_plan() {
        let name = "Kế hoạch thông tin, tuyên truyền";
        assert_eq!(plan_name("Thông tin, tuyên truyền"), name);
        assert_eq!(plan_name(name), name);
        assert_eq!(plan_name("KẾ HOẠCH NHỎ"), "KẾ HOẠCH NHỎ");
    }
}

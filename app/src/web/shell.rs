//! What every page of an officer has around it.

use super::assets;
use super::locale::Lang;
use super::visitor::Visitor;
use crate::accounts::Person;

/// The frame of a page: language, person, token against forged forms, where we are.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The language of the page.
    pub lang: Lang,
    /// Who is signed in.
    pub person: Option<Person>,
    /// Goes into every form.
    pub csrf: String,
    /// The path of this page.
    pub path: String,
    /// Said once on top of the page, after an action: the name of a text.
    pub notice: Option<String>,
}

impl Shell {
    /// The frame for a visitor.
    pub fn of(visitor: &Visitor) -> Self {
        Self {
            lang: visitor.lang,
            person: visitor.person.clone(),
            csrf: visitor.csrf.clone(),
            path: visitor.path.clone(),
            notice: visitor.notice.clone(),
        }
    }

    /// A text by its name.
    pub fn t(&self, name: &str) -> String {
        self.lang.t(name)
    }

    /// A text with one value in it.
    pub fn tv(&self, name: &str, value: impl std::fmt::Display) -> String {
        self.lang.tv(name, value)
    }

    /// A reason: a text of ours by its name, which begins with `deliveries-`, or the other side's words.
    pub fn said(&self, text: &str) -> String {
        if text.starts_with("deliveries-") {
            self.t(text)
        } else {
            text.to_owned()
        }
    }

    /// The URL of a built asset, such as `app.css`.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::url(name)
    }

    /// Whether a link of the menu leads to where we are.
    pub fn here(&self, prefix: &str) -> bool {
        self.path == prefix || self.path.starts_with(&format!("{prefix}/"))
    }

    /// The main menu: path and name of a text.
    pub fn menu(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("/home", "nav-home"),
            ("/plans", "nav-plans"),
            ("/duties", "nav-duties"),
            ("/stories", "nav-stories"),
            ("/deliveries", "nav-deliveries"),
            ("/speakers", "nav-speakers"),
            ("/coverage", "nav-coverage"),
            ("/reports", "nav-reports"),
            ("/units", "nav-units"),
        ]
    }

    /// The other language, for the link in the head.
    pub fn other(&self) -> Lang {
        if self.lang == Lang::Vi {
            Lang::En
        } else {
            Lang::Vi
        }
    }
}

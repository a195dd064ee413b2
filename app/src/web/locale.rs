//! Vietnamese first, English one click away. Texts live in `app/locales`.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};

use crate::clock::local;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "vi",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A value, however many references a template put before it.
pub trait Plain<T> {
    /// The value itself.
    fn plain(&self) -> T;
}

macro_rules! plain {
    ($($kind:ty),*) => {$(
        impl Plain<$kind> for $kind {
            fn plain(&self) -> $kind {
                *self
            }
        }
    )*};
}
plain!(i64, NaiveDate, DateTime<Utc>);

impl<T, P: Plain<T> + ?Sized> Plain<T> for &P {
    fn plain(&self) -> T {
        (**self).plain()
    }
}

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Tiếng Việt
    #[default]
    Vi,
    /// English
    En,
}

impl Lang {
    /// From its code; anything but English is Vietnamese.
    pub fn parse(code: &str) -> Self {
        if code == "en" { Self::En } else { Self::Vi }
    }

    /// The code for `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// A text by its name.
    pub fn t(self, name: &str) -> String {
        LOCALES.lookup(&self.identifier(), name)
    }

    /// A text with one value in it, named `value`.
    pub fn tv(self, name: &str, value: impl std::fmt::Display) -> String {
        self.with(name, &[("value", value.to_string())])
    }

    /// A text with several named values.
    pub fn with(self, name: &str, values: &[(&'static str, String)]) -> String {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> = values
            .iter()
            .map(|(key, value)| (Cow::Borrowed(*key), FluentValue::from(value.as_str())))
            .collect();
        LOCALES.lookup_with_args(&self.identifier(), name, &values)
    }

    /// A day: 24/11/2026.
    pub fn day(self, day: impl Plain<NaiveDate>) -> String {
        day.plain()
            .format(if self == Self::Vi {
                "%d/%m/%Y"
            } else {
                "%-d %b %Y"
            })
            .to_string()
    }

    /// An instant, in Vietnam's time: 24/11/2026 13:05.
    pub fn time(self, at: impl Plain<DateTime<Utc>>) -> String {
        let format = if self == Self::Vi {
            "%H:%M %d/%m/%Y"
        } else {
            "%-d %b %Y %H:%M"
        };
        local(at.plain()).format(format).to_string()
    }

    /// The time of the day alone, in Vietnam.
    pub fn clock(self, at: impl Plain<DateTime<Utc>>) -> String {
        local(at.plain()).format("%H:%M").to_string()
    }

    /// A length of time: 1 phút 20 giây.
    pub fn length(self, seconds: impl Plain<i64>) -> String {
        let seconds = seconds.plain();
        match (seconds / 60, seconds % 60) {
            (0, rest) => self.tv("length-seconds", rest),
            (minutes, 0) => self.tv("length-minutes", minutes),
            (minutes, rest) => format!(
                "{} {}",
                self.tv("length-minutes", minutes),
                self.tv("length-seconds", rest)
            ),
        }
    }

    /// A whole number with its groups: 1.234 in Vietnamese, 1,234 in English.
    pub fn number(self, number: impl Plain<i64>) -> String {
        let number = number.plain();
        let digits = number.unsigned_abs().to_string();
        let mut grouped = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(if self == Self::Vi { '.' } else { ',' });
            }
            grouped.push(digit);
        }
        if number < 0 {
            format!("-{grouped}")
        } else {
            grouped
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        self.code().parse().expect("a language code of ours")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_lengths_are_written_as_the_language_does() {
        assert_eq!(Lang::Vi.number(1_234_567), "1.234.567");
        assert_eq!(Lang::En.number(-1234), "-1,234");
        assert_eq!(Lang::Vi.length(80), "1 phút 20 giây");
    }
}

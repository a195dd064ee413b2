//! What a warning says, in the language that people here speak.

use chrono::{DateTime, TimeDelta, Utc};
use loa_cap::{Alert, Info, MessageType, Status};

/// A warning that does not say until when it holds, holds so long.
const DAY: TimeDelta = TimeDelta::hours(24);

/// What it says in Vietnamese; in its first language when there is no Vietnamese.
pub(super) fn infos(alert: &Alert) -> Vec<&Info> {
    let speaks = |language: &str| {
        let all = alert.infos.iter();
        all.filter(|info| primary(&info.language) == language)
            .collect::<Vec<_>>()
    };
    let here = speaks("vi");
    match alert.infos.first() {
        Some(first) if here.is_empty() => speaks(&primary(&first.language)),
        _ => here,
    }
}

fn primary(language: &str) -> String {
    let first = language.split('-').next().unwrap_or_default();
    first.to_ascii_lowercase()
}

/// Its one sentence.
pub(super) fn title(info: &Info) -> &str {
    info.headline.as_deref().unwrap_or(&info.event)
}

/// What is read after it: what happens, and what to do.
pub(super) fn text(info: &Info) -> String {
    let parts = [info.description.as_deref(), info.instruction.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        info.event.clone()
    } else {
        parts.join("\n\n")
    }
}

/// Until when it holds: the latest of what it says.
pub(super) fn until(alert: &Alert) -> DateTime<Utc> {
    let ends = alert.infos.iter().filter_map(|info| info.expires).max();
    ends.map_or(alert.sent.to_utc() + DAY, |end| end.to_utc())
}

/// What it is, as the store has it; nothing for what warns nobody and ends nothing.
pub(super) fn kind(alert: &Alert) -> Option<&'static str> {
    Some(match (alert.status, &alert.message) {
        (_, MessageType::Ack(_) | MessageType::Error(_)) | (Status::System | Status::Draft, _) => {
            return None;
        }
        (Status::Exercise | Status::Test, _) => "exercise",
        (Status::Actual, MessageType::Alert) => "alert",
        (Status::Actual, MessageType::Update(_)) => "update",
        (Status::Actual, MessageType::Cancel(_)) => "cancel",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALERT: &str = r#"<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>1</identifier><sender>a</sender><sent>2026-11-27T05:00:00+07:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><language>en-US</language><category>Met</category><event>Flood</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty><expires>2026-11-27T06:00:00+07:00</expires></info><info><language>VI</language><category>Met</category><event>Lũ</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty><headline>Lũ quét</headline><instruction>Rời nhà.</instruction></info></alert>"#;

    #[test]
    fn vietnamese_is_what_is_said_here() {
        let alert = Alert::from_xml(ALERT.as_bytes()).unwrap();
        let [info] = infos(&alert)[..] else { panic!() };
        assert_eq!((title(info), text(info).as_str()), ("Lũ quét", "Rời nhà."));
        assert_eq!(until(&alert).to_rfc3339(), "2026-11-26T23:00:00+00:00");
        assert_eq!(kind(&alert), Some("alert"));
        let english = ALERT.replace("<language>VI<", "<language>fr<");
        let alert = Alert::from_xml(english.as_bytes()).unwrap();
        let [info] = infos(&alert)[..] else { panic!() };
        assert_eq!((title(info), text(info).as_str()), ("Flood", "Flood"));
    }
}

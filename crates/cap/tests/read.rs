//! Warnings of others: what is read, and what is refused with what and where.

use chrono::{DateTime, FixedOffset, Timelike};
use loa_cap::{
    Alert, Area, Category, Certainty, Info, MessageType, Problem, Reference, Resource, Severity,
    Status, Urgency,
};
use proptest::prelude::*;

const FLOOD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- a warning of our own making -->
<c:alert xmlns:c="urn:oasis:names:tc:emergency:cap:1.2">
  <c:identifier>KTTV-2026-118</c:identifier>
  <c:sender>canhbao@kttv.example.vn</c:sender>
  <c:sent>2026-11-27T05:00:00+07:00</c:sent>
  <c:status>Actual</c:status>
  <c:msgType>Update</c:msgType>
  <c:scope>Public</c:scope>
  <c:references>canhbao@kttv.example.vn,KTTV-2026-117,2026-11-27T02:00:00+07:00</c:references>
  <c:info>
    <c:language>vi-VN</c:language>
    <c:category>Met</c:category>
    <c:event>Lũ quét</c:event>
    <c:responseType>Evacuate</c:responseType>
    <c:urgency>Immediate</c:urgency>
    <c:severity>Severe</c:severity>
    <c:certainty>Likely</c:certainty>
    <c:onset>2026-11-27T06:00:00+07:00</c:onset>
    <c:expires>2026-11-27T12:00:00+07:00</c:expires>
    <c:headline>Lũ quét &amp; sạt lở</c:headline>
    <c:instruction><![CDATA[Rời nhà < 30 phút]]><!-- x -->&#33;</c:instruction>
    <c:parameter><c:valueName>mm</c:valueName><c:value>180</c:value></c:parameter>
    <c:area>
      <c:areaDesc>xã Thanh Hà</c:areaDesc>
      <c:polygon>20.5,105.9 20.6,105.9
        20.6,106.0 20.5,105.9</c:polygon>
      <c:circle>20.54,105.91 3.5</c:circle>
      <c:geocode><c:valueName>DVHC</c:valueName><c:value>13285</c:value></c:geocode>
    </c:area>
  </c:info>
  <s:Signature xmlns:s="http://www.w3.org/2000/09/xmldsig#"><s:SignedInfo/></s:Signature>
</c:alert>
"#;

fn problem(document: &str) -> (usize, Problem) {
    let refused = Alert::from_xml(document.as_bytes()).unwrap_err();
    (refused.line, refused.problem)
}

/// What is wrong with the flood's warning once `old` is `new`.
fn changed(old: &str, new: &str) -> (usize, Problem) {
    assert!(FLOOD.contains(old), "{old}");
    problem(&FLOOD.replacen(old, new, 1))
}

#[test]
fn all_that_matters_is_read() {
    let alert = Alert::from_xml(FLOOD.as_bytes()).unwrap();
    assert_eq!(alert.identifier, "KTTV-2026-118");
    assert_eq!(alert.status, Status::Actual);
    let MessageType::Update(others) = &alert.message else {
        panic!("{:?}", alert.message);
    };
    assert_eq!(others[0].identifier, "KTTV-2026-117");
    let info = &alert.infos[0];
    assert_eq!(info.headline.as_deref(), Some("Lũ quét & sạt lở"));
    assert_eq!(info.instruction.as_deref(), Some("Rời nhà < 30 phút!"));
    assert_eq!(
        (info.urgency, info.severity),
        (Urgency::Immediate, Severity::Severe)
    );
    assert!(info.onset.is_some() && info.effective.is_none());
    let area = &info.areas[0];
    assert_eq!(
        area.polygons,
        ["20.5,105.9 20.6,105.9 20.6,106.0 20.5,105.9"]
    );
    assert_eq!(area.circles, ["20.54,105.91 3.5"]);
    assert_eq!(area.codes, [("DVHC".to_owned(), "13285".to_owned())]);
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    let value = |name: &str| Problem::Value(name.into());
    let unexpected = |name: &str| Problem::Unexpected(name.into());
    let sent = "2026-11-27T05:00:00+07:00";
    assert_eq!(changed(sent, "2026-11-26T22:00:00Z"), (6, value("sent")));
    assert_eq!(
        changed(sent, "2026-11-27T05:00:00.5+07:00"),
        (6, value("sent"))
    );
    assert_eq!(changed(">Actual<", ">actual<"), (7, value("status")));
    assert_eq!(changed(">Public<", ">Private<"), (9, value("scope")));
    assert_eq!(
        changed("KTTV-2026-118", "KTTV 118"),
        (4, value("identifier"))
    );
    assert_eq!(changed("KTTV-2026-117,", ""), (10, value("references")));
    assert_eq!(changed("3.5<", "-1<"), (28, value("circle")));
    assert_eq!(changed("3.5<", "NaN<"), (28, value("circle")));
    assert_eq!(
        changed("20.5,105.9 20.6", "95,105.9 20.6"),
        (26, value("polygon"))
    );
    assert_eq!(
        changed("<c:category>Met</c:category>", "").1,
        Problem::Missing("category")
    );
    assert_eq!(
        changed("<c:scope>", "<c:status>Test</c:status><c:scope>"),
        (9, unexpected("status"))
    );
    assert_eq!(
        changed("<c:event>", "<event/><c:event>"),
        (14, unexpected("event"))
    );
    assert_eq!(changed("cap:1.2", "cap:1.1"), (3, Problem::NotAlert));
}

#[test]
fn what_is_no_plain_document_is_refused() {
    let declared = "<!DOCTYPE a [<!ENTITY e \"x\">]><c:alert ";
    assert_eq!(changed("<c:alert ", declared).1, Problem::NotAllowed);
    assert_eq!(changed("Lũ quét<", "&e;<").1, Problem::NotAllowed);
    assert_eq!(
        changed("<c:alert ", "<?run it?><c:alert ").1,
        Problem::NotAllowed
    );
    assert_eq!(changed("Lũ quét<", "&#1;<").1, Problem::NotXml);
    assert_eq!(changed("</c:alert>", "").1, Problem::NotXml);
    assert_eq!(problem(&format!("{FLOOD}<b/>")).1, Problem::NotAlert);
    assert_eq!(problem(&format!("{FLOOD}more")).1, Problem::NotXml);
    assert_eq!(problem("").1, Problem::NotXml);
    let deep = "<s:a>".repeat(100);
    assert_eq!(changed("<s:SignedInfo/>", &deep).1, Problem::TooLarge);
    let long = "x".repeat(1 << 20);
    assert_eq!(
        changed("Lũ quét<", &format!("{long}<")),
        (1, Problem::TooLarge)
    );
}

fn at() -> impl Strategy<Value = DateTime<FixedOffset>> {
    (0_i64..4_000_000_000, -12_i32..=14).prop_map(|(second, hours)| {
        let zone = FixedOffset::east_opt(hours * 3600).unwrap();
        let at = DateTime::from_timestamp(second, 0).unwrap();
        at.with_timezone(&zone).with_nanosecond(0).unwrap()
    })
}

fn words() -> impl Strategy<Value = String> {
    "[a-zđĐàƯ<&>'\"\\]]([ a-zễ<&>'\"\\]]{0,12}[a-z<&>'\"\\]])?"
}

prop_compose! {
    fn info()(
        event in words(), headline in proptest::option::of(words()),
        instruction in proptest::option::of(words()), onset in proptest::option::of(at()),
        place in words(), code in words(), size in proptest::option::of(any::<u64>()),
    ) -> Info {
        Info {
            language: "vi-VN".into(),
            categories: vec![Category::Met, Category::Cbrne],
            event, urgency: Urgency::Future, severity: Severity::Minor,
            certainty: Certainty::Possible, effective: None, onset, expires: onset,
            sender_name: None, headline, description: instruction.clone(), instruction, web: None,
            resources: vec![Resource {
                description: place.clone(), media_type: "audio/mpeg".into(), size, uri: None,
            }],
            areas: vec![Area {
                description: place, polygons: Vec::new(), circles: vec!["-1.5,2 0".into()],
                codes: vec![("DVHC".into(), code)],
            }],
        }
    }
}

prop_compose! {
    fn alert()(
        identifier in "[a-z0-9>đ-]{1,20}", sent in at(), kind in 0..5,
        infos in proptest::collection::vec(info(), 0..3),
    ) -> Alert {
        let others = vec![Reference { sender: "a".into(), identifier: identifier.clone(), sent }];
        let message = match kind {
            0 => MessageType::Alert,
            1 => MessageType::Update(others),
            2 => MessageType::Cancel(others),
            3 => MessageType::Ack(others),
            _ => MessageType::Error(others),
        };
        Alert {
            identifier, sender: "loa.example.vn".into(), sent, status: Status::Draft, message, infos,
        }
    }
}

proptest! {
    #[test]
    fn what_was_written_is_read(alert in alert()) {
        prop_assert_eq!(Alert::from_xml(alert.to_xml().as_bytes()), Ok(alert));
    }

    #[test]
    fn no_document_stops_the_reader(
        from in 0..FLOOD.len(), gone in 0..40_usize,
        put in proptest::collection::vec(any::<u8>(), 0..8),
    ) {
        let mut bytes = FLOOD.as_bytes().to_vec();
        let until = (from + gone).min(bytes.len());
        bytes.splice(from..until, put);
        // Whatever is read can be written and read again.
        if let Ok(alert) = Alert::from_xml(&bytes) {
            prop_assert_eq!(Alert::from_xml(alert.to_xml().as_bytes()), Ok(alert));
        }
    }
}

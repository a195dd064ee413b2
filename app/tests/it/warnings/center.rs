//! A body that warns: it has a key of its own and signs as others do, with `xmlsec1`.

use std::process::{Command, Stdio};

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use loa_cap::{
    Alert, Area, Category, Certainty, Info, MessageType, Reference, Severity, Status, Urgency,
};
use tempfile::TempDir;

/// How its warnings name it.
pub const SENDER: &str = "canhbao@kttv.example.vn";
/// What it calls the official codes of units.
pub const LIST: &str = "DVHC";

const TEMPLATE: &str = r#"<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/><Reference URI=""><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue/></Reference></SignedInfo><SignatureValue/><KeyInfo><X509Data/></KeyInfo></Signature>"#;

/// A body that warns.
pub struct Center {
    folder: TempDir,
    /// PEM, as it hands it over.
    pub certificate: String,
}

impl Center {
    /// With a key of its own.
    pub fn new() -> Self {
        let made = rcgen::generate_simple_self_signed(["kttv.example.vn".to_owned()]);
        let made = made.expect("a certificate");
        let folder = TempDir::new().expect("a scratch folder");
        let certificate = made.cert.pem();
        std::fs::write(folder.path().join("cert.pem"), &certificate).expect("written");
        let key = made.signing_key.serialize_pem();
        std::fs::write(folder.path().join("key.pem"), key).expect("written");
        Self {
            folder,
            certificate,
        }
    }

    /// A warning as a signed document.
    pub fn sign(&self, alert: &Alert) -> Vec<u8> {
        let document = alert.to_xml();
        let document = document.replace("</alert>", &format!("{TEMPLATE}</alert>"));
        let path = self.folder.path().join("template.xml");
        std::fs::write(&path, document).expect("written");
        let key = self.folder.path().join("key.pem");
        let certificate = self.folder.path().join("cert.pem");
        let done = Command::new("xmlsec1")
            .arg("--sign")
            .arg("--privkey-pem")
            .arg(format!("{},{}", key.display(), certificate.display()))
            .arg(&path)
            .stderr(Stdio::inherit())
            .output()
            .expect("xmlsec1 is installed");
        assert!(done.status.success());
        done.stdout
    }
}

/// A flood in Phường Một, now and for three hours.
pub fn flood(identifier: &str, now: DateTime<Utc>) -> Alert {
    let here = FixedOffset::east_opt(7 * 3600).expect("a zone");
    let sent = now.with_timezone(&here);
    Alert {
        identifier: identifier.into(),
        sender: SENDER.into(),
        sent,
        status: Status::Actual,
        message: MessageType::Alert,
        infos: vec![Info {
            language: "vi-VN".into(),
            categories: vec![Category::Met],
            event: "Lũ".into(),
            urgency: Urgency::Immediate,
            severity: Severity::Severe,
            certainty: Certainty::Observed,
            effective: None,
            onset: None,
            expires: Some(sent + TimeDelta::hours(3)),
            sender_name: None,
            headline: Some("Lũ trên sông Đáy lên nhanh".into()),
            description: Some("Mực nước vượt báo động ba.".into()),
            instruction: Some("Bà con ngoài đê di dời ngay.".into()),
            web: None,
            resources: Vec::new(),
            areas: vec![place("Phường Một", "1")],
        }],
    }
}

/// A place by its official code.
pub fn place(description: &str, code: &str) -> Area {
    Area {
        description: description.into(),
        polygons: Vec::new(),
        circles: Vec::new(),
        codes: vec![(LIST.into(), code.into())],
    }
}

/// It takes another back.
pub fn cancel(identifier: &str, other: &Alert) -> Alert {
    Alert {
        identifier: identifier.into(),
        message: MessageType::Cancel(vec![reference(other)]),
        infos: Vec::new(),
        ..other.clone()
    }
}

/// Another message, as one refers to it.
pub fn reference(other: &Alert) -> Reference {
    Reference {
        sender: other.sender.clone(),
        identifier: other.identifier.clone(),
        sent: other.sent,
    }
}

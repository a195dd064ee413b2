//! The points, in the order in which they are tried.

use chrono::TimeDelta;
use loa_air::{
    Acknowledged, Enrolment, Expected, Manifest, Reason, Refusal, Signed, State, Status, What,
    sign_refusal, sign_status, verify_manifest, verify_orders,
};
use sha2::{Digest, Sha256};

use super::probe::{Answer, Probe, Signing};
use super::{Found, line};

type Check = fn(&mut Probe, &str) -> Result<Found, String>;

/// Name, what is asked, and how it is tried.
pub(super) const ALL: &[(&str, &str, Check)] = &[
    (
        "enrolment",
        "a code is answered with area, id and the server's key",
        enrolment,
    ),
    (
        "code-works-once",
        "a code that was used is refused, with a problem document",
        code_once,
    ),
    ("time", "every answer carries loa-time", time),
    (
        "unsigned",
        "a request without a signature is answered 401, with loa-time",
        unsigned,
    ),
    (
        "other-path",
        "a signature over another path is answered 401",
        other_path,
    ),
    ("nonce", "a nonce that was seen is answered 401", nonce),
    (
        "clock",
        "a time 20 minutes off is answered 401, with loa-time",
        clock,
    ),
    (
        "manifest",
        "the manifest is signed, of the area, current, and its ETag is its version",
        manifest,
    ),
    (
        "unchanged",
        "a version that is held is answered 304",
        unchanged,
    ),
    (
        "other-area",
        "the manifest of another area is answered 404",
        other_area,
    ),
    (
        "unknown-sound",
        "a sound that nobody asked for is answered 404",
        unknown_sound,
    ),
    (
        "sounds",
        "each sound of the manifest has its size and hash, resumes by Range, ends with 416",
        sounds,
    ),
    (
        "no-receipts",
        "an empty list of receipts is acknowledged",
        no_receipts,
    ),
    (
        "malformed",
        "what cannot be read is refused with a problem document",
        malformed,
    ),
    (
        "refusal",
        "a refusal is acknowledged, and again when it comes again",
        refusal,
    ),
    (
        "foreign-statement",
        "what another key signed is not acknowledged",
        foreign,
    ),
    ("status", "a status is answered 204", status),
    (
        "orders",
        "orders are signed for this speaker and have their version for an ETag, or there are none",
        orders,
    ),
    (
        "broker",
        "where the broker is, is signed for this speaker, or there is none",
        line::access,
    ),
    (
        "broker-own",
        "the broker lets the speaker in, and grants its four topics",
        line::own,
    ),
    (
        "broker-stranger",
        "it lets nobody in who has the speaker's name and not its key or password",
        line::stranger,
    ),
    (
        "broker-others",
        "it grants nothing of another area or speaker",
        line::others,
    ),
];

fn held(holds: bool, why: impl FnOnce() -> String) -> Found {
    if holds {
        Found::Ok
    } else {
        Found::Wrong(why())
    }
}

fn answered(answer: &Answer, status: u16) -> Found {
    held(answer.status == status, || {
        format!("answered {}", answer.status)
    })
}

fn enrol(probe: &mut Probe, code: &str, key: &str) -> Result<Answer, String> {
    let enrolment = Enrolment {
        code: code.to_owned(),
        name: "loa-speaker conform".to_owned(),
        public_key: key.to_owned(),
    };
    let body = serde_json::to_vec(&enrolment).map_err(|error| error.to_string())?;
    probe.ask("POST", "/air/v1/enrolment", &body, &Signing::None, &[])
}

fn enrolment(probe: &mut Probe, code: &str) -> Result<Found, String> {
    let key = probe.key.public().text();
    let answer = enrol(probe, code, &key)?;
    if answer.status != 200 {
        let said = String::from_utf8_lossy(&answer.body)
            .chars()
            .take(200)
            .collect::<String>();
        return Ok(Found::Wrong(format!("answered {}: {said}", answer.status)));
    }
    probe.enrolled = Some(answer.json()?);
    probe.server_key()?;
    Ok(Found::Ok)
}

fn code_once(probe: &mut Probe, code: &str) -> Result<Found, String> {
    let other = probe.other_key().public().text();
    let answer = enrol(probe, code, &other)?;
    let refused = (400..500).contains(&answer.status) && answer.is_problem();
    Ok(held(refused, || format!("answered {}", answer.status)))
}

fn time(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let answer = probe.get("/air/v1/orders")?;
    let told = answer
        .header("loa-time")
        .is_some_and(|text| text.parse::<i64>().is_ok());
    Ok(held(told, || "no loa-time".to_owned()))
}

fn refused_with_time(answer: &Answer) -> Found {
    let told = answer.header("loa-time").is_some();
    held(answer.status == 401 && told, || {
        let time = if told { "with" } else { "without" };
        format!("answered {}, {time} loa-time", answer.status)
    })
}

fn path_of(probe: &Probe) -> String {
    format!("/air/v1/areas/{}/manifest", probe.area())
}

fn unsigned(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let path = path_of(probe);
    Ok(refused_with_time(&probe.ask(
        "GET",
        &path,
        b"",
        &Signing::None,
        &[],
    )?))
}

fn other_path(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let path = path_of(probe);
    Ok(answered(
        &probe.ask("GET", &path, b"", &Signing::OtherPath, &[])?,
        401,
    ))
}

fn nonce(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let (path, nonce) = (path_of(probe), probe.nonce());
    let first = probe.ask("GET", &path, b"", &Signing::Nonce(&nonce), &[])?;
    if first.status != 200 {
        return Ok(Found::Wrong(format!(
            "the first time it was answered {}",
            first.status
        )));
    }
    Ok(answered(
        &probe.ask("GET", &path, b"", &Signing::Nonce(&nonce), &[])?,
        401,
    ))
}

fn clock(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let path = path_of(probe);
    for by in [TimeDelta::minutes(-20), TimeDelta::minutes(20)] {
        let found = refused_with_time(&probe.ask("GET", &path, b"", &Signing::Off(by), &[])?);
        if found != Found::Ok {
            return Ok(found);
        }
    }
    Ok(Found::Ok)
}

fn fetched(probe: &mut Probe) -> Result<(Manifest, Answer), String> {
    let path = path_of(probe);
    let answer = probe.get(&path)?;
    let expected = Expected {
        area: probe.area(),
        last_version: 0,
        now: probe.now(),
    };
    let signed: Signed = answer.json()?;
    let manifest = verify_manifest(&signed, &probe.server_key()?, expected);
    Ok((manifest.map_err(|reason| reason.to_string())?, answer))
}

fn manifest(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let (manifest, answer) = fetched(probe)?;
    let wanted = format!("\"v{}\"", manifest.version);
    let tag = answer.header("etag");
    Ok(held(tag == Some(&wanted), || {
        format!("the ETag is {tag:?}, not {wanted}")
    }))
}

fn unchanged(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let (manifest, _) = fetched(probe)?;
    let (path, tag) = (path_of(probe), format!("\"v{}\"", manifest.version));
    let more = [("if-none-match", tag.as_str())];
    Ok(answered(
        &probe.ask("GET", &path, b"", &Signing::Good, &more)?,
        304,
    ))
}

fn other_area(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let path = format!("/air/v1/areas/{}/manifest", probe.area() + 1_000_000);
    Ok(answered(&probe.get(&path)?, 404))
}

fn unknown_sound(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let path = format!("/air/v1/sounds/{}", "00".repeat(32));
    Ok(answered(&probe.get(&path)?, 404))
}

fn sounds(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let (manifest, _) = fetched(probe)?;
    let items: Vec<_> = manifest
        .slots
        .into_iter()
        .flat_map(|slot| slot.items)
        .collect();
    if items.is_empty() {
        return Ok(Found::Skipped(
            "nothing is on the air in the next days".to_owned(),
        ));
    }
    for item in items {
        let path = format!("/air/v1/sounds/{}", item.sha256);
        let whole = probe.get(&path)?;
        let hash = hex::encode(Sha256::digest(&whole.body));
        if whole.status != 200 || whole.body.len() as u64 != item.bytes || hash != item.sha256 {
            return Ok(Found::Wrong(format!(
                "{} is not what the manifest says",
                item.sha256
            )));
        }
        let half = whole.body.len() / 2;
        let range = format!("bytes={half}-");
        let rest = probe.ask("GET", &path, b"", &Signing::Good, &[("range", &range)])?;
        if rest.status != 206 || whole.body.get(half..) != Some(&rest.body[..]) {
            return Ok(Found::Wrong(format!(
                "{range} was answered {}",
                rest.status
            )));
        }
        let range = format!("bytes={}-", whole.body.len());
        let beyond = probe.ask("GET", &path, b"", &Signing::Good, &[("range", &range)])?;
        if beyond.status != 416 {
            return Ok(Found::Wrong(format!(
                "{range} was answered {}",
                beyond.status
            )));
        }
    }
    Ok(Found::Ok)
}

fn acknowledged(answer: &Answer) -> Result<Vec<String>, String> {
    if answer.status == 200 {
        Ok(answer.json::<Acknowledged>()?.acknowledged)
    } else {
        Err(format!("answered {}", answer.status))
    }
}

fn no_receipts(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let ids = acknowledged(&probe.post("/air/v1/receipts", &Vec::<Signed>::new())?)?;
    Ok(held(ids.is_empty(), || format!("acknowledged {ids:?}")))
}

fn malformed(probe: &mut Probe, _: &str) -> Result<Found, String> {
    for path in ["/air/v1/receipts", "/air/v1/refusals", "/air/v1/status"] {
        let answer = probe.ask("POST", path, b"{\"no\":", &Signing::Good, &[])?;
        if !(400..500).contains(&answer.status) || !answer.is_problem() {
            return Ok(Found::Wrong(format!("{path} answered {}", answer.status)));
        }
    }
    Ok(Found::Ok)
}

fn a_refusal(probe: &mut Probe) -> Refusal {
    Refusal {
        area: probe.area(),
        at: probe.now(),
        detail: "loa-speaker conform".to_owned(),
        id: format!("f-{}", probe.nonce()),
        reason: Reason::Malformed,
        speaker: probe.speaker(),
        what: What::Manifest,
    }
}

fn refusal(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let refusal = a_refusal(probe);
    let signed = [sign_refusal(&probe.key, &refusal)];
    for _ in 0..2 {
        let ids = acknowledged(&probe.post("/air/v1/refusals", &signed)?)?;
        if ids != [refusal.id.clone()] {
            return Ok(Found::Wrong(format!("acknowledged {ids:?}")));
        }
    }
    Ok(Found::Ok)
}

fn foreign(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let refusal = a_refusal(probe);
    let signed = [sign_refusal(&probe.other_key(), &refusal)];
    let answer = probe.post("/air/v1/refusals", &signed)?;
    let taken = acknowledged(&answer).is_ok_and(|ids| ids.contains(&refusal.id));
    Ok(held(!taken, || "it was acknowledged".to_owned()))
}

fn status(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let status = Status {
        at: probe.now(),
        clock_offset_ms: 0,
        free_bytes: 1 << 30,
        manifest_version: 0,
        orders_version: 0,
        sounds_held: Vec::new(),
        speaker: probe.speaker(),
        state: State::Idle,
        tone: None,
        volume: 100,
    };
    let signed = sign_status(&probe.key, &status);
    Ok(answered(&probe.post("/air/v1/status", &signed)?, 204))
}

fn orders(probe: &mut Probe, _: &str) -> Result<Found, String> {
    let answer = probe.get("/air/v1/orders")?;
    if answer.status == 204 {
        return Ok(Found::Ok);
    }
    let signed: Signed = answer.json()?;
    let (speaker, now) = (probe.speaker(), probe.now());
    let orders = verify_orders(&signed, &probe.server_key()?, speaker, 0, now);
    let orders = orders.map_err(|reason| reason.to_string())?;
    let wanted = format!("\"v{}\"", orders.version);
    let tag = answer.header("etag");
    Ok(held(tag == Some(&wanted), || {
        format!("the ETag is {tag:?}, not {wanted}")
    }))
}

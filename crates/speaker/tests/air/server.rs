//! A small server that keeps to docs/air.md: real sockets, real signatures, and switches for what
//! can go wrong on the way.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

use loa_air::{
    Enrolled, Enrolment, PublicKey, Receipt, Refusal, SecretKey, Signed, Status,
    read_authorization, verify_receipt, verify_refusal, verify_request, verify_status,
};
use serde_json::json;

use crate::world::{AREA, SPEAKER, now, server_key};

#[derive(Default)]
pub struct Desk {
    pub manifest: Option<(i64, Vec<u8>)>,
    pub orders: Option<(i64, Vec<u8>)>,
    pub sounds: HashMap<String, Vec<u8>>,
    /// Every receipt that came, repeats included.
    pub receipts: Vec<Receipt>,
    pub refusals: Vec<Refusal>,
    pub status: Option<Status>,
    /// Connections are closed without an answer.
    pub down: bool,
    /// Receipts are taken and not acknowledged.
    pub deaf: bool,
    /// The first answer with a sound breaks off in the middle.
    pub breaks_off: bool,
    pub resumed: Vec<u64>,
    /// Requests whose signature did not hold.
    pub strangers: Vec<String>,
    pub unchanged: u32,
    /// Where the broker is, signed or not.
    pub access: Option<Signed>,
    pub asked_access: u32,
    pub asked_orders: u32,
    /// Codes that work once and were used.
    used: HashSet<String>,
    speaker_key: Option<PublicKey>,
    nonces: HashSet<String>,
}

#[derive(Clone)]
pub struct Server {
    pub url: String,
    desk: Arc<Mutex<Desk>>,
}

struct Request {
    method: String,
    path: String,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

struct Answer(u16, Vec<(&'static str, String)>, Vec<u8>);

impl Desk {
    /// The speaker's key.
    pub fn key(&self) -> Option<PublicKey> {
        self.speaker_key.clone()
    }
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Self {
            url,
            desk: Arc::default(),
        };
        let accepting = server.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                accepting.serve(connection);
            }
        });
        server
    }

    pub fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap()
    }

    fn serve(&self, mut connection: TcpStream) {
        if self.desk().down {
            return;
        }
        let Some(request) = read(&connection) else {
            return;
        };
        let Answer(status, headers, body) = self.answer(&request);
        let mut head = format!(
            "HTTP/1.1 {status} x\r\nloa-time: {}\r\ncontent-length: {}\r\nconnection: close\r\n",
            now().timestamp_millis(),
            body.len()
        );
        for (name, value) in headers {
            head.extend([name, ": ", &value, "\r\n"]);
        }
        let sound = request.path.starts_with("/air/v1/sounds/")
            && std::mem::take(&mut self.desk().breaks_off);
        let body = if sound {
            &body[..body.len() / 2]
        } else {
            &body[..]
        };
        let _ = connection
            .write_all(head.as_bytes())
            .and_then(|()| connection.write_all(b"\r\n"));
        let _ = connection.write_all(body);
    }

    fn answer(&self, request: &Request) -> Answer {
        let mut desk = self.desk();
        if request.path == "/air/v1/enrolment" {
            let enrolment: Enrolment = serde_json::from_slice(&request.body).unwrap();
            let known = match enrolment.code.as_str() {
                "MA-2026" => true,
                "MOT-LAN" => desk.used.insert(enrolment.code.clone()),
                _ => false,
            };
            if !known {
                return problem(404, "this code is not known");
            }
            desk.speaker_key = Some(PublicKey::parse(&enrolment.public_key).unwrap());
            let server_key = server_key().public().text();
            let enrolled = Enrolled {
                area: AREA,
                poll_seconds: 60,
                server_key,
                server_time: now(),
                speaker: SPEAKER,
            };
            return ok(&enrolled);
        }
        let Some(key) = desk.speaker_key.clone() else {
            return problem(401, "nobody is enrolled");
        };
        if !known(&mut desk, request, &key) {
            desk.strangers.push(request.path.clone());
            return problem(401, "the request is not signed by a known speaker");
        }
        match request.path.as_str() {
            "/air/v1/receipts" => {
                let came = opened(request, |signed| verify_receipt(signed, &key, SPEAKER));
                let Some(came) = came else {
                    return problem(400, "no list of envelopes");
                };
                let ids: Vec<_> = came.iter().map(|receipt| receipt.id.clone()).collect();
                desk.receipts.extend(came);
                ok(&json!({"acknowledged": if desk.deaf { Vec::new() } else { ids }}))
            }
            "/air/v1/refusals" => {
                let came = opened(request, |signed| verify_refusal(signed, &key, SPEAKER));
                let Some(came) = came else {
                    return problem(400, "no list of envelopes");
                };
                let ids: Vec<_> = came.iter().map(|refusal| refusal.id.clone()).collect();
                desk.refusals.extend(came);
                ok(&json!({"acknowledged": ids}))
            }
            "/air/v1/broker" => {
                desk.asked_access += 1;
                match &desk.access {
                    Some(access) => ok(access),
                    None => problem(404, "there is no broker"),
                }
            }
            "/air/v1/status" => {
                let Ok(signed) = serde_json::from_slice(&request.body) else {
                    return problem(400, "no envelope");
                };
                desk.status = Some(verify_status(&signed, &key, SPEAKER).unwrap());
                Answer(204, vec![], vec![])
            }
            path if path == format!("/air/v1/areas/{AREA}/manifest") => {
                let offered = desk.manifest.clone();
                versioned(&mut desk, request, offered)
            }
            "/air/v1/orders" => {
                desk.asked_orders += 1;
                let offered = desk.orders.clone();
                if offered.is_none() {
                    return Answer(204, vec![], vec![]);
                }
                versioned(&mut desk, request, offered)
            }
            path => sound(
                &mut desk,
                path.trim_start_matches("/air/v1/sounds/"),
                request,
            ),
        }
    }
}

fn versioned(desk: &mut Desk, request: &Request, offered: Option<(i64, Vec<u8>)>) -> Answer {
    let Some((version, body)) = offered else {
        return problem(404, "nothing yet");
    };
    let etag = format!("\"v{version}\"");
    if request.headers.get("if-none-match") == Some(&etag) {
        desk.unchanged += 1;
        return Answer(304, vec![("etag", etag)], vec![]);
    }
    Answer(200, vec![("etag", etag)], body)
}

fn sound(desk: &mut Desk, sha256: &str, request: &Request) -> Answer {
    let Some(sound) = desk.sounds.get(sha256).cloned() else {
        return problem(404, "no such sound");
    };
    let range = request
        .headers
        .get("range")
        .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-'));
    let Some(from) = range.map(|from| from.parse::<usize>().unwrap()) else {
        return Answer(200, vec![], sound);
    };
    desk.resumed.push(from as u64);
    let content_range = format!("bytes {from}-{}/{}", sound.len() - 1, sound.len());
    Answer(
        206,
        vec![("content-range", content_range)],
        sound[from..].to_vec(),
    )
}

/// Signed by the speaker, of now, and its nonce is new.
fn known(desk: &mut Desk, request: &Request, key: &PublicKey) -> bool {
    let claim = request
        .headers
        .get("authorization")
        .and_then(|header| read_authorization(header).ok());
    claim.is_some_and(|claim| {
        verify_request(
            &claim,
            key,
            (&request.method, &request.path),
            &request.body,
            now(),
        )
        .is_ok()
            && claim.speaker == SPEAKER
            && desk.nonces.insert(claim.nonce)
    })
}

/// What was signed as it must be; nothing when it cannot be read.
fn opened<T, E>(request: &Request, open: impl Fn(&Signed) -> Result<T, E>) -> Option<Vec<T>> {
    let came: Vec<Signed> = serde_json::from_slice(&request.body).ok()?;
    Some(came.iter().filter_map(|signed| open(signed).ok()).collect())
}

fn ok(body: &impl serde::Serialize) -> Answer {
    Answer(
        200,
        vec![("content-type", "application/json".into())],
        serde_json::to_vec(body).unwrap(),
    )
}

fn problem(status: u16, detail: &str) -> Answer {
    let body = json!({"title": "refused", "status": status, "detail": detail}).to_string();
    Answer(
        status,
        vec![("content-type", "application/problem+json".into())],
        body.into_bytes(),
    )
}

fn read(connection: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers
        .get("content-length")
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        method,
        path,
        headers,
        body,
    })
}

/// The key of somebody else.
pub fn foreign_key() -> SecretKey {
    SecretKey::from_seed(&[66; 32])
}

//! The clients with which other servers are asked: one for this server's own pages, one for the
//! addresses that people type in, which must not lead into the network that this machine stands in.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response, Url};

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// The clients.
#[derive(Debug, Clone)]
pub struct Http {
    /// For pages of this server. It goes nowhere that it was not sent to.
    pub own: Client,
    /// For addresses that people type in.
    pub outside: Outside,
}

impl Http {
    /// With the private addresses that may be asked.
    pub fn new(allowed: &[IpAddr]) -> reqwest::Result<Self> {
        let own = Client::builder().timeout(PATIENCE).redirect(Policy::none());
        Ok(Self {
            own: own.build()?,
            outside: Outside::new(allowed)?,
        })
    }
}

/// The client for addresses that people type in. It speaks HTTP and HTTPS to public addresses, and to
/// the private ones that the settings allow; it follows no redirects and uses no proxy, so that
/// nobody who names an address makes this machine ask its neighbours.
#[derive(Debug, Clone)]
pub struct Outside {
    client: Client,
    allowed: Arc<[IpAddr]>,
}

/// Why an address is not asked: the name of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAsked(pub &'static str);

impl Outside {
    /// With the private addresses that may be asked.
    pub fn new(allowed: &[IpAddr]) -> reqwest::Result<Self> {
        let allowed: Arc<[IpAddr]> = allowed.into();
        Ok(Self {
            client: Client::builder()
                .timeout(PATIENCE)
                .redirect(Policy::none())
                .no_proxy()
                .dns_resolver(Arc::new(Guard(Arc::clone(&allowed))))
                .build()?,
            allowed,
        })
    }

    /// Begins a request.
    pub fn request(&self, method: Method, address: &str) -> Result<RequestBuilder, NotAsked> {
        let url = self.check(address)?;
        Ok(self.client.request(method, url))
    }

    /// Whether an address may be asked, as far as it can be told before its name is looked up.
    pub fn check(&self, address: &str) -> Result<Url, NotAsked> {
        let url = Url::parse(address).map_err(|_| NotAsked("deliveries-address-odd"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(NotAsked("deliveries-address-odd"));
        }
        let host = url.host_str().ok_or(NotAsked("deliveries-address-odd"))?;
        // A name is looked at when it is looked up; a number is looked up by nobody.
        let number: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        match number {
            Some(ip) if !may_ask(&self.allowed, ip) => Err(NotAsked("deliveries-address-private")),
            _ => Ok(url),
        }
    }
}

/// The bytes of an answer; nothing when there are more than `most`.
pub async fn bytes(answer: &mut Response, most: usize) -> reqwest::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if bytes.len() + chunk.len() > most {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

/// Looks names up, and leaves out the addresses that must not be asked.
struct Guard(Arc<[IpAddr]>);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = Arc::clone(&self.0);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let open: Vec<SocketAddr> = found.filter(|at| may_ask(&allowed, at.ip())).collect();
            if open.is_empty() {
                return Err("the name leads to a private address".into());
            }
            Ok(Box::new(open.into_iter()) as Addrs)
        })
    }
}

fn may_ask(allowed: &[IpAddr], ip: IpAddr) -> bool {
    is_public(ip) || allowed.contains(&ip)
}

/// Whether an address belongs to the public network: none of the special ones of RFC 6890 and its
/// register, nor one of them in an IPv6 address that carries an IPv4 one.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => carried(ip).map_or_else(|| is_public_v6(ip), is_public_v4),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = a == 0                              // this network
        || ip.is_private()
        || (a == 100 && (64..128).contains(&b))       // behind a provider's translation
        || ip.is_loopback()
        || ip.is_link_local()
        || (a == 192 && b == 0 && c == 0)             // protocol assignments
        || ip.is_documentation()
        || (a == 192 && b == 88 && c == 99)           // relays of 6to4
        || (a == 198 && (18..20).contains(&b))        // benchmarks
        || a >= 224; // groups, reserved, broadcast
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    // What is handed out to the public lies in 2000::/3; within it some is not.
    let special = match first {
        0x2001 => second < 0x0200 || second == 0x0db8,
        0x3fff => true,
        _ => false,
    };
    (first & 0xe000) == 0x2000 && !special
}

/// The IPv4 address that an IPv6 address stands for: mapped, translated (`64:ff9b::/96`) or 6to4.
fn carried(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let v4 = |high: u16, low: u16| {
        let [[one, two], [three, four]] = [high.to_be_bytes(), low.to_be_bytes()];
        Ipv4Addr::new(one, two, three, four)
    };
    match ip.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(v4(high, low))
        }
        [0x2002, high, low, ..] => Some(v4(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_asked() {
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "172.15.0.1",
            "172.32.0.1",
            "113.160.0.1",
            "2606:4700::1111",
            "2402:800::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn numbers_in_any_dress_are_recognised() {
        let outside = Outside::new(&[]).unwrap();
        for private in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]:8080/",
            "https://10.0.0.1/hook",
        ] {
            let refused = outside.check(private).unwrap_err();
            assert_eq!(refused, NotAsked("deliveries-address-private"), "{private}");
        }
        for odd in [
            "",
            "loa",
            "file:///etc/passwd",
            "ftp://example.vn/",
            "gopher://x/",
        ] {
            assert_eq!(
                outside.check(odd),
                Err(NotAsked("deliveries-address-odd")),
                "{odd}"
            );
        }
        assert!(outside.check("https://ninhbinh.gov.vn/api").is_ok());
    }

    #[test]
    fn a_private_address_is_asked_only_when_the_settings_allow_it() {
        let outside = Outside::new(&["127.0.0.1".parse().unwrap()]).unwrap();
        assert!(outside.check("http://127.0.0.1:9/").is_ok());
        assert!(outside.check("http://127.0.0.2:9/").is_err());
    }

    #[tokio::test]
    async fn a_name_that_leads_home_is_not_followed() {
        let outside = Outside::new(&[]).unwrap();
        let asked = outside.request(Method::GET, "http://localhost:9/").unwrap();
        let error = asked.send().await.unwrap_err();
        assert!(
            format!("{error:?}").contains("private address"),
            "{error:?}"
        );
    }
}

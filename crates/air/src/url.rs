//! Addresses of brokers.

/// `mqtt://host:1883`, or `mqtts://name:password@host:8883` with encryption and a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokerUrl<'a> {
    /// Whether the connection is encrypted.
    pub encrypted: bool,
    /// Name and password.
    pub login: Option<(&'a str, &'a str)>,
    /// A name or an address; without the brackets of IPv6.
    pub host: &'a str,
    /// When it says one.
    pub port: Option<u16>,
    /// Host and port as they stand there.
    place: &'a str,
}

impl<'a> BrokerUrl<'a> {
    /// Reads it; none when the text is no such address.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let encrypted = match scheme {
            "mqtt" => false,
            "mqtts" => true,
            _ => return None,
        };
        let (login, place) = match rest.rsplit_once('@') {
            Some((login, place)) => (login.split_once(':'), place),
            None => (None, rest),
        };
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (place, None),
        };
        Some(Self {
            encrypted,
            login,
            host: host.trim_matches(['[', ']']),
            port,
            place,
        })
    }

    /// The port it says, or the usual one.
    pub fn port(&self) -> u16 {
        self.port
            .unwrap_or(if self.encrypted { 8883 } else { 1883 })
    }

    /// The address for those who must not learn the login.
    pub fn without_login(&self) -> String {
        let scheme = if self.encrypted { "mqtts" } else { "mqtt" };
        format!("{scheme}://{}", self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        let url = BrokerUrl::parse("mqtts://loa:p@ss:w@host:1").unwrap();
        assert!(url.encrypted);
        assert_eq!(url.login, Some(("loa", "p@ss:w")));
        assert_eq!((url.host, url.port()), ("host", 1));
        assert_eq!(url.without_login(), "mqtts://host:1");
        let url = BrokerUrl::parse("mqtt://[::1]:1883").unwrap();
        assert_eq!((url.encrypted, url.login, url.host), (false, None, "::1"));
        let plain = BrokerUrl::parse("mqtt://host").unwrap();
        assert_eq!((plain.port, plain.port()), (None, 1883));
        assert_eq!(plain.without_login(), "mqtt://host");
        assert_eq!(BrokerUrl::parse("mqtts://host").unwrap().port(), 8883);
        for text in [
            "",
            "host:1883",
            "http://host",
            "mqtt://host:port",
            "mqtt://host:99999",
        ] {
            assert_eq!(BrokerUrl::parse(text), None, "{text}");
        }
    }
}

//! The feed, as a reader of feeds takes it.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::read;
use crate::world::on_both;

/// Name, text, attributes.
type Element = (String, String, Vec<(String, String)>);

/// Every element of a text; panics when it is not well-formed.
fn elements(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    let mut found: Vec<Element> = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                let attributes = tag
                    .attributes()
                    .map(|one| {
                        let one = one.expect("an attribute");
                        (
                            String::from_utf8_lossy(one.key.as_ref()).into_owned(),
                            one.unescape_value().expect("a value").into_owned(),
                        )
                    })
                    .collect();
                found.push((name, String::new(), attributes));
            }
            Event::Text(text) => {
                let text = text.decode().expect("text");
                if let Some(last) = found.last_mut()
                    && !text.trim().is_empty()
                {
                    last.1.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let name = name.decode().expect("a name").into_owned();
                if let Some(last) = found.last_mut() {
                    last.1 += &format!("&{name};");
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[tokio::test]
async fn the_feed_has_every_story_with_its_sound_at_whole_addresses() {
    on_both("portal_feed", async |mut world| {
        world.at("https://tin.hanam.gov.vn");
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let story = world.approved_story(&plan, "Phí < lệ phí & giảm").await;
        world.release(story, outlets.portal, None).await;
        let silent = world.silent_story(&plan, "Tin để đọc").await;
        world.release(silent, outlets.portal, None).await;
        let page = read(&world, "/feed.xml").await;
        assert_eq!(page.status, 200);
        assert_eq!(
            page.headers["content-type"],
            "application/rss+xml; charset=utf-8"
        );
        assert_eq!(page.headers["cache-control"], "public, max-age=60");
        let all = elements(&page.text());
        let texts = |name: &str| -> Vec<&str> {
            let named = all.iter().filter(|(found, ..)| found == name);
            named.map(|(_, text, _)| text.as_str()).collect()
        };
        assert_eq!(all[0].0, "rss");
        assert!(all[0].2.contains(&("version".to_owned(), "2.0".to_owned())));
        assert_eq!(
            texts("title"),
            ["Cổng Hà Nam", "Tin để đọc", "Phí &lt; lệ phí &amp; giảm"]
        );
        let site = "https://tin.hanam.gov.vn";
        assert_eq!(
            texts("link"),
            [
                format!("{site}/"),
                format!("{site}/tin/tin-de-doc"),
                format!("{site}/tin/phi-le-phi-giam")
            ]
        );
        assert_eq!(texts("guid"), texts("link")[1..]);
        for date in texts("pubDate") {
            let at = chrono::DateTime::parse_from_rfc2822(date).expect("a date");
            assert_eq!(at, world.app.clock.now());
        }
        let sounds: Vec<_> = all
            .iter()
            .filter(|(name, ..)| name == "enclosure")
            .collect();
        assert_eq!(sounds.len(), 1, "only what has a sound");
        let value = |name: &str| {
            let found = sounds[0].2.iter().find(|(key, _)| key == name);
            found.expect(name).1.clone()
        };
        assert_eq!(value("type"), "audio/mpeg");
        let url = value("url");
        assert_eq!(url, format!("{site}/tin/phi-le-phi-giam/sound"));
        let sound = read(&world, url.strip_prefix(site).expect("ours")).await;
        assert_eq!(value("length"), sound.bytes.len().to_string());
    })
    .await;
}

//! Urgent messages as other systems hear of them. That the documents are what the standard wants is checked
//! beside the crate that writes them.

use loa::deliveries;
use loa::stories;
use loa::urgent;

use super::read;
use crate::world::on_both;

fn element(xml: &str, name: &str) -> String {
    let begin = format!("<{name}>");
    let from = xml
        .find(&begin)
        .unwrap_or_else(|| panic!("no {name} in {xml}"));
    let rest = &xml[from + begin.len()..];
    rest[..rest.find("</").expect("its end")].to_owned()
}

#[tokio::test]
async fn a_message_is_there_once_two_people_stand_behind_it_and_ends_when_it_is_taken_back() {
    on_both("portal_alerts", async |world| {
        world.small_plan().await;
        let outlets = world.outlets().await;
        let id = world.ask_urgent("dung", outlets.area_one).await;
        let (warning, end) = (
            format!("/canh-bao/{id}.xml"),
            format!("/canh-bao/{id}-het.xml"),
        );
        assert_eq!(
            read(&world, &warning).await.status,
            404,
            "one person is not enough"
        );
        assert!(
            !read(&world, "/canh-bao.xml")
                .await
                .text()
                .contains("<entry>")
        );

        world.send_urgent(&world.app, id).await;
        let page = read(&world, &warning).await;
        assert_eq!(page.status, 200);
        let kind = page.headers["content-type"].to_str().unwrap();
        assert_eq!(kind, "application/cap+xml; charset=utf-8");
        let xml = page.text();
        let host = element(&xml, "sender");
        assert_eq!(element(&xml, "identifier"), format!("{host}-{id}"));
        assert_eq!(element(&xml, "msgType"), "Alert");
        assert_eq!(element(&xml, "sent"), "2026-11-24T09:00:00+07:00");
        assert_eq!(element(&xml, "severity"), "Unknown", "nobody was asked");
        assert_eq!(element(&xml, "areaDesc"), "Cụm loa Phường Một");
        let sound = element(&xml, "uri");
        let sound = sound.split_once("/tin/").expect("on the portal").1;
        assert_eq!(read(&world, &format!("/tin/{sound}")).await.status, 200);
        assert_eq!(read(&world, &end).await.status, 404);

        let ha = world.person_of("ha").await;
        urgent::cancel(&world.app, &ha, id)
            .await
            .expect("taken back");
        let xml = read(&world, &end).await.text();
        assert_eq!(element(&xml, "msgType"), "Cancel");
        let reference = format!("{host},{host}-{id},2026-11-24T09:00:00+07:00");
        assert_eq!(element(&xml, "references"), reference);
        let feed = read(&world, "/canh-bao.xml").await.text();
        assert_eq!(feed.matches("<entry>").count(), 2);
        for odd in ["/canh-bao/x.xml", "/canh-bao/999.xml", "/canh-bao/1.txt"] {
            assert_eq!(read(&world, odd).await.status, 404, "{odd}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_not_told_before_it_is_released_and_a_withdrawal_anywhere_ends_it() {
    on_both("portal_alert_corrected", async |world| {
        world.small_plan().await;
        let outlets = world.outlets().await;
        let id = world.ask_urgent("dung", outlets.area_one).await;
        world.send_urgent(&world.app, id).await;
        let warning = format!("/canh-bao/{id}.xml");
        let told = element(&read(&world, &warning).await.text(), "description");

        let ha = world.person_of("ha").await;
        let message = urgent::get(&world.app, &ha, id).await.expect("seen");
        let (story, release) = (message.story.row.id, message.row.release_id.expect("sent"));
        let dung = world.person_of("dung").await;
        let mut draft = message.story.draft();
        draft.body = "Bà con về nhà.".into();
        draft.script = Some(String::new());
        let theme = stories::Choices::of(&world.app, &dung)
            .await
            .expect("choices");
        draft.themes = vec![theme.plans[0].themes[0].0.id];
        let seen = message.story.seen();
        stories::save(&world.app, &dung, story, &seen, &draft)
            .await
            .expect("saved");
        world.work().await;
        let seen = stories::get(&world.app, &dung, story)
            .await
            .expect("seen")
            .seen();
        stories::submit(&world.app, &dung, story, &seen)
            .await
            .expect("submitted");
        let seen = stories::get(&world.app, &ha, story)
            .await
            .expect("seen")
            .seen();
        stories::approve(&world.app, &ha, story, &seen, true)
            .await
            .expect("approved");
        let now = element(&read(&world, &warning).await.text(), "description");
        assert_eq!(now, told, "approved, and not released");

        let end = format!("/canh-bao/{id}-het.xml");
        assert_eq!(read(&world, &end).await.status, 404);
        deliveries::withdraw(&world.app, &ha, release)
            .await
            .expect("withdrawn");
        assert_eq!(
            element(&read(&world, &end).await.text(), "msgType"),
            "Cancel"
        );
    })
    .await;
}

//! By two people: one asks with the warning's words, another hears and sends.

use loa::error::Failure;
use loa::ids::{UrgentId, WarningId};
use loa::stories::NotSaved;
use loa::urgent::{self, Asked};
use loa::warnings::{self, Stage, Task};

use super::center::{Center, cancel, flood, place};
use super::{KHANH, SENDER};
use crate::world::{World, on_both};

#[tokio::test]
async fn a_warning_becomes_an_urgent_message_by_two_people() {
    on_both("warnings_people", async |world| {
        world.small_plan().await;
        let outlets = world.outlets().await;
        let receiver = world.receiver(outlets.area_one, 1).await;
        let center = Center::new();
        world.source(&center, "").await;
        let alert = flood("KTTV-1", world.app.clock.now());
        let document = center.sign(&alert);

        // A program brings it, twice.
        let program = world.program("chi").await;
        let page = program.upload("/warnings", &document).await;
        assert_eq!(page.status, 201, "{}", page.text());
        assert_eq!(page.json()["stage"], "waits");
        let again = program.upload("/warnings", &document).await;
        assert_eq!(
            (again.status.as_u16(), again.json()["id"].clone()),
            (200, page.json()["id"].clone())
        );
        assert_eq!(
            world
                .program("em")
                .await
                .upload("/warnings", &document)
                .await
                .status,
            403
        );
        world.work().await;
        assert!(
            receiver.manifest().await.slots.is_empty(),
            "nothing is said by itself"
        );

        let id = page.json()["id"].as_i64().expect("an id");
        let mut dung = world.sign_in("dung").await;
        let home = dung.get("/home").await;
        let (to, text) = home
            .links("section[aria-labelledby=waiting] .lines a")
            .remove(0);
        assert_eq!(to, format!("/warnings/{id}"));
        assert!(text.contains("Lũ trên sông Đáy lên nhanh"), "{text}");
        let page = dung.get(&to).await;
        assert!(
            page.text().contains("Bà con ngoài đê di dời ngay."),
            "{}",
            page.text()
        );
        assert!(
            page.text().contains("Cụm loa Phường Một"),
            "{}",
            page.text()
        );
        assert!(!page.text().contains("Cụm loa Xã Hai"), "{}", page.text());

        let form = format!("/warnings/{id}/urgent");
        let page = dung.get(&form).await;
        let typed = |field: &str| page.attribute(field, "value").expect("a field");
        assert_eq!(typed("#title"), "Lũ trên sông Đáy lên nhanh");
        assert_eq!(typed("#minutes"), "180");
        let area = format!("#area-{}[checked]", outlets.area_one);
        assert!(page.attribute(&area, "value").is_some());
        let area = outlets.area_one.to_string();
        let fields = [
            ("title", "Lũ trên sông Đáy"),
            ("text", "Bà con ngoài đê di dời ngay."),
            ("areas", &area),
            ("minutes", "30"),
            ("times", "2"),
            ("portal", "yes"),
        ];
        let wrong = dung.post(&form, &[fields[0], fields[2]]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(
            wrong.attribute("#title", "value").as_deref(),
            Some("Lũ trên sông Đáy")
        );
        let page = dung.post(&form, &fields).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let second = dung.post(&form, &fields).await;
        assert_eq!(second.status, 409, "one warning, one message");
        world.work().await;
        assert!(
            receiver.manifest().await.slots.is_empty(),
            "one person is not enough"
        );

        let (warning, _) = warnings::get(&world.app, WarningId(id))
            .await
            .expect("read");
        let message = warning.urgents[0];
        world.send_urgent(&world.app, message).await;
        assert_eq!(receiver.manifest().await.slots.len(), 2);

        taken_back(&world, id, message, &center.sign(&cancel("KTTV-2", &alert))).await;
        assert!(receiver.manifest().await.slots.is_empty());
    })
    .await;
}

async fn taken_back(world: &World, id: i64, message: UrgentId, document: &[u8]) {
    // The source takes it back; people had it said, so people take it back, and are told at home.
    let came = world.comes(document).await;
    assert_eq!(came.refused, None);
    let ha = world.person_of("ha").await;
    let waiting = warnings::waiting(&world.app, &ha).await.expect("read");
    assert_eq!(waiting.len(), 1);
    assert_eq!(
        (waiting[0].task, waiting[0].warning.row.id.0),
        (Task::TakeBack, id)
    );
    urgent::cancel(&world.app, &ha, message)
        .await
        .expect("taken back");
    assert!(
        warnings::waiting(&world.app, &ha)
            .await
            .expect("read")
            .is_empty()
    );
    let (warning, _) = warnings::get(&world.app, WarningId(id))
        .await
        .expect("read");
    assert_eq!((warning.stage, warning.outlived), (Stage::Ended, None));
}

#[tokio::test]
async fn somebody_decides_that_nothing_is_said_and_why() {
    on_both("warnings_settled", async |world| {
        world.small_plan().await;
        world.outlets().await;
        let center = Center::new();
        world.source(&center, "").await;
        let came = world
            .comes(&center.sign(&flood("KTTV-1", world.app.clock.now())))
            .await;
        let mut dung = world.sign_in("dung").await;
        dung.get("/warnings").await;
        let path = format!("/warnings/{}/settlement", came.id);
        let page = dung.post(&path, &[("remark", " ")]).await;
        assert_eq!(page.status, 422);
        let page = dung
            .post(&path, &[("remark", "Không ở địa bàn phường.")])
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = dung.get(&format!("/warnings/{}", came.id)).await;
        assert!(page.text().contains("Không ở địa bàn phường."));
        let dung = world.person_of("dung").await;
        let late = warnings::ask(&world.app, &dung, came.id, &Asked::default()).await;
        assert!(late.is_err());
        let mut an = world.sign_in("an").await;
        an.get("/warnings").await;
        assert_eq!(
            an.post(&path, &[("remark", "x")]).await.status,
            403,
            "an editor is not on the air"
        );
    })
    .await;
}

#[tokio::test]
async fn where_it_holds_is_found_by_codes_of_units_and_of_those_they_came_from() {
    on_both("warnings_places", async |world| {
        world.small_plan().await;
        let outlets = world.outlets().await;
        let center = Center::new();
        world.source(&center, "").await;
        let now = world.app.clock.now();
        let both = vec![outlets.area_one, outlets.area_two];
        for (number, code, expected) in [
            (1, "2", vec![outlets.area_two]),
            // A commune that both came from, a district that is no more, and the whole province.
            (2, "3", both.clone()),
            (3, "350", both.clone()),
            (4, "35", both.clone()),
            (5, "999", Vec::new()),
        ] {
            let mut alert = flood(&format!("KTTV-{number}"), now);
            alert.infos[0].areas = vec![place("Nơi ấy", code)];
            let came = world.comes(&center.sign(&alert)).await;
            let (warning, alert) = warnings::get(&world.app, came.id).await.expect("read");
            let ground = warnings::Ground::load(&world.app)
                .await
                .expect("the ground");
            let places = warning.places(&ground, &alert.expect("a document"));
            let areas: Vec<_> = places.areas.iter().map(|area| area.id).collect();
            assert_eq!(areas, expected, "{code}");
            assert_eq!(places.unknown.is_empty(), code != "999", "{code}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_source_is_made_by_an_administrator_and_its_key_never_changes() {
    on_both("warnings_source", async |world| {
        world.administrator().await;
        let center = Center::new();
        let mut khanh = world.sign_in(KHANH).await;
        khanh.get("/warnings").await;
        let unit = world.unit("tinh").await.to_string();
        let form = "/warning-sources/new";
        let wrong = khanh
            .post(
                form,
                &[
                    ("name", ""),
                    ("sender", "a b"),
                    ("certificate", "-----"),
                    ("feed", "ftp://x/"),
                    ("unit", &unit),
                ],
            )
            .await;
        assert_eq!(wrong.status, 422);
        assert_eq!(
            wrong.all(".error-summary li").len(),
            5,
            "{:?}",
            wrong.all(".error-summary li")
        );
        let fields = [
            ("name", "Đài khí tượng"),
            ("sender", SENDER),
            ("certificate", &center.certificate),
            ("code_list", "DVHC"),
            ("feed", ""),
            ("unit", &unit),
        ];
        let page = khanh.post(form, &fields).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let source = page.location.expect("a page");
        let twice = khanh.post(form, &fields).await;
        assert_eq!(twice.status, 422, "one key for one sender");
        // Nobody else makes one, or closes it.
        let mut dung = world.sign_in("dung").await;
        dung.get("/warnings").await;
        assert_eq!(dung.get(form).await.status, 404);
        assert_eq!(dung.post(form, &fields).await.status, 404);
        assert_eq!(
            dung.post(&format!("{source}/closing"), &[]).await.status,
            404
        );
        let came = world
            .comes(&center.sign(&flood("KTTV-1", world.app.clock.now())))
            .await;
        assert_eq!(came.refused, None);
        let page = khanh.post(&format!("{source}/closing"), &[]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let later = world
            .comes(&center.sign(&flood("KTTV-2", world.app.clock.now())))
            .await;
        assert_eq!(later.refused.as_deref(), Some("warnings-unknown-sender"));
        // Another key is another source.
        let other = Center::new();
        let fields = [
            fields[0],
            fields[1],
            ("certificate", &other.certificate),
            fields[3],
            fields[5],
        ];
        assert_eq!(khanh.post(form, &fields).await.status, 303);
        let foreign = world
            .comes(&center.sign(&flood("KTTV-3", world.app.clock.now())))
            .await;
        assert_eq!(foreign.refused.as_deref(), Some("warnings-forged"));
    })
    .await;
}

#[tokio::test]
async fn who_may_not_go_on_the_air_there_asks_for_nothing() {
    on_both("warnings_right", async |world| {
        world.small_plan().await;
        let outlets = world.outlets().await;
        let center = Center::new();
        world.source(&center, "").await;
        let came = world
            .comes(&center.sign(&flood("KTTV-1", world.app.clock.now())))
            .await;
        let asked = Asked {
            title: "Lũ".into(),
            text: "Di dời.".into(),
            areas: vec![outlets.area_two],
            ..Asked::default()
        };
        let dung = world.person_of("dung").await;
        let refused = warnings::ask(&world.app, &dung, came.id, &asked).await;
        assert!(matches!(refused, Err(NotSaved::Fields(_))), "{refused:?}");
        let an = world.person_of("an").await;
        let refused = warnings::ask(&world.app, &an, came.id, &asked).await;
        assert!(
            matches!(refused, Err(NotSaved::Failure(Failure::Forbidden(_)))),
            "{refused:?}"
        );
        let (warning, _) = warnings::get(&world.app, came.id).await.expect("read");
        assert!(warning.urgents.is_empty());
    })
    .await;
}

#[tokio::test]
async fn each_commune_decides_for_itself_and_none_is_forgotten() {
    on_both("warnings_communes", async |world| {
        world.small_plan().await;
        let outlets = world.outlets().await;
        let center = Center::new();
        world.source(&center, "").await;
        let mut alert = flood("KTTV-1", world.app.clock.now());
        alert.infos[0].areas = vec![place("Cả tỉnh", "35")];
        let came = world.comes(&center.sign(&alert)).await;
        let asked = |area| Asked {
            title: "Lũ".into(),
            text: "Di dời.".into(),
            areas: vec![area],
            ..Asked::default()
        };
        let waits = async |login: &str| {
            let person = world.person_of(login).await;
            warnings::waiting(&world.app, &person)
                .await
                .expect("read")
                .len()
        };
        let (dung, chi) = (world.person_of("dung").await, world.person_of("chi").await);
        // One commune alone decides nothing for the others.
        let refused = warnings::settle(&world.app, &dung, came.id, "Không sao.").await;
        assert!(
            matches!(refused, Err(Failure::Forbidden("warnings-settle-right"))),
            "{refused:?}"
        );
        warnings::ask(&world.app, &dung, came.id, &asked(outlets.area_one))
            .await
            .expect("asked");
        assert_eq!(
            (waits("dung").await, waits("chi").await),
            (0, 1),
            "the other still waits"
        );
        let mut browser = world.sign_in("chi").await;
        let page = browser.get(&format!("/warnings/{}/urgent", came.id)).await;
        let chosen = |area| {
            page.attribute(&format!("#area-{area}[checked]"), "value")
                .is_some()
        };
        assert!(
            !chosen(outlets.area_one) && chosen(outlets.area_two),
            "{}",
            page.text()
        );
        let again = warnings::ask(&world.app, &chi, came.id, &asked(outlets.area_one)).await;
        assert!(again.is_err(), "there it was asked for");
        warnings::ask(&world.app, &chi, came.id, &asked(outlets.area_two))
            .await
            .expect("asked");
        assert_eq!((waits("dung").await, waits("chi").await), (0, 0));
        let (warning, _) = warnings::get(&world.app, came.id).await.expect("read");
        assert_eq!(warning.urgents.len(), 2);
    })
    .await;
}

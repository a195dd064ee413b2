//! Made on the page, heard and approved by another person, frozen; never lost, never longer than its
//! slot.

use chrono::TimeDelta;
use loa::bulletins::{self, NotSaved};
use loa::error::Failure;
use sea_orm::ConnectionTrait;

use super::{Stage, send};
use crate::world::{Browser, Page, World, on_both};

/// A jingle, a shorter closing, the other order: without a script.
async fn change_by_buttons(world: &World, stage: &Stage, dung: &mut Browser, page: &Page) -> Page {
    let deliveries = page.attributes(".order-steps input[name=stories]", "value");
    let [first, second] = deliveries.as_slice() else {
        panic!("two stories: {deliveries:?}");
    };
    let step = format!("down-{first}");
    let fields = [
        ("opening", "Đài {dia_danh}, {gio}."),
        ("closing", "Hết."),
        ("jingle", "chime"),
        ("voice", "vi"),
        ("speed", "110"),
        ("stories", first),
        ("stories", second),
        ("step", &step),
    ];
    let answer = send(dung, &stage.path("/words"), page, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    world.work().await;
    let page = dung.get(&stage.path("")).await;
    let order = page.all(".order tbody th");
    assert_eq!(order.len(), 6, "{order:?}");
    assert!(order[0].contains("Đài phường Một, 10 giờ."), "{order:?}");
    assert_eq!(page.all(".order th a"), ["Tin hai", "Tin một"]);
    page
}

#[tokio::test]
async fn one_makes_it_and_another_approves_it_on_the_page() {
    on_both("bulletins_page", async |world| {
        let stage = Stage::set(&world, &["Tin một", "Tin hai"], 300).await;
        let mut dung = world.sign_in("dung").await;
        let airtime = dung.get("/airtime").await;
        let links = airtime.links(".airtimes a");
        assert_eq!(links[0].0, stage.path(""), "{links:?}");
        let page = dung.get(&stage.path("")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.all(".order-state .tag"), ["Chưa có bản tin"]);
        assert_eq!(page.all(".order th a"), ["Tin một", "Tin hai"]);
        assert_eq!(page.all(".page-head button"), ["Soạn bản tin"]);

        // One click: the station, the hour and the day are there, ready to be heard.
        let page = dung.post(&stage.path(""), &[]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = dung.get(&stage.path("")).await;
        assert_eq!(page.all(".order-state .tag"), ["Đang dựng"]);
        assert!(page.attribute("#order[data-poll]", "id").is_some());
        world.work().await;
        let page = dung.get(&stage.path("")).await;
        assert_eq!(page.all(".order-state .tag"), ["Chờ duyệt"]);
        let order = page.all(".order tbody th");
        assert_eq!(order.len(), 4, "{order:?}");
        assert!(
            order[0].contains("Đây là Đài Truyền thanh phường Một. Bây giờ là 10 giờ, thứ Ba"),
            "{order:?}"
        );
        assert!(order[0].contains("ngày 24 tháng 11 năm 2026"), "{order:?}");
        assert_eq!(page.all(".order tbody td")[0], "10:00:00");
        let sound = page.attribute("#order audio", "src").expect("a sound");
        let heard = dung.get(&sound).await;
        assert_eq!(heard.status, 200);
        assert_eq!(heard.headers["content-type"], "audio/mpeg");
        assert!(heard.bytes.len() > 100_000);
        let readings = page.all("[id^=reading-] .reading");
        assert_eq!(readings.len(), 2, "{readings:?}");
        assert!(
            page.all(".notice-title")
                .contains(&"Bản tin này chờ người khác duyệt".to_owned())
        );

        let page = change_by_buttons(&world, &stage, &mut dung, &page).await;

        // Whoever made it does not approve it, on the page or past it.
        assert_eq!(page.all("#approval").len(), 0);
        let refused = send(
            &mut dung,
            &stage.path("/approval"),
            &page,
            &[("heard", "yes")],
        )
        .await;
        assert_eq!(refused.status, 403, "{}", refused.text());

        // Hà finds it at home, and must have heard it.
        let mut ha = world.sign_in("ha").await;
        let home = ha.get("/home").await;
        let waits = home.links("a[href^='/airtime/slots/']");
        assert!(
            waits.iter().any(|(_, text)| text.contains("Duyệt bản tin")),
            "{waits:?}"
        );
        let page = ha.get(&stage.path("")).await;
        assert_eq!(page.all("#approval"), ["Duyệt bản tin"]);
        assert_eq!(
            page.all("#words").len(),
            0,
            "leaders do not write bulletins"
        );
        let answer = send(&mut ha, &stage.path("/approval"), &page, &[]).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert!(answer.all(".field-error")[0].contains("Nghe hết bản tin"));
        let answer = send(
            &mut ha,
            &stage.path("/approval"),
            &page,
            &[("heard", "yes")],
        )
        .await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let page = ha.get(&stage.path("")).await;
        assert_eq!(page.all(".order-state .tag"), ["Đã duyệt"]);
        assert_eq!(page.all(".hash").len(), 1);

        // An auditor sees it and has nothing to press; An's unit has no part in it.
        let mut em = world.sign_in("em").await;
        let page = em.get(&stage.path("")).await;
        assert_eq!(page.status, 200);
        assert!(page.attributes("main form", "action").is_empty());
        let mut an = world.sign_in("an").await;
        assert_eq!(an.get(&stage.path("")).await.status, 404);
        assert_eq!(an.post(&stage.path(""), &[]).await.status, 404);
        for rest in ["/order", "/sound.mp3"] {
            assert_eq!(an.get(&stage.path(rest)).await.status, 404, "{rest}");
        }
        let (walked, broken) = bulletins::verify(&world.app.db, &world.app.files)
            .await
            .expect("walked");
        assert_eq!((walked, broken), (1, vec![]));
    })
    .await;
}

#[tokio::test]
async fn the_database_keeps_what_two_people_approved() {
    on_both("bulletins_frozen", async |world| {
        let stage = Stage::set(&world, &["Tin một"], 300).await;
        stage.begin(&world).await;
        let row = stage.newest(&world.app).await.row;
        let (id, author) = (row.id, row.author_id);
        let ha = world.person("ha").await;
        let run = async |sql: String| world.app.db.execute_unprepared(&sql).await;
        let approval = |by| {
            format!(
                "UPDATE bulletins SET state = 'approved', approver_id = {by}, approved_at = updated_at, \
                 frozen = '{{}}', sha256 = 'x' WHERE id = {id}"
            )
        };
        run(approval(author)).await.expect_err("by its author");
        let other = approval(ha).replace("SET", "SET opening = 'Xin chào',");
        run(other).await.expect_err("of other words");
        let other = approval(ha).replace("SET", &format!("SET author_id = {ha},"));
        run(other).await.expect_err("by somebody who becomes its author");
        stage.approve(&world).await;
        for sql in [
            format!("UPDATE bulletins SET closing = 'Khác' WHERE id = {id}"),
            format!("UPDATE bulletins SET state = 'ready', approver_id = NULL WHERE id = {id}"),
            format!("DELETE FROM bulletins WHERE id = {id}"),
            format!("UPDATE bulletin_parts SET text = 'Khác' WHERE bulletin_id = {id}"),
            format!("DELETE FROM bulletin_parts WHERE bulletin_id = {id}"),
            format!(
                "INSERT INTO bulletin_parts (bulletin_id, kind, position, text, sound_sha256, bytes, \
                 sound_ms, sound_lufs) SELECT {id}, 'jingle', 7, 'bell', sound_sha256, bytes, sound_ms, \
                 sound_lufs FROM bulletin_parts WHERE kind = 'opening'"
            ),
        ] {
            let refused = run(sql.clone()).await.expect_err(&sql).to_string();
            assert!(refused.contains("frozen"), "{sql}: {refused}");
        }
        let row = stage.newest(&world.app).await.row;
        assert_eq!((row.author_id, row.approver_id), (author, Some(ha)));
    })
    .await;
}

#[tokio::test]
async fn what_is_too_long_is_told_and_not_approved() {
    on_both("bulletins_long", async |world| {
        let stage = Stage::set(&world, &["Tin một"], 12).await;
        stage.begin(&world).await;
        let mut ha = world.sign_in("ha").await;
        let page = ha.get(&stage.path("")).await;
        assert!(
            page.all(".notice-title")
                .join(" ")
                .contains("Dài hơn khung giờ")
        );
        assert!(!page.all(".order-out").is_empty(), "{}", page.text());
        assert_eq!(page.all("#heard").len(), 0);
        let person = world.person_of("ha").await;
        let seen = stage.seen(&world).await;
        let refused = bulletins::approve(&world.app, &person, stage.slot, &seen, true).await;
        assert!(
            matches!(refused, Err(Failure::Conflict("bulletins-over"))),
            "{refused:?}"
        );
        // The story that was released plays all the same.
        let receiver = world.receiver(stage.outlets.area_one, 1).await;
        let items = &receiver.manifest().await.slots[0].items;
        assert_eq!(items.len(), 1);
        stage
            .change(&world, |draft| {
                draft.opening = "Đài {dia_danh}.".into();
                draft.closing = String::new();
            })
            .await;
        stage.approve(&world).await;
        assert_eq!(receiver.manifest().await.slots[0].items.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_two_type_at_once_is_not_lost() {
    on_both("bulletins_two", async |world| {
        let stage = Stage::set(&world, &["Tin một"], 300).await;
        stage.begin(&world).await;
        let mut dung = world.sign_in("dung").await;
        let mine = dung.get(&stage.path("")).await;
        let chi = world.person_of("chi").await;
        let newest = stage.newest(&world.app).await;
        let mut draft = bulletins::Draft::of(&newest.row);
        draft.closing = "Chào bà con.".into();
        bulletins::save(&world.app, &chi, stage.slot, &newest.seen(), &draft)
            .await
            .expect("saved");
        let fields = [
            ("opening", "Tôi gõ dở."),
            ("closing", ""),
            ("jingle", ""),
            ("voice", "vi"),
            ("speed", "100"),
        ];
        let page = send(&mut dung, &stage.path("/words"), &mine, &fields).await;
        assert_eq!(page.status, 409, "{}", page.text());
        assert_eq!(page.all("#opening"), ["Tôi gõ dở."]);
        assert_eq!(page.all("#changed .notice-title").len(), 1);
        let page = send(&mut dung, &stage.path("/words"), &page, &fields).await;
        assert_eq!(page.status, 303, "{}", page.text());

        // Approved meanwhile: what was typed becomes the next bulletin.
        world.work().await;
        let mine = dung.get(&stage.path("")).await;
        stage.approve(&world).await;
        let page = send(
            &mut dung,
            &stage.path("/words"),
            &mine,
            &[
                fields[1],
                fields[2],
                fields[3],
                fields[4],
                ("opening", "Lời mới."),
            ],
        )
        .await;
        assert_eq!(page.status, 409, "{}", page.text());
        assert_eq!(page.all("#opening"), ["Lời mới."]);
        let page = send(
            &mut dung,
            &stage.path("/words"),
            &page,
            &[
                fields[1],
                fields[2],
                fields[3],
                fields[4],
                ("opening", "Lời mới."),
            ],
        )
        .await;
        assert_eq!(page.status, 303, "{}", page.text());
        let row = stage.newest(&world.app).await.row;
        assert_eq!((row.number, row.opening.as_str()), (2, "Lời mới."));
        assert!(row.approver_id.is_none());
        let page = dung.get(&stage.path("")).await;
        assert!(
            page.all(".notice")
                .join(" ")
                .contains("Đang dùng bản tin số 1")
        );

        // Faults are told field by field, and what was typed stays.
        let fields = [
            ("opening", "Bây giờ là {giờ}."),
            ("closing", "{{UBND"),
            ("jingle", "trống"),
            ("voice", "ai"),
            ("speed", "300"),
        ];
        let page = send(&mut dung, &stage.path("/words"), &page, &fields).await;
        assert_eq!(page.status, 422, "{}", page.text());
        assert_eq!(
            page.all(".error-summary li").len(),
            5,
            "{:?}",
            page.all(".error-summary li")
        );
        assert_eq!(page.all("#opening"), ["Bây giờ là {giờ}."]);
    })
    .await;
}

#[tokio::test]
async fn stories_that_come_and_go_make_it_stale_until_it_is_made_again() {
    on_both("bulletins_stale", async |world| {
        let mut stage = Stage::set(&world, &["Tin một"], 300).await;
        stage.begin(&world).await;
        let late = stage.add(&world, "Tin hai").await;
        let mut ha = world.sign_in("ha").await;
        let page = ha.get(&stage.path("")).await;
        let told = page.all(".notice-title").join(" ");
        assert!(told.contains("đã thay đổi sau khi dựng"), "{told}");
        let person = world.person_of("ha").await;
        let seen = stage.seen(&world).await;
        let refused = bulletins::approve(&world.app, &person, stage.slot, &seen, true).await;
        assert!(
            matches!(refused, Err(Failure::Conflict("bulletins-stale-stories"))),
            "{refused:?}"
        );
        let mut dung = world.sign_in("dung").await;
        let page = dung.get(&stage.path("")).await;
        let again = send(&mut dung, &stage.path("/order"), &page, &[]).await;
        assert_eq!(again.status, 303, "{}", again.text());
        world.work().await;
        let row = stage.newest(&world.app).await.row;
        assert_eq!(row.order().last(), Some(&late));
        stage.approve(&world).await;

        // Near its time nothing is changed any more; what plays stays.
        world.wait(TimeDelta::minutes(59));
        let chi = world.person_of("chi").await;
        let refused = bulletins::begin(&world.app, &chi, stage.slot).await;
        assert!(
            matches!(refused, Err(Failure::Conflict("bulletins-late"))),
            "{refused:?}"
        );
        let seen = stage.seen(&world).await;
        let draft = bulletins::Draft::of(&stage.newest(&world.app).await.row);
        let refused = bulletins::save(&world.app, &chi, stage.slot, &seen, &draft).await;
        assert!(
            matches!(
                refused,
                Err(NotSaved::Failure(Failure::Conflict("bulletins-late")))
            ),
            "{refused:?}"
        );
    })
    .await;
}

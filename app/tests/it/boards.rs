//! Notice boards: what stands on them was approved, what they showed is proven, and nobody else's word counts.

use chrono::{DateTime, TimeDelta, Utc};
use loa::boards::entity::board;
use loa::deliveries::State;
use loa::evidence;
use loa::ids::{DeliveryId, OutletId, StoryId};
use loa::outlets::entity::outlet;
use loa::outlets::{self, NewOutlet};
use loa_air::{BoardManifest, Reason, SecretKey, Shown, Signed, sign_shown, verify_board};
use loa_plan::ChannelKind;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Set,
};
use serde_json::json;

use crate::world::{Page, Receiver, World, acknowledged, on_both};

/// The outlet of the boards of `xa-mot`, with a story released to it, and a screen.
struct Standing {
    outlet: OutletId,
    story: StoryId,
    screen: Receiver,
}

async fn standing(world: &World) -> Standing {
    let screen = world.board("xa-mot", 1).await;
    let outlet = outlet(world, "xa-mot").await;
    let plan = world.small_plan().await;
    let story = world.silent_story(&plan, "Trả kết quả tại nhà").await;
    world.release(story, outlet, None).await;
    Standing {
        outlet,
        story,
        screen,
    }
}

async fn outlet(world: &World, unit: &str) -> OutletId {
    let row = outlet::Entity::find()
        .filter(outlet::Column::Kind.eq("notice_board"))
        .filter(outlet::Column::UnitId.eq(world.unit(unit).await))
        .one(&world.app.db)
        .await
        .expect("asked");
    row.expect("an outlet").id
}

fn read(page: &Page, screen: &Receiver, last: i64) -> BoardManifest {
    assert_eq!(page.status, 200, "{}", page.text());
    let signed: Signed = serde_json::from_slice(&page.bytes).expect("an envelope");
    verify_board(&signed, &screen.server, (screen.id, last), screen.now()).expect("it holds")
}

async fn manifest(screen: &Receiver) -> BoardManifest {
    read(&screen.get("/boards/manifest").await, screen, 0)
}

/// Shown for ten seconds that end now.
async fn shown(screen: &Receiver, id: &str) -> Shown {
    let asked = manifest(screen).await;
    let notice = &asked.notices[0];
    Shown {
        board: screen.id,
        delivery: notice.delivery,
        ended_at: screen.now(),
        id: id.to_owned(),
        seconds: 10,
        sha256: notice.sha256.clone(),
        started_at: screen.now() - TimeDelta::seconds(10),
        times: 1,
        version: asked.version,
    }
}

async fn tell(screen: &Receiver, said: &[Signed]) -> Vec<String> {
    let page = screen.post("/boards/receipts", &said).await;
    assert_eq!(page.status, 200, "{}", page.text());
    acknowledged(&page)
}

#[tokio::test]
async fn a_screen_comes_in_shows_what_was_released_and_proves_it() {
    on_both("boards_life", async |world| {
        let mut dung = world.sign_in("dung").await;
        dung.get("/boards").await;
        let unit = world.unit("xa-mot").await.to_string();
        let page = dung.post("/boards", &[("unit", &unit), ("name", "")]).await;
        assert_eq!(page.status, 422);
        assert!(
            page.text().contains("Hãy ghi nơi đặt màn hình"),
            "{}",
            page.text()
        );
        let page = dung
            .post(
                "/boards",
                &[("unit", &unit), ("name", "Nhà văn hóa thôn 2")],
            )
            .await;
        let code = page.all("[data-code]").remove(0);
        let address = page
            .attribute("[data-invitation]", "href")
            .expect("an address");
        assert!(address.contains(&format!("/board#{code}/")), "{address}");
        assert!(page.text().contains("Chờ kết nối"), "{}", page.text());
        let key = SecretKey::from_seed(&[7; 32]);
        assert_eq!(world.enrol_board("ABCD-EFGH-JKLM", &key).await.status, 403);
        let came = world.enrol_board(&code.to_lowercase(), &key).await;
        assert_eq!(came.status, 200, "{}", came.text());
        assert!(address.ends_with(came.json()["server_key"].as_str().expect("a key")));
        let other = SecretKey::from_seed(&[8; 32]);
        assert_eq!(
            world.enrol_board(&code, &other).await.status,
            403,
            "a code works once"
        );

        let Standing { story, screen, .. } = standing(&world).await;
        let asked = manifest(&screen).await;
        assert_eq!(asked.version, 1);
        let [notice] = &asked.notices[..] else {
            panic!("{asked:?}");
        };
        assert_eq!(notice.title, "Trả kết quả tại nhà");
        assert_eq!(notice.text, "Xã trả kết quả tại nhà.");
        assert_eq!(notice.link, None, "it is not on the portal");
        let delivery = DeliveryId(notice.delivery);
        assert_eq!(world.state(delivery).await, State::Sent);
        let tag = [("if-none-match", "\"v1\"")];
        let again = screen
            .send(axum::http::Method::GET, "/boards/manifest", b"", &tag)
            .await;
        assert_eq!(again.status, 304);

        world.wait(TimeDelta::minutes(1));
        let first = shown(&screen, "s-1").await;
        let signed = sign_shown(&screen.key, &first);
        assert_eq!(
            tell(&screen, &[signed.clone(), signed]).await,
            ["s-1", "s-1"]
        );
        assert_eq!(world.state(delivery).await, State::Proven);
        let later = Shown {
            id: "s-2".into(),
            ..shown(&screen, "s-2").await
        };
        assert_eq!(
            tell(&screen, &[sign_shown(&screen.key, &later)]).await,
            ["s-2"]
        );
        let ledger = world.ledger().await;
        assert_eq!(ledger.len(), 1, "once for each notice and board");
        assert_eq!(
            (ledger[0].kind.as_str(), ledger[0].channel.as_str()),
            ("shown", "notice_board")
        );

        let mut chi = world.sign_in("chi").await;
        let page = chi.get(&format!("/evidence/{}", ledger[0].seq)).await;
        assert!(
            page.text().contains("Biên nhận của bảng tin"),
            "{}",
            page.text()
        );
        let second = world.board("xa-mot", 2).await;
        let there = sign_shown(&second.key, &shown(&second, "s-1").await);
        assert_eq!(tell(&second, &[there]).await, ["s-1"]);
        let ledger = world.ledger().await;
        assert_eq!(
            ledger.iter().map(|entry| entry.first).collect::<Vec<_>>(),
            [true, false]
        );
        for part in evidence::verify(&world.app).await.expect("checked") {
            assert!(part.broken.is_empty(), "{part:?}");
        }
        let binh = world.person_of("binh").await;
        let line = loa::deliveries::get(&world.app, &binh, delivery)
            .await
            .expect("seen");
        let withdrawn = loa::deliveries::withdraw(&world.app, &binh, line.release.id).await;
        assert_eq!(withdrawn.expect("withdrawn"), story);
        let asked = read(&screen.get("/boards/manifest").await, &screen, 1);
        assert_eq!((asked.version, asked.notices.len()), (2, 0));
    })
    .await;
}

#[tokio::test]
async fn what_a_board_did_not_show_is_not_counted_and_nobody_speaks_for_it() {
    on_both("boards_forged", async |world| {
        let Standing { screen, .. } = standing(&world).await;
        let stranger = world.board("xa-hai", 2).await;
        world.wait(TimeDelta::minutes(1));
        let fair = shown(&screen, "s-1").await;

        let mut altered = sign_shown(&screen.key, &fair);
        altered.payload = sign_shown(
            &screen.key,
            &Shown {
                seconds: 9,
                ..fair.clone()
            },
        )
        .payload;
        let foreign = sign_shown(&stranger.key, &fair);
        let id = Shown {
            id: "../1".into(),
            ..fair.clone()
        };
        let nothing = Shown {
            delivery: 999,
            ..fair.clone()
        };
        let refused = [
            altered,
            foreign,
            sign_shown(&screen.key, &id),
            sign_shown(&screen.key, &nothing),
        ];
        assert!(tell(&screen, &refused).await.is_empty());
        // Another board's notice, by a board that is who it says.
        let not_mine = Shown {
            board: stranger.id,
            ..fair.clone()
        };
        assert!(
            tell(&stranger, &[sign_shown(&stranger.key, &not_mine)])
                .await
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn a_receipt_that_says_less_than_a_whole_reading_is_kept_and_counts_for_nothing() {
    on_both("boards_glance", async |world| {
        let Standing { screen, .. } = standing(&world).await;
        world.wait(TimeDelta::minutes(1));
        let fair = shown(&screen, "s-1").await;
        let now: DateTime<Utc> = screen.now();
        let hour = TimeDelta::hours(1);
        let kept = [
            (
                "version",
                Shown {
                    sha256: "ab".repeat(32),
                    ..fair.clone()
                },
            ),
            (
                "glance",
                Shown {
                    seconds: 4,
                    ..fair.clone()
                },
            ),
            (
                "never",
                Shown {
                    times: 0,
                    ..fair.clone()
                },
            ),
            (
                "before",
                Shown {
                    started_at: now - hour,
                    ..fair.clone()
                },
            ),
            (
                "ahead",
                Shown {
                    ended_at: now + hour,
                    ..fair.clone()
                },
            ),
            (
                "longer",
                Shown {
                    seconds: 600,
                    ..fair.clone()
                },
            ),
        ];
        for (id, shown) in kept {
            let signed = sign_shown(
                &screen.key,
                &Shown {
                    id: id.into(),
                    ..shown
                },
            );
            assert_eq!(tell(&screen, &[signed]).await, [id], "it is kept");
            assert!(world.ledger().await.is_empty(), "{id} counts for nothing");
        }
        assert_eq!(
            tell(&screen, &[sign_shown(&screen.key, &fair)]).await,
            ["s-1"]
        );
        assert_eq!(world.ledger().await.len(), 1);
        let other = Shown { times: 7, ..fair };
        assert!(
            tell(&screen, &[sign_shown(&screen.key, &other)])
                .await
                .is_empty(),
            "its id is taken"
        );
        world.wait(TimeDelta::days(31));
        let asked = read(&screen.get("/boards/manifest").await, &screen, 1);
        assert!(asked.notices.is_empty(), "it stood its time");
        assert_eq!(asked.version, 2);
    })
    .await;
}

#[tokio::test]
async fn who_is_no_board_is_answered_nothing_and_what_a_board_refused_is_shown() {
    on_both("boards_strangers", async |world| {
        let Standing { screen, .. } = standing(&world).await;
        let stranger = world.board("xa-hai", 2).await;
        let now = screen.now();
        let speaker = world.outlets().await;
        let receiver = world.receiver(speaker.area_one, 9).await;
        assert_eq!(
            receiver.get("/boards/manifest").await.status,
            401,
            "a loudspeaker is no board"
        );
        let signed: Signed = serde_json::from_slice(&screen.get("/boards/manifest").await.bytes)
            .expect("an envelope");
        let elsewhere = verify_board(&signed, &stranger.server, (stranger.id, 0), now);
        assert_eq!(elsewhere, Err(Reason::WrongArea));
        let old = verify_board(&signed, &screen.server, (screen.id, 99), now);
        assert_eq!(old, Err(Reason::Replayed));
        let late = verify_board(
            &signed,
            &screen.server,
            (screen.id, 0),
            now + TimeDelta::days(8),
        );
        assert_eq!(late, Err(Reason::Expired));

        let told = screen
            .post("/boards/refusals", &json!({ "reason": "bad_signature" }))
            .await;
        assert_eq!(told.status, 204, "{}", told.text());
        let mut dung = world.sign_in("dung").await;
        let page = dung.get("/boards").await;
        assert!(page.text().contains("chữ ký không khớp"), "{}", page.text());
        let page = dung
            .post(&format!("/boards/{}/revocation", screen.id), &[])
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        assert_eq!(screen.get("/boards/manifest").await.status, 401);
        let mut giang = world.sign_in("giang").await;
        giang.get("/home").await;
        let page = giang
            .post(&format!("/boards/{}/revocation", stranger.id), &[])
            .await;
        assert_eq!(page.status, 403, "an editor looks after no screens");
    })
    .await;
}

#[tokio::test]
async fn the_newest_version_stands_and_what_nobody_saw_is_shown_as_failed() {
    on_both("boards_versions", async |world| {
        let Standing {
            outlet,
            story,
            screen,
        } = standing(&world).await;
        let before = manifest(&screen).await;
        world
            .correct(
                story,
                &format!("{} Hết.", "Xã trả kết quả tận nơi cho dân. ".repeat(40)),
            )
            .await;
        world.release(story, outlet, None).await;
        let after = manifest(&screen).await;
        assert_eq!(after.notices.len(), 1);
        let (old, new) = (
            DeliveryId(before.notices[0].delivery),
            DeliveryId(after.notices[0].delivery),
        );
        assert_eq!(world.state(old).await, State::Withdrawn);
        let text = &after.notices[0].text;
        assert!(
            text.ends_with("cho dân. …") && text.chars().count() <= 602,
            "{text}"
        );

        world.wait(TimeDelta::days(4));
        let mut dung = world.sign_in("dung").await;
        let home = dung.get("/home").await;
        assert!(
            home.text().contains("“Sảnh trụ sở” không hoạt động"),
            "{}",
            home.text()
        );
        loa::schedule::look_after(&world.app).await;
        assert_eq!(world.state(new).await, State::Failed);
        assert_eq!(
            world.failure(new).await.as_deref(),
            Some("deliveries-unseen")
        );
        let late = sign_shown(&screen.key, &shown(&screen, "s-1").await);
        assert_eq!(tell(&screen, &[late]).await, ["s-1"]);
        assert_eq!(world.state(new).await, State::Proven);

        // Taken back, it brings no older one back, though that was proven.
        let proven = world.state(new).await;
        world.correct(story, "Xã trả kết quả vào thứ Bảy.").await;
        world.release(story, outlet, None).await;
        let newest = manifest(&screen).await.notices[0].delivery;
        assert_ne!(newest, new.0);
        assert_eq!(world.state(new).await, proven, "what was shown was shown");
        let binh = world.person_of("binh").await;
        let line = loa::deliveries::get(&world.app, &binh, DeliveryId(newest))
            .await
            .expect("seen");
        loa::deliveries::withdraw(&world.app, &binh, line.release.id)
            .await
            .expect("withdrawn");
        assert!(manifest(&screen).await.notices.is_empty());

        let db = &world.app.db;
        let drop = match db.get_database_backend() {
            DbBackend::Postgres => "DROP TRIGGER board_receipts_stay ON board_receipts",
            _ => "DROP TRIGGER board_receipts_stay",
        };
        assert!(
            db.execute_unprepared("UPDATE board_receipts SET seconds = 99")
                .await
                .is_err()
        );
        db.execute_unprepared(drop).await.expect("dropped");
        db.execute_unprepared("UPDATE board_receipts SET seconds = 99")
            .await
            .expect("changed");
        let parts = evidence::verify(&world.app).await.expect("checked");
        let part = parts
            .iter()
            .find(|part| part.name == "boards")
            .expect("a part");
        assert_eq!(part.broken.len(), 2, "{part:?}");
    })
    .await;
}

#[tokio::test]
async fn boards_that_another_program_fills_are_not_taken_for_screens() {
    on_both("boards_elsewhere", async |world| {
        let wanted = NewOutlet {
            key: "bang-xa",
            unit: world.unit("xa-mot").await,
            kind: ChannelKind::NoticeBoard,
            name: "Bảng LED của xã",
            address: None,
            area: None,
        };
        let elsewhere = outlets::create(&world.app.db, &wanted)
            .await
            .expect("an outlet");
        let row = outlet::ActiveModel {
            id: Set(elsewhere),
            connector: Set(Some("webhook".to_owned())),
            ..Default::default()
        };
        row.update(&world.app.db).await.expect("changed");
        world.board("xa-mot", 1).await;
        let screen = board::Entity::find().one(&world.app.db).await;
        let screen = screen.expect("asked").expect("a board");
        assert_ne!(screen.outlet_id, elsewhere);
    })
    .await;
}

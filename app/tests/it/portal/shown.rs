//! What is shown, and what no longer is.

use axum::http::Method;
use chrono::TimeDelta;
use loa::deliveries;
use loa::evidence::VERSION_META;

use super::{read, titles};
use crate::world::on_both;

const ADDRESS: &str = "/tin/tra-ket-qua-tai-nha";

#[tokio::test]
async fn nothing_is_shown_that_was_not_approved_and_released() {
    on_both("portal_unapproved", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let page = read(&world, "/").await;
        assert_eq!(page.all(".empty h2"), ["Chưa có tin, bài"]);
        assert_eq!(page.all(".portal-name"), ["Cổng Hà Nam"]);
        assert_eq!(page.all(".portal-masthead-top p"), ["Tỉnh Hà Nam"]);
        let story = world
            .submitted_story(&plan, "Trả kết quả tại nhà", "Xã trả kết quả tại nhà.")
            .await;
        assert_eq!(read(&world, ADDRESS).await.status, 404);
        world.approve(story).await;
        assert_eq!(read(&world, ADDRESS).await.status, 404);
        assert!(titles(&world).await.is_empty());
        // What is only on the air is heard, not read.
        let slot = world.slot(outlets.area_one, 60, 300).await;
        world.release(story, outlets.one, Some(slot)).await;
        assert_eq!(read(&world, ADDRESS).await.status, 404);
        assert_eq!(read(&world, &format!("{ADDRESS}/sound")).await.status, 404);
        assert!(titles(&world).await.is_empty());
        let air = read(&world, "/").await.all(".portal-side li");
        assert_eq!(air[0], "10:00 Trả kết quả tại nhà");

        world.release(story, outlets.portal, None).await;
        assert_eq!(titles(&world).await, ["Trả kết quả tại nhà"]);
        let page = read(&world, ADDRESS).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.all("h1"), ["Trả kết quả tại nhà"]);
        assert_eq!(page.all(".kicker a"), ["Cơ chế một cửa"]);
        assert_eq!(
            page.all(".portal-story-body p"),
            ["Xã trả kết quả tại nhà."]
        );
        let meta = page.all(".portal-story-meta").remove(0);
        assert!(meta.contains("Sở Thông tin và Truyền thông"), "{meta}");
        assert!(meta.contains("09:00 24/11/2026"), "{meta}");
        let binh = world.person_of("binh").await;
        let seen = loa::stories::get(&world.app, &binh, story).await;
        let hash = seen.expect("a story").approvals[0].sha256.clone();
        assert_eq!(
            page.attribute(&format!("meta[name={VERSION_META}]"), "content"),
            Some(hash)
        );

        // A correction that nobody approved is not shown; approved and released it is.
        let an = world.person_of("an").await;
        let seen = loa::stories::get(&world.app, &an, story)
            .await
            .expect("a story");
        let draft = loa::stories::Draft {
            title: "Trả kết quả tận tay".into(),
            ..seen.draft()
        };
        loa::stories::save(&world.app, &an, story, &seen.seen(), &draft)
            .await
            .expect("saved");
        assert_eq!(titles(&world).await, ["Trả kết quả tại nhà"]);
        world
            .correct(story, "Từ tháng 12, xã trả kết quả tại nhà.")
            .await;
        assert_eq!(titles(&world).await, ["Trả kết quả tại nhà"]);
        world.release(story, outlets.portal, None).await;
        assert_eq!(titles(&world).await, ["Trả kết quả tận tay"]);
        let page = read(&world, ADDRESS).await;
        assert!(page.text().contains("Từ tháng 12"), "{}", page.text());
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_is_gone_and_does_not_come_back_as_it_was() {
    on_both("portal_withdrawn", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let story = world.approved_story(&plan, "Trả kết quả tại nhà").await;
        let other = world.approved_story(&plan, "Tin ở lại").await;
        world.release(other, outlets.portal, None).await;
        world.release(story, outlets.portal, None).await;
        world.correct(story, "Bản sửa.").await;
        world.release(story, outlets.portal, None).await;
        assert_eq!(
            titles(&world).await,
            ["Trả kết quả tại nhà", "Tin ở lại"],
            "the last release comes first, each story once"
        );
        let chi = world.program("chi").await;
        let listed = chi.get(&format!("/deliveries?story={story}")).await.json();
        let release = listed["deliveries"][0]["release"].as_i64().expect("an id");
        let binh = world.person_of("binh").await;
        deliveries::withdraw(&world.app, &binh, loa::ids::ReleaseId(release))
            .await
            .expect("withdrawn");
        // The first version, which was corrected, stays away as well.
        for path in [ADDRESS.to_owned(), format!("{ADDRESS}/sound")] {
            let page = read(&world, &path).await;
            assert_eq!(page.status, 410, "{path}: {}", page.text());
            assert_eq!(page.all("h1"), ["Tin, bài đã được gỡ"]);
            assert!(!page.text().contains("Trả kết quả"));
        }
        assert_eq!(titles(&world).await, ["Tin ở lại"]);
        assert!(!read(&world, "/feed.xml").await.text().contains(ADDRESS));
        assert_eq!(
            read(&world, &format!("{ADDRESS}?lang=en")).await.all("h1"),
            ["This story was taken back"]
        );
        world.release(story, outlets.portal, None).await;
        assert_eq!(titles(&world).await, ["Trả kết quả tại nhà", "Tin ở lại"]);
        assert_eq!(read(&world, ADDRESS).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn pages_may_be_kept_for_a_minute_and_are_the_same_for_everybody() {
    on_both("portal_kept", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let story = world.approved_story(&plan, "Trả kết quả tại nhà").await;
        world.release(story, outlets.portal, None).await;
        let page = read(&world, ADDRESS).await;
        assert_eq!(page.headers["cache-control"], "public, max-age=60");
        assert_eq!(
            page.headers["last-modified"],
            "Tue, 24 Nov 2026 02:00:00 GMT"
        );
        let tag = page.headers["etag"].to_str().expect("a tag").to_owned();
        for known in [tag.clone(), format!("\"x\", W/{tag}")] {
            let again = ask(&world, ADDRESS, &[("if-none-match", &known)]).await;
            assert_eq!(
                (again.status.as_u16(), again.bytes.len()),
                (304, 0),
                "{known}"
            );
            assert_eq!(again.headers["etag"].to_str().expect("a tag"), tag);
        }
        let other = ask(&world, ADDRESS, &[("if-none-match", "\"x\"")]).await;
        assert_eq!(other.status, 200);
        // Somebody who is signed in reads what everybody reads.
        let mut chi = world.sign_in("chi").await;
        assert_eq!(chi.get(ADDRESS).await.bytes, page.bytes);
        assert_eq!(chi.get("/").await.bytes, read(&world, "/").await.bytes);

        let english = read(&world, &format!("{ADDRESS}?lang=en")).await;
        assert_eq!(english.attribute("html", "lang").as_deref(), Some("en"));
        assert_eq!(english.attribute("article", "lang").as_deref(), Some("vi"));
        assert_eq!(english.all(".portal-nav a"), ["News", "How far we are"]);
        let home = english.attribute(".portal-name", "href");
        assert_eq!(home.as_deref(), Some("/?lang=en"));

        for (path, status) in [
            ("/tin/khong-co", 404),
            ("/?theme=999", 404),
            ("/?theme=x", 404),
        ] {
            let page = read(&world, path).await;
            assert_eq!(page.status, status, "{path}");
            assert_eq!(page.all("h1"), ["Không tìm thấy trang"]);
        }
        let themed = read(&world, &format!("/?theme={}", plan.themes[0])).await;
        assert_eq!(themed.all("h1"), ["Cơ chế một cửa"]);
        assert_eq!(themed.all(".teaser h2").len(), 1);
        let themed = read(&world, &format!("/?theme={}", plan.themes[1])).await;
        assert!(themed.all(".teaser h2").is_empty());
        assert!(
            read(&world, "/robots.txt")
                .await
                .text()
                .contains("Disallow: /api/")
        );
    })
    .await;
}

#[tokio::test]
async fn what_changes_is_seen_at_once_though_pages_are_held() {
    on_both("portal_held", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        // One browser: one server, that holds what it made.
        let mut anybody = world.browser();
        let story = world.approved_story(&plan, "Trả kết quả tại nhà").await;
        assert_eq!(anybody.get(ADDRESS).await.status, 404);
        assert!(anybody.get("/").await.all(".teaser h2").is_empty());
        world.release(story, outlets.portal, None).await;
        assert_eq!(anybody.get(ADDRESS).await.status, 200);
        assert_eq!(anybody.get("/").await.all(".teaser h2").len(), 1);
        let first = anybody.get(ADDRESS).await;
        assert_eq!(anybody.get(ADDRESS).await.bytes, first.bytes);
        world.correct(story, "Bản sửa.").await;
        assert_eq!(anybody.get(ADDRESS).await.bytes, first.bytes);
        world.release(story, outlets.portal, None).await;
        let second = anybody.get(ADDRESS).await;
        assert_eq!(second.all(".portal-story-body p"), ["Bản sửa."]);
        let english = anybody.get(&format!("{ADDRESS}?lang=en")).await;
        assert_eq!(english.attribute("html", "lang").as_deref(), Some("en"));
        let chi = world.program("chi").await;
        let listed = chi.get("/deliveries").await.json();
        let release = listed["deliveries"][0]["release"].as_i64().expect("an id");
        let binh = world.person_of("binh").await;
        deliveries::withdraw(&world.app, &binh, loa::ids::ReleaseId(release))
            .await
            .expect("withdrawn");
        assert_eq!(anybody.get(ADDRESS).await.status, 410);
        assert!(anybody.get("/").await.all(".teaser h2").is_empty());
        let feed = anybody.get("/feed.xml").await;
        assert!(!feed.text().contains(ADDRESS), "{}", feed.text());

        // What is on the air next passes by itself.
        let slot = world.slot(outlets.area_one, 60, 300).await;
        world.release(story, outlets.one, Some(slot)).await;
        assert_eq!(anybody.get("/").await.all("#listen").len(), 1);
        world.wait(TimeDelta::minutes(66));
        assert!(anybody.get("/").await.all("#listen").is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_sound_comes_in_the_parts_that_a_player_asks_for() {
    on_both("portal_sound", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let story = world.approved_story(&plan, "Trả kết quả tại nhà").await;
        world.release(story, outlets.portal, None).await;
        let page = read(&world, ADDRESS).await;
        let source = page.attribute("audio", "src").expect("a player");
        let whole = read(&world, &source).await;
        assert_eq!(whole.headers["content-type"], "audio/mpeg");
        assert_eq!(whole.headers["cache-control"], "public, max-age=60");
        let part = ask(&world, &source, &[("range", "bytes=100-199")]).await;
        assert_eq!(part.status, 206);
        assert_eq!(part.bytes, whole.bytes[100..200]);
    })
    .await;
}

#[tokio::test]
async fn progress_counts_what_is_proven() {
    on_both("portal_progress", async |mut world| {
        world.go_online().await;
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        let story = world.approved_story(&plan, "Trả kết quả tại nhà").await;
        world.release(story, outlets.portal, None).await;
        let progress = async |world| {
            let page = read(world, "/chuong-trinh").await;
            assert_eq!(page.status, 200, "{}", page.text());
            page.all(".portal-progress .num")
        };
        assert_eq!(
            progress(&world).await,
            ["0 trong 11 tháng", "0 trong 11 tháng"]
        );
        world.work().await;
        assert_eq!(
            progress(&world).await,
            ["1 trong 11 tháng", "0 trong 11 tháng"]
        );
        world.wait(TimeDelta::days(40));
        assert_eq!(progress(&world).await[0], "0 trong 1 tháng");
    })
    .await;
}

#[tokio::test]
async fn older_stories_are_turned_over_to() {
    on_both("portal_pages", async |world| {
        let (plan, outlets) = (world.small_plan().await, world.outlets().await);
        for number in 0..22 {
            let story = world.silent_story(&plan, &format!("Tin số {number}")).await;
            world.release(story, outlets.portal, None).await;
        }
        let first = titles(&world).await;
        assert_eq!((first.len(), first[0].as_str()), (20, "Tin số 21"));
        let page = read(&world, "/").await;
        let older = page.attribute("a[rel=next]", "href").expect("more");
        let page = read(&world, &older).await;
        assert_eq!(page.all(".teaser h2"), ["Tin số 1", "Tin số 0"]);
        assert!(page.attribute("a[rel=next]", "href").is_none());
        assert!(page.all("audio").is_empty());
    })
    .await;
}

async fn ask(
    world: &crate::world::World,
    path: &str,
    headers: &[(&str, &str)],
) -> crate::world::Page {
    let mut browser = world.browser();
    browser.send_with(Method::GET, path, headers).await
}

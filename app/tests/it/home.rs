//! Home: each role finds its own work first.

use chrono::TimeDelta;
use loa::reports;

use crate::world::on_both;

#[tokio::test]
async fn the_officer_sees_what_waits_what_is_silent_what_comes_and_who_is_late() {
    on_both("home_officer", async |world| {
        let programme = world.programme().await;
        world
            .submitted_story(&programme.plan, "Chờ duyệt", "Chờ duyệt.")
            .await;
        let mut chi = world.sign_in("chi").await;
        let page = chi.get("/home").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.all("h1"), ["Chào đồng chí Lê Thị Chi"]);
        assert_eq!(page.all(".kicker"), ["Thứ Ba, ngày 24 tháng 11 năm 2026"]);
        let panels = [
            "Việc chờ tôi 0",
            "Sắp phát",
            "Chương trình đang im lặng ở đâu",
            "Ai đang chậm",
        ];
        assert_eq!(page.all(".panel h2"), panels);
        assert_eq!(page.all(".airtimes time"), ["10:00", "10:00", "11:00"]);
        assert_eq!(page.all(".airtimes a")[0], "Một cửa");
        assert_eq!(page.all(".coverage-compact tbody tr").len(), 2);
        assert!(page.text().contains("Không đơn vị nào chậm"));
        // What one approves waits for who may approve it.
        let binh = world.sign_in("binh").await.get("/home").await;
        assert_eq!(binh.all("#waiting .count-waiting"), ["1"]);
        assert_eq!(
            binh.all("[aria-labelledby=waiting] .lines a"),
            ["Duyệt: Chờ duyệt"]
        );
        assert!(
            binh.text().contains("chưa có kênh nào"),
            "the agency has no outlet of its own"
        );
        let an = world.sign_in("an").await.get("/home").await;
        assert_eq!(an.all("#waiting .count"), ["0"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_late_is_shown_until_somebody_answers() {
    on_both("home_late", async |world| {
        world.programme().await;
        // The slots are long over and no loudspeaker told of the second story.
        world.wait(TimeDelta::hours(12));
        loa::schedule::look_after(&world.app).await;
        let ha = world.sign_in("ha").await.get("/home").await;
        let waiting = ha.all("[aria-labelledby=waiting] .lines a");
        assert_eq!(waiting, ["Phát không thành công: Loa Phường Một"]);

        // 1 October 2027: the reports of the year are a day late.
        world.wait(TimeDelta::days(311));
        let mut chi = world.sign_in("chi").await;
        let page = chi.get("/home").await;
        let waiting = page.all("[aria-labelledby=waiting] .lines a");
        assert_eq!(waiting[0], "Gửi báo cáo của Tỉnh Hà Nam");
        let late = page.all("[aria-labelledby=late] .lines a");
        assert_eq!(late[0], "Phường Một");
        assert_eq!(late.len(), 5, "four reports, one delivery: {late:?}");
        assert_eq!(page.all("[aria-labelledby=late] .late")[0], "chậm 1 ngày");

        // A commune hands in; it waits for the province, and is late no more.
        let giang = world.person_of("giang").await;
        let id = world.report("giang", "xa-hai", 2027).await;
        reports::submit(&world.app, &giang, id, None)
            .await
            .expect("submitted");
        let page = chi.get("/home").await;
        let waiting = page.links("[aria-labelledby=waiting] .lines a");
        let (link, title) = &waiting[1];
        assert_eq!(title, "Báo cáo của Xã Hai chờ tiếp nhận");
        assert_eq!(link, &format!("/reports/{id}"));
        assert!(
            !page
                .all("[aria-labelledby=late] .lines a")
                .contains(&"Xã Hai".to_owned())
        );
    })
    .await;
}

#[tokio::test]
async fn a_broadcaster_finds_the_day_first() {
    on_both("home_day", async |world| {
        let programme = world.programme().await;
        let mut dung = world.sign_in("dung").await;
        let page = dung.get("/home").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.all("h1"), ["Hôm nay"]);
        assert_eq!(
            page.all(".kicker"),
            ["Phường Một, Thứ Ba, ngày 24 tháng 11 năm 2026"]
        );
        assert_eq!(
            page.all(".day h2"),
            ["Một cửa", "Cả hai"],
            "its own area only"
        );
        assert_eq!(page.all(".day time"), ["10:00", "11:00"]);
        assert_eq!(
            page.all(".day .tag:last-child"),
            ["Có minh chứng", "Đã lên lịch"]
        );
        let (link, _) = &page.links(".day h2 a")[1];
        assert_eq!(link, &format!("/deliveries/{}", programme.failed_delivery));
        assert_eq!(dung.get(link).await.status, 200);
        assert_eq!(page.all(".panel h2").len(), 3);
        world.wait(TimeDelta::hours(15));
        let mut dung = world.sign_in("dung").await;
        let page = dung.get("/home").await;
        assert_eq!(page.all(".empty h2"), ["Hôm nay không có khung giờ phát"]);
    })
    .await;
}

#[tokio::test]
async fn one_lands_at_home_after_signing_in() {
    on_both("home_sign_in", async |world| {
        let mut browser = world.browser();
        let page = browser.get("/home").await;
        assert_eq!(page.location.as_deref(), Some("/sign-in?next=/home"));
        browser.get("/sign-in").await;
        let form = [("login", "em"), ("password", crate::world::PASSWORD)];
        let page = browser.post("/sign-in", &form).await;
        assert_eq!(page.location.as_deref(), Some("/home"));
        let page = browser.get("/home").await;
        assert_eq!(
            page.status,
            200,
            "with no plan and no outlet: {}",
            page.text()
        );
        assert!(page.text().contains("Nhập kế hoạch"));
        assert!(
            !page.text().contains("/stories/new"),
            "an auditor writes nothing"
        );
        let page = browser.get("/home?lang=en").await;
        assert_eq!(page.all(".panel h2").len(), 4);
        assert!(page.text().contains("Who is late"));
    })
    .await;
}

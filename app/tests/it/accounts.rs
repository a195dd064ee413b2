//! Signing in, and what nobody gets without it.

use chrono::TimeDelta;

use crate::world::{PASSWORD, on_both};

#[tokio::test]
async fn a_person_signs_in_reads_a_page_and_signs_out() {
    on_both("accounts_sign_in", async |world| {
        let mut browser = world.browser();
        let page = browser.get("/units?on=2021-10-01").await;
        assert_eq!(page.status, 303);
        assert_eq!(
            page.location.as_deref(),
            Some("/sign-in?next=/units%3Fon%3D2021-10-01")
        );

        let mut browser = world.sign_in("an").await;
        let page = browser.get("/units").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.all(".account-name"), ["Nguyễn Văn An"]);

        browser.post("/sign-out", &[]).await;
        assert_eq!(browser.get("/units").await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn a_form_without_the_token_of_its_page_is_refused() {
    on_both("accounts_csrf", async |world| {
        let mut browser = world.browser();
        browser.get("/sign-in").await;
        browser.csrf = "forged".into();
        let page = browser
            .post("/sign-in", &[("login", "an"), ("password", PASSWORD)])
            .await;
        assert_eq!(page.status, 403);
        assert_eq!(page.all("h1"), ["Biểu mẫu đã hết hạn"]);
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down_and_what_was_typed_stays() {
    on_both("accounts_rate", async |world| {
        let mut browser = world.browser();
        browser.get("/sign-in").await;
        for _ in 0..6 {
            let page = browser
                .post("/sign-in", &[("login", "an"), ("password", "đoán")])
                .await;
            assert_eq!(page.status, 422);
            assert_eq!(page.attribute("#login", "value").as_deref(), Some("an"));
            assert_eq!(page.attribute("#password", "value"), None);
        }
        let right = [("login", "an"), ("password", PASSWORD)];
        assert_eq!(browser.post("/sign-in", &right).await.status, 429);
        world.wait(TimeDelta::minutes(16));
        assert_eq!(browser.post("/sign-in", &right).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used() {
    on_both("accounts_expiry", async |world| {
        let mut browser = world.sign_in("an").await;
        world.wait(TimeDelta::hours(13));
        assert_eq!(browser.get("/units").await.status, 303);
    })
    .await;
}

//! Who may ask for the elements of a draft, and what scripts are answered.

use loa::plans::Kind;

use super::SMALL;
use super::review::Draft;
use crate::world::on_both;

#[tokio::test]
async fn only_who_plans_for_the_unit_decides() {
    on_both("review_rights", async |world| {
        let draft = Draft::of(&world, SMALL).await;
        let one = draft.elements(&world, Kind::Theme).await.remove(0);
        let element = format!("{}/elements/{}", draft.path, one.id);
        for login in ["em", "an", "giang", "dung"] {
            let mut other = world.sign_in(login).await;
            other.get("/home").await;
            assert_eq!(other.get(&element).await.status, 404, "{login}");
            assert_eq!(
                other.get(&format!("{element}/edit")).await.status,
                404,
                "{login}"
            );
            let new = format!("{}/elements/new?kind=theme", draft.path);
            assert_eq!(other.get(&new).await.status, 404, "{login}");
            assert_eq!(
                draft.decide(&mut other, &one, "accepted").await.status,
                404,
                "{login}"
            );
            let fields = [("version", "1"), ("label", "x")];
            assert_eq!(other.post(&element, &fields).await.status, 404, "{login}");
            let fields = [("kind", "theme"), ("clause", "part_I"), ("label", "x")];
            let path = format!("{}/elements", draft.path);
            assert_eq!(other.post(&path, &fields).await.status, 404, "{login}");
            let path = format!("{}/acceptance", draft.path);
            let seen = format!("{}.1", one.id);
            let fields = [("kind", "theme"), ("seen", seen.as_str())];
            assert_eq!(other.post(&path, &fields).await.status, 404, "{login}");
            let program = world.program(login).await;
            assert_eq!(program.get(&element).await.status, 404, "{login}");
        }
        let still = draft.elements(&world, Kind::Theme).await.remove(0);
        assert_eq!(still, one);
        // An element of another plan is not reached through a plan of one's own.
        let other = Draft::of(&world, &SMALL.replace("một cửa", "liên thông")).await;
        let mut chi = world.sign_in("chi").await;
        chi.get(&other.path).await;
        assert_eq!(other.decide(&mut chi, &one, "accepted").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn scripts_get_the_parts_that_changed() {
    on_both("review_inline", async |world| {
        let draft = Draft::of(&world, SMALL).await;
        let mut chi = world.sign_in("chi").await;
        chi.get(&draft.path).await;
        let one = draft.elements(&world, Kind::Theme).await.remove(0);
        let element = format!("{}/elements/{}", draft.path, one.id);
        let fields = [("version", "1"), ("decision", "accepted")];
        let page = chi
            .post_inline(&format!("{element}/decision"), &fields)
            .await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(page.all("#progress").join("").contains("1 trong 8"));
        assert_eq!(page.all("#group-theme h2").len(), 1);
        assert_eq!(
            page.all(&format!("li#element-{} .tag", one.id)),
            ["Đã chấp nhận"]
        );
        assert!(!page.text().contains("<html"));
        // As it was seen before: the answer has the element as it is, and says so.
        let fields = [("version", "1"), ("decision", "rejected")];
        let page = chi
            .post_inline(&format!("{element}/decision"), &fields)
            .await;
        assert_eq!(page.status, 409);
        assert_eq!(
            page.all(&format!("li#element-{} .notice-title", one.id))
                .len(),
            1
        );
        let page = chi.get_inline(&format!("{element}/edit")).await;
        assert_eq!(
            page.all(&format!("li#element-{} form textarea", one.id))
                .len(),
            1
        );
        let page = chi.get_inline(&element).await;
        assert_eq!(
            page.all(&format!("li#element-{} form.element-form", one.id))
                .len(),
            0
        );
    })
    .await;
}

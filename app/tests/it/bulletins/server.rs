//! A speech server that hangs, fails or talks nonsense: the bulletin is made all the same, and says
//! with which voice.

use loa::bulletins::{self, Draft};

use super::Stage;
use crate::world::{Manner, World, beside, on_both, speech_server};

#[tokio::test]
async fn a_bulletin_is_made_whatever_the_speech_server_does() {
    on_both("bulletins_server", async |world| {
        let stage = Stage::set(&world, &["Tin một"], 300).await;
        stage.begin(&world).await;
        for manner in Manner::ALL {
            let (url, _) = speech_server(manner).await;
            let app = beside(&world, &url);
            let dung = world.person_of("dung").await;
            let newest = stage.newest(&app).await;
            let draft = Draft {
                opening: format!("Đài {{dia_danh}} xin chào, lần {manner:?}."),
                voice: "server:mai".into(),
                ..Draft::of(&newest.row)
            };
            bulletins::save(&app, &dung, stage.slot, &newest.seen(), &draft)
                .await
                .expect("saved");
            loa::jobs::run_due(&app).await.expect("the queue");
            let mut dung = World::sign_in_to(&app, "dung").await;
            let page = dung.get(&stage.path("")).await;
            assert_eq!(page.all(".order-state .tag"), ["Chờ duyệt"], "{manner:?}");
            let told = page.all("#order .notice-warning").join(" ");
            let expected = match manner {
                Manner::Works => "",
                Manner::Hangs => "không trả lời kịp",
                _ => "báo lỗi",
            };
            assert!(told.contains(expected), "{manner:?}: {told}");
            assert_eq!(told.is_empty(), manner == Manner::Works, "{told}");
            assert!(
                manner == Manner::Works || told.contains("giọng mai"),
                "{told}"
            );
        }
        stage.approve(&world).await;
        let parts = stage.newest(&world.app).await.parts;
        assert!(
            parts[0]
                .note
                .as_deref()
                .is_some_and(|note| note.contains("server:mai"))
        );
    })
    .await;
}

//! A speech server that works, hangs, fails or talks nonsense: the sound is made all the same, and
//! says with which voice.

use std::sync::atomic::Ordering;

use loa::stories;

use super::{act, draft, with};
use crate::world::{Manner, World, beside, on_both, speech_server};

#[tokio::test]
async fn a_sound_is_made_whatever_the_speech_server_does() {
    on_both("stories_server", async |world| {
        let plan = world.small_plan().await;
        for manner in Manner::ALL {
            let (url, asked) = speech_server(manner).await;
            let app = beside(&world, &url);
            let mut an = World::sign_in_to(&app, "an").await;
            let unit = world.unit("so").await.to_string();
            let page = an.get("/stories/new").await;
            let offered = page.all("#voice option");
            assert_eq!(offered[0], "giọng mai", "{offered:?}");
            let fields = draft(&plan);
            let title = format!("Tin {manner:?}");
            let changes = [
                ("unit", unit.as_str()),
                ("voice", "server:mai"),
                ("title", &title),
            ];
            let page = an.post("/stories", &with(&fields, &changes)).await;
            assert_eq!(page.status, 303, "{}", page.text());
            let id = page
                .location
                .unwrap()
                .trim_start_matches("/stories/")
                .parse()
                .unwrap();
            loa::jobs::run_due(&app).await.unwrap();
            assert!(asked.load(Ordering::SeqCst) > 0);

            let page = an.get(&format!("/stories/{id}")).await;
            assert_eq!(
                page.all("#sound audio").len(),
                1,
                "{manner:?}: {}",
                page.text()
            );
            let told = page.all("#sound .notice-warning").join(" ");
            let meta = page.all(".audio-meta").join(" ");
            let expected = match manner {
                Manner::Works => "",
                Manner::Hangs => "không trả lời kịp",
                _ => "báo lỗi",
            };
            assert!(told.contains(expected), "{manner:?}: {told}");
            assert_eq!(told.is_empty(), manner == Manner::Works, "{told}");
            let voice = if manner == Manner::Works {
                "giọng mai"
            } else {
                "giọng miền Bắc"
            };
            assert!(meta.contains(voice), "{manner:?}: {meta}");

            act(&mut an, id, "submission", &[]).await;
            let mut binh = world.sign_in("binh").await;
            let page = act(&mut binh, id, "approval", &[("heard", "yes")]).await;
            assert_eq!(page.status, 303, "{}", page.text());
            let approved = stories::latest_approved(&world.app.db, id)
                .await
                .unwrap()
                .unwrap();
            let instead = approved.note.instead.map(|instead| instead.voice);
            let other = (manner != Manner::Works).then(|| "server:mai".to_owned());
            assert_eq!(
                instead, other,
                "what is frozen says which voice was asked for"
            );
        }
    })
    .await;
}

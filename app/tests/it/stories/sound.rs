//! The sound of a script: made by the real voice, heard in parts, and what happens without one.

use axum::body::Body;
use axum::http::{Request, header};
use loa::app::App;
use loa::clock::SystemChance;
use loa::config::VoiceConfig;
use loa::stories;
use tower::ServiceExt;

use super::{act, written};
use crate::world::on_both;

#[tokio::test]
async fn the_sound_is_made_and_played_in_parts() {
    on_both("stories_sound", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let id = written(&world, &mut an, &plan).await;
        let page = an.get(&format!("/stories/{id}/sound")).await;
        assert_eq!(
            page.attribute("#sound", "data-poll"),
            Some(format!("/stories/{id}/sound"))
        );
        assert_eq!(
            an.get(&format!("/stories/{id}/sound.mp3")).await.status,
            404
        );
        world.work().await;
        let page = an.get(&format!("/stories/{id}/sound")).await;
        assert!(
            page.attribute("#sound", "data-done").is_some(),
            "{}",
            page.text()
        );
        assert!(
            page.all(".audio-meta")[0].contains("LUFS"),
            "{}",
            page.text()
        );

        let whole = an.get(&format!("/stories/{id}/sound.mp3")).await;
        assert_eq!(
            (
                whole.status.as_u16(),
                whole.headers[header::CONTENT_TYPE].to_str().unwrap()
            ),
            (200, "audio/mpeg")
        );
        assert!(whole.bytes.len() > 10_000);
        let session = an.cookie("loa_session").unwrap();
        let request = Request::get(format!("/stories/{id}/sound.mp3"))
            .header(header::COOKIE, format!("loa_session={session}"))
            .header(header::RANGE, "bytes=100-199")
            .body(Body::empty())
            .unwrap();
        let part = loa::web::router(world.app.clone())
            .oneshot(request)
            .await
            .unwrap();
        assert_eq!(part.status(), 206);
        let range = format!("bytes 100-199/{}", whole.bytes.len());
        assert_eq!(part.headers()[header::CONTENT_RANGE], range.as_str());
        let bytes = axum::body::to_bytes(part.into_body(), usize::MAX)
            .await
            .unwrap();
        assert_eq!(bytes, &whole.bytes[100..200]);

        let binh = world.person_of("binh").await;
        let story = stories::get(&world.app, &binh, id).await.unwrap();
        let radio = story.radio.unwrap();
        let near = radio.sound_lufs.unwrap() - world.app.config.voice.lufs;
        assert!(near.abs() <= 0.5, "{near} LU from the target");
        assert_eq!(
            loa::files::sha256(&whole.bytes),
            radio.sound_sha256.unwrap()
        );
    })
    .await;
}

#[tokio::test]
async fn without_a_voice_the_story_says_what_to_install() {
    on_both("stories_no_voice", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let id = written(&world, &mut an, &plan).await;
        act(&mut an, id, "submission", &[]).await;
        // The same installation on a machine without the program.
        let mut config = world.app.config.clone();
        config.voice = VoiceConfig {
            program: Some("/nowhere/espeak-ng".into()),
            ..VoiceConfig::default()
        };
        let clock = world.app.clock.clone();
        let bare = App::with(
            config,
            world.app.db.clone(),
            clock,
            std::sync::Arc::new(SystemChance),
        )
        .unwrap();
        assert_eq!(loa::jobs::run_due(&bare).await.unwrap(), 1);
        let page = an.get(&format!("/stories/{id}")).await;
        assert!(
            page.all("#sound .notice-error")[0].contains("apt-get install espeak-ng"),
            "{}",
            page.text()
        );
        assert_eq!(loa::jobs::given_up(&world.app).await.unwrap(), 1);

        let mut binh = world.sign_in("binh").await;
        let page = binh.get(&format!("/stories/{id}")).await;
        assert_eq!(
            page.all("form[action$='/approval']").len(),
            0,
            "nothing to hear, nothing to approve"
        );
        let person = world.person_of("binh").await;
        let seen = stories::get(&world.app, &person, id).await.unwrap().seen();
        let refused = stories::approve(&world.app, &person, id, &seen, true).await;
        assert!(
            format!("{refused:?}").contains("stories-sound-failed"),
            "{refused:?}"
        );

        // The program is installed, and the sound asked for again.
        assert_eq!(
            an.post(&format!("/stories/{id}/sound"), &[]).await.status,
            303
        );
        world.work().await;
        assert_eq!(
            act(&mut binh, id, "approval", &[("heard", "yes")])
                .await
                .status,
            303
        );
    })
    .await;
}

#[tokio::test]
async fn a_story_without_a_script_is_approved_but_has_no_sound() {
    on_both("stories_no_script", async |world| {
        let plan = world.small_plan().await;
        let id = super::approved(&world, &plan).await;
        let approved = stories::latest_approved(&world.app.db, id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(approved.sound, None);
        let mut binh = world.sign_in("binh").await;
        let page = binh.get(&format!("/stories/{id}")).await;
        assert!(
            page.text()
                .contains("không có lời đọc nên sẽ không phát trên loa")
        );
    })
    .await;
}

#[tokio::test]
async fn a_sound_changed_on_the_disk_is_found_and_never_sent() {
    on_both("stories_sound_tampered", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let id = written(&world, &mut an, &plan).await;
        act(&mut an, id, "submission", &[]).await;
        world.work().await;
        let mut binh = world.sign_in("binh").await;
        let page = act(&mut binh, id, "approval", &[("heard", "yes")]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let (db, files) = (&world.app.db, &world.app.files);
        assert_eq!(stories::verify(db, files).await.unwrap(), [""; 0]);

        let approved = stories::latest_approved(db, id).await.unwrap().unwrap();
        let hash = approved.sound.expect("a sound").sha256;
        let folder = world.app.config.data.join("files").join(&hash[..2]);
        std::fs::write(folder.join(&hash), b"other words").unwrap();
        let found = stories::verify(db, files).await.unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(&hash), "{found:?}");
        let page = binh.get(&format!("/stories/{id}/sound.mp3")).await;
        assert_eq!(page.status, 500);

        std::fs::remove_file(folder.join(&hash)).unwrap();
        let found = stories::verify(db, files).await.unwrap();
        assert!(found[0].contains("is gone"), "{found:?}");
    })
    .await;
}

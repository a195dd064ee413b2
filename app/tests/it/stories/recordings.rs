//! People who read a script themselves: whole or a sentence, cut to what is to be heard, and
//! approved by somebody else.

use loa::accounts::{self, Role};
use loa::ids::StoryId;
use loa::stories::{self, SoundNote};
use sea_orm::ConnectionTrait;

use super::{act, written};
use crate::world::{Browser, Page, World, on_both, tone};

async fn record(browser: &mut Browser, id: StoryId, passage: &str, file: (&str, &[u8])) -> Page {
    let path = format!("/stories/{id}/recordings/new?passage={passage}");
    let page = browser.get(&path).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let listens = page.headers["permissions-policy"].to_str().unwrap();
    assert!(listens.contains("microphone=(self)"), "{listens}");
    let hidden = |name: &str| {
        page.attribute(&format!("form input[name={name}]"), "value")
            .unwrap()
    };
    let (version, updated_at) = (hidden("version"), hidden("updated_at"));
    let fields = [("version", version.as_str()), ("updated_at", &updated_at)];
    browser
        .upload(&path, &fields, ("file", file.0, file.1))
        .await
}

async fn note(world: &World, login: &str, id: StoryId) -> (SoundNote, i64, String) {
    let person = world.person_of(login).await;
    let radio = stories::get(&world.app, &person, id)
        .await
        .unwrap()
        .radio
        .unwrap();
    assert_eq!(radio.sound_state, "ready");
    let note = radio
        .sound_note
        .map(|note| serde_json::from_str(&note).unwrap());
    (
        note.unwrap_or_default(),
        radio.sound_ms.unwrap(),
        radio.sound_sha256.unwrap(),
    )
}

#[tokio::test]
async fn a_sentence_is_recorded_trimmed_and_taken_away() {
    on_both("recordings_sentence", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let id = written(&world, &mut an, &plan).await;
        world.work().await;
        let (before, voice_ms, by_voice) = note(&world, "an", id).await;
        assert_eq!(before, SoundNote::default());
        let page = an.get(&format!("/stories/{id}/recordings")).await;
        assert_eq!(page.all("ol .voice-row").len(), 3, "{}", page.text());

        let page = record(&mut an, id, "2", ("cau-2.wav", &tone(9000))).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let place = page.location.unwrap();
        world.work().await;
        let (noted, ms, recorded) = note(&world, "an", id).await;
        assert_eq!(noted.recorded.len(), 1);
        assert_eq!(noted.recorded[0].sentence, Some(2));
        assert_eq!(noted.recorded[0].by, world.person("an").await);
        assert!(ms > voice_ms + 5000, "{ms} after {voice_ms}");
        assert_ne!(recorded, by_voice);
        let page = an.get(&format!("/stories/{id}")).await;
        assert!(
            page.all(".audio-meta")[0].contains("1 câu do người đọc"),
            "{}",
            page.text()
        );
        let page = an.get(&format!("{place}/original")).await;
        assert_eq!(page.headers["content-type"], "audio/wav");
        assert_eq!(
            page.bytes,
            tone(9000),
            "the original is kept as it was sent"
        );

        let page = an.get(&place).await;
        assert!(page.attribute(".wave path", "d").unwrap().len() > 1000);
        let hidden = |name: &str| {
            page.attribute(&format!("form input[name={name}]"), "value")
                .unwrap()
        };
        let (version, updated_at) = (hidden("version"), hidden("updated_at"));
        let seen = [("version", version.as_str()), ("updated_at", &updated_at)];
        for (from, to) in [("8", "2"), ("0", "99"), ("", "3"), ("1", "1,1")] {
            let fields = [&seen[..], &[("from", from), ("to", to)]].concat();
            let page = an.post(&place, &fields).await;
            assert_eq!(page.status, 422, "{from} to {to}");
            assert_eq!(
                page.attribute("#from", "value").as_deref(),
                Some(from),
                "what was typed stays"
            );
        }
        let page = an
            .post(
                &place,
                &[&seen[..], &[("from", "1,5"), ("to", "3.5")]].concat(),
            )
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        world.work().await;
        let (noted, cut_ms, _) = note(&world, "an", id).await;
        assert_eq!(
            (noted.recorded[0].from_ms, noted.recorded[0].to_ms),
            (1500, 3500)
        );
        assert!(
            (6500..=7500).contains(&(ms - cut_ms)),
            "{ms}, then {cut_ms}"
        );

        let page = an.get(&format!("/stories/{id}/recordings")).await;
        let place = page
            .attribute("ol .voice-row:nth-child(2) .voice-reader a", "href")
            .unwrap();
        let page = an.get(&place).await;
        let hidden = |name: &str| {
            page.attribute(&format!(".removal input[name={name}]"), "value")
                .unwrap()
        };
        let (version, updated_at) = (hidden("version"), hidden("updated_at"));
        let seen = [("version", version.as_str()), ("updated_at", &updated_at)];
        assert_eq!(
            an.post(&format!("{place}/removal"), &seen).await.status,
            303
        );
        world.work().await;
        let (_, ms, sha256) = note(&world, "an", id).await;
        assert_eq!(
            (ms, sha256),
            (voice_ms, by_voice),
            "the voice reads as before"
        );
        assert_eq!(an.get(&place).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_heard_does_not_approve() {
    on_both("recordings_approval", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let id = written(&world, &mut an, &plan).await;
        world.work().await;
        // Chi, who may write and approve, reads what An wrote: that is a version of Chi's.
        let (chi, unit) = (world.person("chi").await, world.unit("so").await);
        accounts::grant(&world.app.db, chi, Role::Approver, unit).await.unwrap();
        let mut reader = world.sign_in("chi").await;
        let page = record(&mut reader, id, "whole", ("ca-bai.wav", &tone(4000))).await;
        assert_eq!(page.status, 303, "{}", page.text());
        world.work().await;
        let story = stories::get(&world.app, &world.person_of("chi").await, id).await.unwrap();
        assert_eq!(story.versions.len(), 2);
        assert_eq!(story.version.author_id, chi);
        let (noted, ms, _) = note(&world, "chi", id).await;
        assert_eq!(noted.recorded[0].sentence, None);
        assert!((3900..=4400).contains(&ms), "{ms}");
        // An goes on from there: the text is An's again, the sound still Chi's.
        let page = an.get(&format!("/stories/{id}/edit")).await;
        let hidden = |name: &str| page.attribute(&format!("form input[name={name}]"), "value").unwrap();
        let (version, updated_at, made) = (hidden("version"), hidden("updated_at"), hidden("made"));
        let unit = unit.to_string();
        let fields = super::draft(&plan);
        let changes = [
            ("version", version.as_str()),
            ("updated_at", &updated_at),
            ("unit", &unit),
            ("made", &made),
        ];
        let page = an.post(&format!("/stories/{id}"), &super::with(&fields, &changes)).await;
        assert_eq!(page.status, 303, "{}", page.text());
        world.work().await;
        let (noted, _, _) = note(&world, "an", id).await;
        assert_eq!(noted.recorded.len(), 1, "the same words keep their recording");
        act(&mut an, id, "submission", &[]).await;

        let person = world.person_of("chi").await;
        let seen = stories::get(&world.app, &person, id).await.unwrap().seen();
        let refused = stories::approve(&world.app, &person, id, &seen, true).await;
        assert!(format!("{refused:?}").contains("stories-recorded-own"), "{refused:?}");
        // Nor behind the program's back.
        let approver = person.id;
        let forged = format!(
            "INSERT INTO approvals (version_id, author_id, approver_id, sha256, frozen, at) \
             SELECT id, author_id, {approver}, 'x', 'x', created_at FROM story_versions WHERE id = {}",
            seen.version
        );
        let refused = world.app.db.execute_unprepared(&forged).await;
        assert!(format!("{refused:?}").contains("another person than made it"), "{refused:?}");

        let mut binh = world.sign_in("binh").await;
        let page = act(&mut binh, id, "approval", &[("heard", "yes")]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let approved = stories::latest_approved(&world.app.db, id).await.unwrap().unwrap();
        assert_eq!(approved.note.recorded.len(), 1);
        assert_eq!(stories::verify(&world.app.db, &world.app.files).await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_sound_is_refused_with_advice() {
    on_both("recordings_refused", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let id = written(&world, &mut an, &plan).await;
        let files: [(&str, Vec<u8>, &str); 4] = [
            ("", Vec::new(), "Chưa có bản ghi nào"),
            (
                "ghi.wav",
                b"<html>not a sound</html>".to_vec(),
                "Không đọc được âm thanh",
            ),
            (
                "im-lang.wav",
                {
                    let mut wav = tone(2000);
                    wav[44..].fill(0);
                    wav
                },
                "không nghe thấy gì",
            ),
            ("lon.wav", vec![0; 49 * 1024 * 1024], "49 MB là quá lớn"),
        ];
        for (name, bytes, words) in files {
            let page = record(&mut an, id, "1", (name, &bytes)).await;
            assert_eq!(page.status, 422, "{name}");
            let summary = page.all(".error-summary").join(" ");
            assert!(summary.contains(words), "{name}: {summary}");
            assert_eq!(page.all("#file-error").len(), 1);
        }
        let stranger = format!("/stories/{id}/recordings/new?passage=99");
        assert_eq!(an.get(&stranger).await.status, 404, "no such sentence");
        let mut other = world.sign_in("giang").await;
        assert_eq!(
            other.get(&format!("/stories/{id}/recordings")).await.status,
            404
        );
    })
    .await;
}

//! A station's folder.

use loa::connectors::{self, NotConnected};
use loa::deliveries::{self, State};

use super::{Draft, KHANH, values};
use crate::world::on_both;

#[tokio::test]
async fn a_sheet_is_written_whole_proven_and_taken_back() {
    on_both("folder_life", async |mut world| {
        world.open_outside().await;
        let folder = world.app.config.outside.folders[0].join("dai-tinh");
        std::fs::create_dir_all(&folder).expect("a folder");
        let plan = world.small_plan().await;
        let path = folder.display().to_string();
        let outlet = world.connect("folder", &[("path", path.as_str())]).await;
        let story = world.approved_story(&plan, "Lên sóng").await;
        world.release(story, outlet, None).await;
        world.work().await;
        let line = world.lines(story).await.remove(0);
        assert_eq!(line.delivery.state(), State::Proven, "{:?}", line.delivery);
        let sheet = std::fs::read(folder.join("len-song.json")).expect("a sheet");
        let sheet: serde_json::Value = serde_json::from_slice(&sheet).expect("JSON");
        assert_eq!(sheet["title"], "Lên sóng");
        assert_eq!(sheet["sha256"], line.release.sha256);
        let sound = std::fs::read(folder.join("len-song.mp3")).expect("a sound");
        assert_eq!(sheet["sound"]["bytes"], sound.len());
        assert_eq!(
            std::fs::read_dir(&folder).expect("a folder").count(),
            2,
            "nothing half-written"
        );

        let binh = world.person_of("binh").await;
        deliveries::withdraw(&world.app, &binh, line.release.id)
            .await
            .expect("withdrawn");
        world.work().await;
        assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 0);
    })
    .await;
}

#[tokio::test]
async fn only_folders_that_the_settings_allow_are_written() {
    on_both("folder_elsewhere", async |mut world| {
        world.open_outside().await;
        let khanh = world.person_of(KHANH).await;
        let allowed = world.app.config.outside.folders[0].display().to_string();
        for path in [
            "/etc",
            "stations",
            &format!("{allowed}/../files"),
            &format!("{allowed}x"),
        ] {
            let draft = Draft {
                connector: Some("folder"),
                name: "Đài".into(),
                kind: Some(loa_plan::ChannelKind::LocalRadio),
                unit: Some(world.unit("tinh").await),
                values: values(&[("path", path)]),
                ..Draft::default()
            };
            let refused = connectors::create(&world.app, &khanh, &draft).await;
            assert!(
                matches!(
                    refused,
                    Err(NotConnected::Wrong(("path", "connector-folder-elsewhere")))
                ),
                "{path}: {refused:?}"
            );
        }
    })
    .await;
}

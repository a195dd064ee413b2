//! Who reads a script and how fast, and an author's own readings in it.

use loa::stories::{self, Draft};

use super::{act, draft, with, written};
use crate::world::on_both;

#[tokio::test]
async fn a_story_chooses_its_voice_and_its_speed() {
    on_both("stories_voice", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let page = an.get("/stories/new").await;
        let chosen = |page: &crate::world::Page, field: &str| {
            page.attribute(&format!("#{field} option[selected]"), "value")
        };
        let before = (chosen(&page, "voice"), chosen(&page, "speed"));
        assert_eq!(
            before,
            (Some("vi".into()), Some("100".into())),
            "as configured"
        );

        let id = written(&world, &mut an, &plan).await;
        world.work().await;
        let first = an.get(&format!("/stories/{id}/sound.mp3")).await.bytes;
        let page = an.get(&format!("/stories/{id}/edit")).await;
        let hidden = |name: &str| {
            page.attribute(&format!("form input[name={name}]"), "value")
                .unwrap()
        };
        let (version, updated_at) = (hidden("version"), hidden("updated_at"));
        let fields = draft(&plan);
        let unit = world.unit("so").await.to_string();
        let seen = [
            ("version", version.as_str()),
            ("updated_at", &updated_at),
            ("unit", &unit),
        ];
        for (voice, speed, field) in [("vi-vn-x-nowhere", "100", "voice"), ("vi", "500", "speed")] {
            let changes = [&seen[..], &[("voice", voice), ("speed", speed)]].concat();
            let page = an
                .post(&format!("/stories/{id}"), &with(&fields, &changes))
                .await;
            assert_eq!(page.status, 422, "{voice} {speed}");
            assert_eq!(
                page.all(&format!("#{field}-error")).len(),
                1,
                "{}",
                page.text()
            );
        }
        let south = [("voice", "vi-vn-x-south"), ("speed", "90")];
        let changes = [&seen[..], &south].concat();
        let page = an
            .post(&format!("/stories/{id}"), &with(&fields, &changes))
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        assert_eq!(world.work().await, 1, "the sound is made anew");
        let second = an.get(&format!("/stories/{id}/sound.mp3")).await.bytes;
        assert!(
            second.len() > first.len() && second != first,
            "slower, and another voice"
        );
        let page = an.get(&format!("/stories/{id}")).await;
        assert!(
            page.all(".audio-meta")[0].contains("giọng miền Nam, hơi chậm (90 %)"),
            "{}",
            page.text()
        );
        assert!(
            page.all(".facts")
                .join(" ")
                .contains("giọng miền Nam, hơi chậm (90 %)")
        );
        let page = an.get(&format!("/stories/{id}/edit")).await;
        let after = (chosen(&page, "voice"), chosen(&page, "speed"));
        assert_eq!(after, (Some("vi-vn-x-south".into()), Some("90".into())));

        // To submit changes neither; the API says both.
        act(&mut an, id, "submission", &[]).await;
        assert_eq!(world.work().await, 0, "the sound is there");
        let json = world
            .program("an")
            .await
            .get(&format!("/stories/{id}"))
            .await
            .json();
        assert_eq!(
            (&json["voice"], &json["speed"]),
            (&"vi-vn-x-south".into(), &90.into()),
            "{json}"
        );
    })
    .await;
}

#[tokio::test]
async fn an_author_s_own_reading_is_said_and_shown_as_printed() {
    on_both("stories_own", async |world| {
        let plan = world.small_plan().await;
        let mut an = world.sign_in("an").await;
        let unit = world.unit("so").await.to_string();
        let fields = draft(&plan);
        let script =
            "Giám đốc {{TT|trung tâm}} báo cáo UBND.\r\n\r\nBà con {{(xem hình)|}} đón nghe.";
        an.get("/stories/new").await;
        for (wrong, told) in [
            ("Giám đốc {{TT|trung tâm", "thiếu dấu đóng }}"),
            ("Giám đốc {{TT}}", "không có dấu |"),
            ("Giám đốc {{TT|@tiếng-anh}}", "mã ngôn ngữ"),
        ] {
            let page = an
                .post(
                    "/stories",
                    &with(&fields, &[("unit", &unit), ("script", wrong)]),
                )
                .await;
            assert_eq!(page.status, 422, "{wrong}");
            assert!(
                page.all("#script-error")[0].contains(told),
                "{told}: {}",
                page.all("#script-error")[0]
            );
            assert_eq!(page.all("#script")[0], wrong, "what was typed is there");
        }
        let page = an
            .post(
                "/stories",
                &with(&fields, &[("unit", &unit), ("script", script)]),
            )
            .await;
        assert_eq!(page.status, 303, "{}", page.text());
        world.work().await;
        let to = page.location.unwrap();
        let page = an.get(&format!("{to}/edit")).await;
        assert_eq!(
            page.all("#reading ruby.said-author rt"),
            ["trung tâm", "(không đọc)"]
        );
        assert_eq!(
            page.all("#reading ruby.said-author > span"),
            ["TT", "(xem hình)"]
        );
        let place = |name: &str| {
            page.attribute("#reading ruby.said-author", name)
                .unwrap()
                .parse::<usize>()
                .unwrap()
        };
        let text: Vec<u16> = script.replace("\r\n", "\n").encode_utf16().collect();
        let marked = String::from_utf16(&text[place("data-from")..place("data-to")]).unwrap();
        assert_eq!(marked, "{{TT|trung tâm}}");
    })
    .await;
}

#[tokio::test]
async fn braces_in_a_body_are_braces_on_the_air() {
    on_both("stories_braces", async |world| {
        let plan = world.small_plan().await;
        let an = world.person_of("an").await;
        let draft = Draft {
            title: "Tin có ngoặc".into(),
            body: "Mẫu ghi {{họ|tên}} của bà con.".into(),
            script: Some(String::new()),
            unit: Some(world.unit("so").await),
            clause: Some(plan.clause),
            themes: vec![plan.themes[0]],
            ..Draft::default()
        };
        let id = stories::create(&world.app, &an, &draft).await.unwrap();
        world.work().await;
        let story = stories::get(&world.app, &an, id).await.unwrap();
        let said = story.radio.unwrap().said.unwrap();
        assert!(
            said.contains("họ") && said.contains("tên"),
            "both are said: {said}"
        );
    })
    .await;
}

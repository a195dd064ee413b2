//! The lexicon in files: all of one or nothing, and what goes out comes back.

use super::added;
use crate::world::on_both;

#[tokio::test]
async fn a_file_is_imported_whole_and_comes_back_as_it_was() {
    on_both("lexicon_files", async |world| {
        added(&world, "BCĐ", "Ban Chỉ đạo").await;
        let mut an = world.sign_in("an").await;
        an.get("/lexicon/import").await;
        let csv = "written,spoken,after,before_number,note\nBCĐ,Ban Chỉ huy,,,đổi\nTT,thị trấn,\"xã, của\",x,\nHĐTV,Hội đồng thành viên,,,\n";
        let page = an.upload("/lexicon/import", &[], ("file", "tu-dien.csv", csv.as_bytes())).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(page.all(".notice-success")[0].contains("thêm 2, cập nhật 1, giữ nguyên 0"), "{}", page.text());
        world.work().await;

        let out = an.get("/lexicon/lexicon.csv").await;
        assert!(out.headers["content-disposition"].to_str().unwrap().contains("lexicon.csv"));
        let text = out.text();
        assert!(text.contains("TT,thị trấn,\"của, xã\",,,1,"), "{text}");
        let toml = an.get("/lexicon/lexicon.toml").await.text();
        let additions = loa_speech::Lexicon::builtin().with_additions(&toml).expect("the crate's form");
        assert_eq!(loa_speech::speak("HĐTV họp", &additions).text(), "Hội đồng thành viên họp");
        for (name, bytes) in [("a.csv", out.bytes), ("b.toml", toml.into_bytes())] {
            an.get("/lexicon/import").await;
            let page = an.upload("/lexicon/import", &[], ("file", name, &bytes)).await;
            assert!(page.all(".notice-success")[0].contains("thêm 0, cập nhật 0, giữ nguyên 3"), "{name}: {}", page.text());
        }
        assert_eq!(world.work().await, 0, "what changed nothing has nothing read anew");
    })
    .await;
}

#[tokio::test]
async fn a_file_with_a_fault_says_where_and_changes_nothing() {
    on_both("lexicon_faults", async |world| {
        let mut an = world.sign_in("an").await;
        for (name, text, told) in [
            (
                "a.csv",
                "written,spoken\nAB,một\nCD,số 5\nAB,hai\n",
                "Dòng 3 (“CD”): Lời đọc còn chữ số, chữ viết tắt",
            ),
            (
                "a.csv",
                "written,spoken\nAB,một\nAB,hai\n",
                "Dòng 3 (“AB”): mục này đã có ở phía trên",
            ),
            ("a.csv", "chu,doc\nAB,một\n", "không đọc được"),
            ("a.toml", "[say]\nAB = 5\n", "Dòng 2: không đọc được"),
            (
                "a.toml",
                "[say]\n\"QL 5\" = \"quốc lộ\"\n",
                "“QL 5”: Mục này sẽ không bao giờ được dùng",
            ),
            ("a.xlsx", "PK", "phải kết thúc bằng .csv"),
            ("a.csv", "", "Chưa chọn tệp"),
        ] {
            an.get("/lexicon/import").await;
            let page = an
                .upload("/lexicon/import", &[], ("file", name, text.as_bytes()))
                .await;
            assert_eq!(page.status, 422, "{text}");
            assert!(
                page.all("#file-error").join(" ").contains(told),
                "{told}: {}",
                page.text()
            );
        }
        an.get("/lexicon/import").await;
        let page = an
            .upload(
                "/lexicon/import",
                &[],
                ("file", "a.csv", b"written,spoken\nAB,m\xf4t\n"),
            )
            .await;
        assert!(
            page.all("#file-error")[0].contains("UTF-8"),
            "{}",
            page.text()
        );
        let page = an.get("/lexicon").await;
        assert!(page.text().contains("Tỉnh chưa thêm cách đọc nào"));

        let mut giang = world.sign_in("giang").await;
        assert_eq!(giang.get("/lexicon/import").await.status, 403);
        giang.get("/lexicon").await;
        let page = giang
            .upload(
                "/lexicon/import",
                &[],
                ("file", "a.csv", b"written,spoken\nAB,hai\n"),
            )
            .await;
        assert_eq!(page.status, 403);
    })
    .await;
}

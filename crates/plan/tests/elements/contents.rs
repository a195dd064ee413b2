//! Themes, channels, audiences: what is said, where, to whom.

use loa_plan::{ChannelKind, Reading};

use super::plan;

fn themes(reading: &Reading) -> Vec<(&str, &str)> {
    let themes = reading.themes.iter();
    themes
        .map(|theme| (theme.clause.as_str(), theme.label.as_str()))
        .collect()
}

fn channels(reading: &Reading) -> Vec<(&str, ChannelKind)> {
    let channels = reading.channels.iter();
    channels
        .map(|channel| (channel.clause.as_str(), channel.kind))
        .collect()
}

fn audiences(reading: &Reading) -> Vec<&str> {
    let audiences = reading.audiences.iter();
    audiences.map(|audience| audience.label.as_str()).collect()
}

#[test]
fn contents_are_found_at_any_level() {
    let reading = plan(
        "Tuyên truyền cải cách hành chính",
        "I. NỘI DUNG VÀ HÌNH THỨC TUYÊN TRUYỀN\n\n1. Nội dung\n\na) Cơ chế một cửa. Một cửa liên thông.\n\n\
         b) Dịch vụ công trực tuyến;\n\n2. Hình thức\n\na) Loa truyền thanh.\n",
    );
    assert_eq!(
        themes(&reading),
        [
            ("I.1.a", "Cơ chế một cửa"),
            ("I.1.b", "Dịch vụ công trực tuyến")
        ]
    );
    let reading = plan(
        "Chuyển đổi số",
        "I. NHIỆM VỤ\n\n1. Các nội dung trọng tâm tuyên truyền\n\n- Kỹ năng số.\n\n- An toàn trên mạng.\n\n2. Việc khác\n\n- Mua sắm.\n",
    );
    assert_eq!(
        themes(&reading),
        [("I.1.1", "Kỹ năng số"), ("I.1.2", "An toàn trên mạng")]
    );
    let reading = plan(
        "Lễ hội",
        "I. HOẠT ĐỘNG\n\n1. Truyền thông\n\n- Nội dung truyền thông: quảng bá lễ hội; giới thiệu di sản; mời gọi du khách.\n",
    );
    assert_eq!(
        themes(&reading)
            .iter()
            .map(|(_, label)| *label)
            .collect::<Vec<_>>(),
        ["quảng bá lễ hội", "giới thiệu di sản", "mời gọi du khách"]
    );
}

#[test]
fn headings_on_something_to_talk_about_are_themes() {
    let reading = plan(
        "Công tác dân số",
        "I. NỘI DUNG\n\n1. Tuyên truyền về chính sách dân số\n\n- Mức sinh thay thế.\n\n- Cơ cấu dân số.\n\n\
         2. Tuyên truyền về bình đẳng giới\n\n- Sở Y tế chủ trì tổ chức hội nghị.\n",
    );
    assert_eq!(
        themes(&reading),
        [
            ("I.1.1", "Mức sinh thay thế"),
            ("I.1.2", "Cơ cấu dân số"),
            // What is below is a duty: the heading itself is the theme.
            ("I.2", "Tuyên truyền về bình đẳng giới"),
        ]
    );
}

#[test]
fn themes_are_never_made_up() {
    let reading = plan(
        "Phòng, chống thiên tai năm 2026",
        "I. MỤC ĐÍCH, YÊU CẦU\n\n1. Yêu cầu\n\n- Nội dung tuyên truyền phải thiết thực.\n\n\
         II. NỘI DUNG\n\n1. Rà soát phương án.\n\n2. Tuyên truyền cho người dân.\n\n\
         III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nông nghiệp và Môi trường\n\n- Tuyên truyền về thiên tai trên loa.\n",
    );
    assert!(reading.themes.is_empty(), "{:?}", reading.themes);
    let reading = plan(
        "Kiểm tra công vụ",
        "I. HÌNH THỨC KIỂM TRA\n\n1. Kiểm tra qua hội nghị, tài liệu.\n\nII. ĐỐI TƯỢNG ÁP DỤNG\n\n1. Các sở.\n",
    );
    assert!(reading.themes.is_empty() && reading.channels.is_empty());
    assert!(reading.audiences.is_empty());
}

#[test]
fn words_for_channels_mean_their_kinds() {
    use ChannelKind::{
        Bulletin, Contest, LocalRadio, Loudspeaker, Meeting, Message, NoticeBoard, Portal,
        PressOnline, PressPrint, PressRadio, PressTv, Publication, SocialNetwork, UnitSite,
    };
    let cases: &[(&str, &[ChannelKind])] = &[
        ("Báo in, báo điện tử", &[PressPrint, PressOnline]),
        ("Đài Phát thanh và Truyền hình tỉnh", &[PressRadio, PressTv]),
        ("Báo Ninh Bình", &[PressPrint]),
        (
            "Báo và Phát thanh, Truyền hình Ninh Bình",
            &[PressPrint, PressRadio, PressTv],
        ),
        ("Hệ thống Đài truyền thanh cấp huyện", &[LocalRadio]),
        ("Loa truyền thanh cơ sở, xe lưu động", &[Loudspeaker]),
        (
            "Cổ động trực quan: băng rôn, pano, áp phích, màn hình LED",
            &[NoticeBoard],
        ),
        ("Cổng/Trang thông tin điện tử", &[Portal, UnitSite]),
        ("Website của các cơ quan", &[UnitSite]),
        ("Bản tin nội bộ", &[Bulletin]),
        ("Fanpage, YouTube, TikTok, Zalo", &[SocialNetwork]),
        ("Tin nhắn SMS", &[Message]),
        ("Sổ tay, tờ gấp, infographic, video clip", &[Publication]),
        (
            "Hội nghị báo cáo viên, sinh hoạt chi bộ, sân khấu hóa",
            &[Meeting],
        ),
        ("Hội thi, cuộc thi tìm hiểu", &[Contest]),
        ("Báo cáo, thông báo, chính sách, danh sách", &[]),
        // The press as a whole is papers and news sites at least.
        ("Các cơ quan báo chí", &[PressPrint, PressOnline]),
    ];
    for (text, wanted) in cases {
        let body = format!("I. HÌNH THỨC TUYÊN TRUYỀN\n\n1. {text}.\n");
        let reading = plan("Tuyên truyền", &body);
        let found: Vec<ChannelKind> = channels(&reading).iter().map(|(_, kind)| *kind).collect();
        assert_eq!(found, *wanted, "{text}");
    }
}

#[test]
fn each_channel_is_told_in_its_own_words_and_once() {
    let reading = plan(
        "Tuyên truyền",
        "I. HÌNH THỨC TUYÊN TRUYỀN\n\n1. Trên loa truyền thanh; trên Zalo; phát tờ rơi.\n\n2. Trên loa lưu động.\n",
    );
    let told: Vec<(&str, &str)> = reading
        .channels
        .iter()
        .map(|channel| (channel.clause.as_str(), channel.label.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("I.1", "Trên loa truyền thanh"),
            ("I.1", "trên Zalo"),
            ("I.1", "phát tờ rơi")
        ]
    );
}

#[test]
fn without_a_clause_on_forms_a_sentence_tells_them() {
    let body = "I. NHIỆM VỤ\n\n1. Phổ biến chính sách thông qua các hình thức: hội nghị, loa truyền thanh. Có 20 tài liệu.\n";
    let reading = plan("Giảm nghèo", body);
    assert_eq!(
        channels(&reading),
        [
            ("I.1", ChannelKind::Meeting),
            ("I.1", ChannelKind::Loudspeaker)
        ]
    );
    assert!(
        reading
            .channels
            .iter()
            .all(|channel| channel.confidence < 80)
    );
    let reading = plan(
        "Giảm nghèo",
        "I. NHIỆM VỤ\n\n1. Tổ chức hội nghị tổng kết.\n",
    );
    assert!(reading.channels.is_empty());
}

#[test]
fn audiences_are_named_as_they_stand() {
    let reading = plan(
        "Tuyên truyền",
        "I. ĐỐI TƯỢNG TUYÊN TRUYỀN\n\n1. Cán bộ, công chức, viên chức.\n\n2. Người dân, doanh nghiệp trên địa bàn.\n",
    );
    assert_eq!(
        audiences(&reading),
        [
            "Cán bộ, công chức, viên chức",
            "Người dân, doanh nghiệp trên địa bàn"
        ]
    );
    let reading = plan(
        "Tuyên truyền",
        "I. NỘI DUNG\n\n1. Đối tượng: gồm cán bộ, công chức; người dân. Chú ý vùng sâu.\n\n\
         2. Tổ chức hội nghị (đối tượng: đoàn viên, hội viên).\n\n3. Thay đổi đối tượng thụ hưởng chính sách.\n",
    );
    assert_eq!(
        audiences(&reading),
        ["cán bộ, công chức", "người dân", "đoàn viên, hội viên"]
    );
}

//! Documents as a real word processor writes them: what is read is what it shows.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Mutex};

use loa_plan::{DocxFault, ReadError, read, text};

/// A scratch folder for all that it writes, its profile included.
static FOLDER: LazyLock<tempfile::TempDir> =
    LazyLock::new(|| tempfile::tempdir().expect("a scratch folder"));

/// It runs once at a time: two on one profile would turn each other away.
static TURN: Mutex<()> = Mutex::new(());

/// A document of tests/office in another form; none where `soffice` is not installed.
fn converted(source: &str, form: &str) -> Option<Vec<u8>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/office");
    convert(&here.join(source), form)
}

fn convert(source: &Path, form: &str) -> Option<Vec<u8>> {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let folder = FOLDER.path();
    let profile = folder.join("profile");
    let mut soffice = Command::new("soffice");
    soffice
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.display()
        ))
        .arg("--headless");
    if source.extension().is_some_and(|ending| ending == "html") {
        // Else it takes a page for something to be shown, and not to be written as a document.
        soffice.arg("--infilter=HTML (StarWriter)");
    }
    soffice
        .args(["--convert-to", form, "--outdir"])
        .arg(folder)
        .arg(source);
    let done = match soffice.output() {
        Ok(done) => done,
        Err(error) => {
            let told = format!("soffice does not run ({error}): install libreoffice-writer-nogui");
            assert!(std::env::var_os("CI").is_none(), "{told}");
            println!("SKIPPED: {told}");
            return None;
        }
    };
    let ending = form.split(':').next().unwrap_or(form);
    let name = PathBuf::from(source.file_name()?).with_extension(ending);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    Some(std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{error}: {told}")))
}

/// The lines that are not empty.
fn printed(bytes: &[u8]) -> Vec<String> {
    let text = text(bytes, None).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

#[test]
fn a_plan_numbered_by_the_word_processor_is_read_as_it_is_shown() {
    let Some(docx) = converted("ke-hoach.fodt", "docx") else {
        return;
    };
    assert_eq!(
        printed(&docx),
        [
            "| UBND TỈNH HÀ NAM <br> SỞ THÔNG TIN VÀ TRUYỀN THÔNG <br> Số: 12/KH-STTTT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM <br> Độc lập - Tự do - Hạnh phúc <br> Hà Nam, ngày 05 tháng 02 năm 2026 |",
            "KẾ HOẠCH",
            "Tuyên truyền cải cách hành chính năm 2026",
            "Công khai",
            "Thực hiện Quyết định số 1578/QĐ-UBND[^1] của UBND tỉnh, Sở ban hành kế hoạch:",
            "[^1]: Đã được sửa đổi năm 2025.",
            "I. MỤC ĐÍCH, YÊU CẦU",
            "1. Mục đích",
            "- Nâng cao nhận thức, phổ biến hằng tháng.",
            "+ Trên loa.",
            "+ Trên mạng.",
            "- Kịp thời.",
            "2. Yêu cầu",
            "2.1. Chính xác.",
            "2.2. Đầy đủ:",
            "a) về nội dung;",
            "b) về thời gian.",
            "II. NỘI DUNG",
            "1. Tuyên truyền trên LOA theo phụ lục.",
            "III. TỔ CHỨC THỰC HIỆN",
            "1. Sở Nội vụ phối hợp.",
            "Nơi nhận:      GIÁM ĐỐC",
            "- Như trên;      Nguyễn Duy Tuấn",
            "PHỤ LỤC",
            "| TT | Nhiệm vụ | Đơn vị |  | Thời gian | Sản phẩm | Kinh phí |",
            "| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian | Sản phẩm | Kinh phí |",
            "| I. Trên loa |  |  |  |  |  |  |",
            "| 1 | Phát bản tin <br> hằng tuần | Sở Nội vụ | UBND cấp xã | Quý I | 52 bản tin | 100 |",
            "| 2 | Viết tin, bài | Sở Nội vụ |  | Quý II | 10 bài | 50 |",
        ]
    );
    let plan = read(&docx, None).unwrap();
    assert_eq!(plan.kind.as_deref(), Some("KẾ HOẠCH"));
    let ids: Vec<&str> = plan.walk().map(|clause| clause.id.as_str()).collect();
    for id in ["I", "I.1", "I.2", "II", "II.1", "III", "III.1"] {
        assert!(ids.contains(&id), "{id} is not among {ids:?}");
    }
}

#[test]
fn a_page_and_the_document_made_of_it_are_read_alike() {
    let page = include_bytes!("office/cong-bao.html");
    let own = printed(page);
    assert_eq!(own.len(), 21, "{own:#?}");
    assert_eq!(
        own[8],
        "| Nơi nhận: <br> - Như Điều 2; <br> - Lưu: VT. | TM. ỦY BAN NHÂN DÂN <br> CHỦ TỊCH <br> Phạm Quang Ngọc |"
    );
    assert_eq!(own[20], "| 2 | Viết tin, bài | Sở Nội vụ |  | Quý II |");
    let Some(docx) = converted("cong-bao.html", "docx:MS Word 2007 XML") else {
        return;
    };
    assert_eq!(printed(&docx), own);
    // And once more as a page, written by LibreOffice from its own document.
    let again = FOLDER.path().join("lai.docx");
    std::fs::write(&again, &docx).unwrap();
    assert_eq!(printed(&convert(&again, "html").unwrap()), own);
    let decision = read(&docx, None).unwrap();
    assert_eq!(decision.kind.as_deref(), Some("QUYẾT ĐỊNH"));
}

#[test]
fn other_forms_of_a_word_processor_are_refused_by_name() {
    for (form, name) in [
        ("odt", "ODT"),
        ("rtf", "RTF"),
        ("doc", "DOC"),
        ("fodt", "FODT"),
    ] {
        let Some(bytes) = converted("ke-hoach.fodt", form) else {
            return;
        };
        let refused = read(&bytes, None).unwrap_err();
        assert_eq!(refused, ReadError::Form { form: name });
        assert!(refused.to_string().contains("DOCX"), "{refused}");
        assert!(
            refused.vietnamese().contains(name),
            "{}",
            refused.vietnamese()
        );
    }
}

#[test]
fn each_refusal_says_what_to_do() {
    let faults = [
        DocxFault::Archive,
        DocxFault::TooManyParts,
        DocxFault::NoDocument,
        DocxFault::Unpacking,
        DocxFault::TooLarge,
        DocxFault::Malformed,
        DocxFault::Entities,
    ];
    let errors = faults.map(|what| ReadError::Docx { what }).into_iter();
    let others = [
        ReadError::Protected,
        ReadError::Nested,
        ReadError::TooMuchText,
    ];
    for error in errors.chain(others) {
        assert!(error.to_string().contains(": "), "{error}");
        assert!(error.vietnamese().contains("Hãy"), "{}", error.vietnamese());
    }
}

#[test]
fn the_seeds_of_the_fuzzers_are_documents() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let plan = read(&std::fs::read(&path).unwrap(), None);
        assert!(
            plan.is_ok_and(|plan| !plan.clauses.is_empty()),
            "{}",
            path.display()
        );
        seen += 1;
    }
    assert!(seen >= 5, "{seen} seeds");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// A seed with bytes changed, cut out and put in is read or refused, never worse.
    #[test]
    fn no_damage_makes_it_panic(
        seed in proptest::prelude::any::<proptest::sample::Index>(),
        damage in proptest::collection::vec(
            (proptest::prelude::any::<proptest::sample::Index>(), 0..4_u8, proptest::prelude::any::<u8>()),
            1..20,
        ),
    ) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds");
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let mut bytes = std::fs::read(seed.get(&paths)).unwrap();
        for (place, how, byte) in damage {
            if bytes.is_empty() {
                break;
            }
            let place = place.index(bytes.len());
            match how {
                0 => bytes[place] = byte,
                1 => drop(bytes.remove(place)),
                2 => bytes.insert(place, byte),
                _ => bytes.truncate(place.max(1)),
            }
        }
        let _ = read(&bytes, None);
    }
}

//! Pages written by hand, one for each rule, and what is seen of them.

use super::*;
use crate::error::ReadError;

fn seen(page: &str) -> String {
    text(page).unwrap()
}

fn lines(page: &str) -> Vec<String> {
    let text = seen(page);
    let lines = text.lines().filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

#[test]
fn pages_are_told_from_text() {
    for page in [
        "<!DOCTYPE html><p>x",
        "\u{feff}\n<HTML lang=vi><body>x</body></HTML>",
        "<?xml version=\"1.0\"?>\n<!-- lưu --><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\"><html/>",
        "<html xmlns:v=\"urn:schemas-microsoft-com:vml\"><p>x",
        "<div><p>I. MỤC ĐÍCH</p></div>\n",
        "<p>I. MỤC ĐÍCH<br>1. Mục đích</p>",
        "<table><tr><td>x</td></tr></table>",
        "<meta charset=utf-8><p>x</p>",
    ] {
        assert!(is(page), "{page}");
    }
    for text in [
        "# KẾ HOẠCH\n\nChỉ tiêu < 5 %, > 3 %.\n",
        "<div align=\"center\">KẾ HOẠCH</div>\n\n## I. MỤC ĐÍCH\n\n- Nâng cao\n",
        "<p>chỉ một thẻ",
        "<!-- ghi chú -->\n\nI. MỤC ĐÍCH",
        "<!-- không đóng",
        "<đơn vị> chủ trì <p>",
        "<https://hanam.gov.vn>",
        "<",
        "",
    ] {
        assert!(!is(text), "{text}");
    }
}

#[test]
fn blocks_are_paragraphs_and_bold_ones_are_strong() {
    let page = "<h2>I. MỤC ĐÍCH</h2><p><b>1.</b> <strong>Mục đích</strong>:</p><p><b>a</b> b</p>\
        <div>một<p>hai<div style='font-weight:700'>ba <span style='font-weight:normal'>.</span></div>bốn</div>\
        <p><b>KẾ HOẠCH<br>năm 2026</b><br>tiếp<br><br>cuối</p><b><p>đậm</p></b><p>nhạt</p>";
    assert_eq!(
        seen(page),
        "**I. MỤC ĐÍCH**\n\n**1. Mục đích:**\n\na b\n\nmột\n\nhai\n\n**ba .**\n\nbốn\n\n\
         **KẾ HOẠCH**\n**năm 2026**\ntiếp\n\ncuối\n\n**đậm**\n\nnhạt\n\n"
    );
}

#[test]
fn blanks_entities_and_hidden_things_are_as_seen() {
    let page = "<p>A &amp; B&nbsp;&lt;C&gt; &#272;&Agrave;\n\t  x<span> </span> y</p>\
        <p style='display:none'>x</p><p hidden>x</p><script>if (a<b) {'<p>x</p>'}</script>\
        <style>p { content: '<p>x' }</style><!-- x --><noscript>x</noscript><del>x</del>\
        <select><option>x</select><p style='text-transform: uppercase'>hoa</p>\
        <p>UBND TỈNH&nbsp;&nbsp;&nbsp; &nbsp;CỘNG HÒA XÃ HỘI</p><p>ngày&nbsp;&nbsp;&nbsp;&nbsp;tháng</p>\
        <p>a</b></i></p></div>b<p>Ke\u{302}\u{301} hoa\u{323}ch</p>";
    assert_eq!(
        seen(page),
        "A & B <C> ĐÀ x y\n\nHOA\n\nUBND TỈNH      CỘNG HÒA XÃ HỘI\n\nngày tháng\n\na\n\nb\n\nKế hoạch\n\n"
    );
}

#[test]
fn lists_print_their_markers() {
    let page = "<ol type=I start=2><li><b>Phần</b><ol><li value=3>ba<li>bốn<ul><li>x<ul><li>y</ul></ul></ol>\
        <li>sau</ol><ol type=a reversed><li>hai<ul><li>z</li></ul><li>một</ol>\
        <ul style='list-style-type: \"- \"'><li><p>gạch</p><p>tiếp</p></ul>\
        <ul style='list-style: none'><li>trơn</ul><ol style='list-style-type:lower-roman'><li>i</ol>\
        <ol><li></ol><p>ngoài</p><ol><li><ol type=a><li>kép</ol></ol>";
    assert_eq!(
        lines(page),
        [
            "**II. Phần**",
            "3. ba",
            "4. bốn",
            "• x",
            "+ y",
            "III. sau",
            "b. hai",
            "• z",
            "a. một",
            "- gạch",
            "tiếp",
            "trơn",
            "i. i",
            "ngoài",
            "1. a. kép"
        ]
    );
}

#[test]
fn tables_are_rows_and_frames_are_their_paragraphs() {
    let page = "<table><caption>Biểu</caption><thead><tr><th rowspan=2>TT<th colspan='2'>Đơn vị</thead>\
        <tr><th>Chủ trì<th>Phối hợp<tr><td><ol><li></ol><td><p>a</p><p>b<br>c</p><td>x | y\
        <tr><td><ol start=2><li></ol><td rowspan=0>d<td><table><tr><td>e<td>f</table><tr><td>3<td>g</table>";
    assert_eq!(
        seen(page),
        "Biểu\n\n| TT | Đơn vị |  |\n| TT | Chủ trì | Phối hợp |\n| 1. | a <br> b <br> c | x \\| y |\n\
         | 2. | d | e <br> f |\n| 3 | d | g |\n\n"
    );
    let page = "<table width=100%><tr><td><table><tr><td>UBND TỈNH<td>CỘNG HÒA</table><p><b>KẾ HOẠCH</b></p></table>";
    assert_eq!(seen(page), "| UBND TỈNH | CỘNG HÒA |\n\n**KẾ HOẠCH**\n\n");
}

#[test]
fn text_laid_out_by_hand_stays_so_and_pages_begin() {
    let page = "<pre>\n  UBND TỈNH       CỘNG HÒA\n\n  I. <b>MỤC</b> ĐÍCH\n</pre>\
        <p style='white-space: pre-line'>a\n b</p><p>c<br clear=all style='page-break-before:always'></p>\
        <p>d</p><p style='page-break-after: always'>e</p><table style='page-break-before:always'><tr><td>f<td>g</table>\
        <br style='page-break-before:always'><pre>h</pre>";
    assert_eq!(
        seen(page),
        "  UBND TỈNH       CỘNG HÒA\n\n  I. MỤC ĐÍCH\n\na\nb\n\nc\n\n\u{c}d\n\ne\n\n\u{c}| f | g |\n\n\u{c}h\n\n"
    );
}

#[test]
fn what_word_wrote_for_programs_without_lists_is_its_marker() {
    let page = "<html><head><!--[if gte mso 9]><xml><w:x>x</w:x></xml><![endif]--></head><body><div class=WordSection1>\
        <p class=MsoToc1>I. MỤC ĐÍCH 1</p>\
        <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-fareast-font-family:x'>\
        <span style='mso-list:Ignore'>1.1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Mục<o:p></o:p></p>\
        <p><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span></span>chấm</p>\
        <p><span style='mso-list:Ignore'>-<span>&nbsp;</span></span>gạch</p><p><span style='mso-hide:all'>x</span>y</p></div></body></html>";
    assert_eq!(lines(page), ["1.1. Mục", "• chấm", "- gạch", "y"]);
}

#[test]
fn notes_stand_behind_what_refers_to_them() {
    let word = "<p>a<a href='#_ftn1' name='_ftnref1'><span><span>[1]</span></span></a> b<sup>(2)</sup>, 5 m<sup>2</sup></p>\
        <table><tr><td>c<sup>3</sup><td>d</table><p>e</p><hr>\
        <div id=ftn1><p><a href='#_ftnref1'><sup>[1]</sup></a> Một.</p></div><p><sup>(2)</sup> Hai.</p><p><sup>3</sup>Ba.</p>\
        <p><sup>4</sup> không ai dẫn</p>";
    assert_eq!(
        seen(word),
        "a[^1] b[^2], 5 m2\n\n[^1]: Một.\n\n[^2]: Hai.\n\n| c[^3] | d |\n\n[^3]: Ba.\n\ne\n\n4 không ai dẫn\n\n"
    );
}

/// A page of a site of legal texts: banner, menus, properties, the document, others like it.
fn site(document: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>Kế hoạch 12/KH-UBND</title></head><body><header>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</header>\
         <div class=banner>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</div><nav><ul><li>Trang chủ</ul></nav>\
         <form id=aspnetForm><table><tr><td><ul><li><a href=/>Văn bản mới</a></ul></td><td><div id=thuoctinh>Số hiệu: 12/KH-UBND</div>\
         <div class=content>{document}</div><div><a href=/x>KẾ HOẠCH 13 về việc khác</a></div><div>Bình luận</div></td></tr></table></form>\
         <footer>Cơ quan chủ quản</footer></body></html>"
    )
}

const LETTERHEAD: &str = "<table border=0><tr><td><p align=center><b>UBND TỈNH HÀ NAM<br>-------</b></p></td>\
    <td><p><b>CỘNG HÒA XÃ HỘI <br>CHỦ NGHĨA VIỆT NAM<br>Độc lập</b></p></td></tr></table>";
const SIGNATURE: &str = "<table><tr><td><p><b><i>Nơi nhận:</i></b><br>- Như trên;</p></td><td>CHỦ TỊCH</td></tr></table>";

#[test]
fn the_document_is_found_among_menus() {
    // What the text itself names is no letterhead.
    let part =
        "<div><p>của Đảng Cộng sản Việt Nam, nước Cộng hòa xã hội chủ nghĩa Việt Nam</p></div>";
    let document = format!("{LETTERHEAD}{part}{SIGNATURE}");
    assert!(seen(&site(&document)).starts_with("| UBND TỈNH"));
    let document = format!("{LETTERHEAD}<div>{part}{SIGNATURE}</div>");
    assert!(seen(&site(&document)).starts_with("| UBND TỈNH"));
    let document = format!("{LETTERHEAD}<p>KẾ HOẠCH</p><p>I. MỤC ĐÍCH</p>{SIGNATURE}");
    let told = "| UBND TỈNH HÀ NAM <br> ------- | CỘNG HÒA XÃ HỘI <br> CHỦ NGHĨA VIỆT NAM <br> Độc lập |\n\n\
        KẾ HOẠCH\n\nI. MỤC ĐÍCH\n\n| Nơi nhận: <br> - Như trên; | CHỦ TỊCH |\n\n";
    assert_eq!(seen(&site(&document)), told);
    // Its annexes stand in sections of their own.
    let document = format!(
        "<div class=WordSection1>{document}</div><br><div class=WordSection2><p>DANH SÁCH</p></div><div><p>PHỤ LỤC II</p></div>"
    );
    assert_eq!(
        seen(&site(&document)),
        format!("{told}DANH SÁCH\n\nPHỤ LỤC II\n\n")
    );
    // The document may end with its articles.
    let long = "Nâng cao nhận thức của cán bộ. ".repeat(20);
    let document = format!("{LETTERHEAD}<p>{long}</p>");
    let text = seen(&site(&document));
    assert!(
        text.starts_with("| UBND") && text.ends_with("cán bộ.\n\n"),
        "{text}"
    );
}

#[test]
fn without_a_letterhead_the_main_part_is_taken() {
    let page = "<body><div>menu</div><main><p>I. MỤC ĐÍCH</p><header>đầu</header></main><article>khác</article></body>";
    assert_eq!(seen(page), "I. MỤC ĐÍCH\n\nđầu\n\n");
    let page = "<body><article>ngắn</article><article>I. MỤC ĐÍCH</article><p>x</p></body>";
    assert_eq!(seen(page), "I. MỤC ĐÍCH\n\n");
    assert_eq!(
        seen("<body><main></main><p>I. MỤC ĐÍCH</p></body>"),
        "I. MỤC ĐÍCH\n\n"
    );
}

#[test]
fn a_page_in_an_encoding_of_its_own_is_read() {
    let page = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1258\"></head><body><p>I. M\u{1ee4}C \u{110}\u{cd}CH</p></body></html>";
    let decomposed: String = page.replace('\u{1ee4}', "U\u{323}");
    let (bytes, _, failed) = encoding_rs::WINDOWS_1258.encode(&decomposed);
    assert!(!failed && std::str::from_utf8(&bytes).is_err());
    let lines = crate::source::lines(&bytes).unwrap();
    assert_eq!(lines[0].text, "I. MỤC ĐÍCH");
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(page.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(crate::source::lines(&wide).unwrap()[0].text, "I. MỤC ĐÍCH");
    let lied = page.replace("windows-1258", "utf-8");
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&lied);
    assert!(decode(&bytes).is_none());
}

#[test]
fn no_nesting_and_no_tag_is_followed_without_end() {
    let nest = |tag: &str, times: usize| format!("<body>{}x", tag.repeat(times));
    for tag in ["<table><tr><td>", "<ul><li>", "<ol>"] {
        assert_eq!(text(&nest(tag, 100)), Err(ReadError::Nested), "{tag}");
        assert_eq!(text(&nest(tag, 100_000)), Err(ReadError::Nested), "{tag}");
    }
    for tag in [
        "<div>",
        "<b>",
        "<font color=red>",
        "<p>",
        "<span><p>",
        "<td>",
        "<a href='#x'>",
        "</div>",
        "<pre>",
    ] {
        let text = text(&nest(tag, 20_000)).unwrap();
        assert!(text.trim_matches(['*', '\n']) == "x", "{tag}");
    }
    // What cannot be opened any more still parts paragraphs.
    let deep = nest("<div>", 1_000) + "<p>một<p>hai";
    assert_eq!(lines(&deep), ["x", "một", "hai"]);
    let deep = nest("<div>", 1_000) + "<br>một<br>hai";
    assert_eq!(lines(&deep), ["x", "một", "hai"]);
    let many = (0..1_000).fold(String::new(), |all, n| all + &format!(" a{n}"));
    assert!(text(&format!("<p{many}>x</p>")).is_err());
    let script = format!("<p>x</p><script>if (a <b{many}) </script>");
    assert_eq!(seen(&script), "x\n\n");
    let quoted = format!("<p title=\"{many}\">x</p>");
    assert_eq!(seen(&quoted), "x\n\n");
    let wide = "<table><tr><td colspan=999999999 rowspan=999999999>x".to_owned()
        + &"<tr><td>y".repeat(1_000);
    assert!(text(&wide).is_ok());
}

proptest::proptest! {
    /// Any order of tags is read or refused, and no letter of the text is lost from a page that
    /// hides nothing.
    #[test]
    fn no_order_of_tags_makes_it_panic(words in proptest::collection::vec(0..TAGS.len(), 0..80)) {
        let mut page = String::from("<body>");
        let mut told = 0;
        for word in words {
            page.push_str(TAGS[word]);
            told += TAGS[word].matches('ỡ').count();
        }
        if let Ok(text) = text(&page) {
            proptest::prop_assert!(text.matches('ỡ').count() >= told, "{page}\n{text}");
        }
    }

    #[test]
    fn no_text_makes_it_panic(page in "[<>/a-z \"'=!&;-]{0,200}") {
        let _ = text(&page);
    }
}

const TAGS: [&str; 30] = [
    "ỡ",
    "ỡ ",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<td rowspan=3>",
    "<td colspan=2>",
    "<ul>",
    "</ul>",
    "<ol start=3>",
    "<li>",
    "</li>",
    "<br>",
    "<sup>1</sup>",
    "<a href='#1'>1</a>",
    "<pre>",
    "</pre>",
    "<span>",
    "</span>",
    "<h1>",
    "</h1>",
];

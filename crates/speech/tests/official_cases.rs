//! Our own cases, one file a kind: what is written, a tab, what a reader says.

mod heard;

use heard::heard;

#[test]
fn every_case_is_read_as_a_reader_would() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        for (number, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            let (written, expected) = line
                .split_once('\t')
                .unwrap_or_else(|| panic!("{}:{}: no tab", path.display(), number + 1));
            let said = loa_speech::speak_line(written);
            seen += 1;
            if heard(&said) != heard(expected) {
                wrong.push(format!(
                    "{}:{}: {written}\n  said     {said}\n  expected {expected}",
                    path.display(),
                    number + 1
                ));
            }
        }
    }
    assert!(seen > 2000, "only {seen} cases were found in {folder}");
    assert!(
        wrong.is_empty(),
        "{} of {seen} read wrongly:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

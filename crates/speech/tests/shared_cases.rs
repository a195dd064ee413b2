//! The cases that are handed to everyone, when they are there.

mod heard;

use heard::heard;

#[test]
fn every_shared_case_is_read_in_an_accepted_form() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/cases/speech.jsonl"
    );
    let Ok(cases) = std::fs::read_to_string(path) else {
        println!("skipped: {path} is not here");
        return;
    };
    let mut wrong = Vec::new();
    let mut seen = 0;
    for line in cases.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let input = case["input"].as_str().unwrap();
        let said = heard(&loa_speech::speak_line(input));
        seen += 1;
        if !case["accept"]
            .as_array()
            .unwrap()
            .iter()
            .any(|form| heard(form.as_str().unwrap()) == said)
        {
            wrong.push(format!(
                "{input}\n  said   {said}\n  accept {}",
                case["accept"][0]
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {seen} read wrongly:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

//! The pages of a file in their order (ISO 32000-1, 7.7.3).

use std::collections::HashSet;

use super::file::File;
use super::object::{Dict, Object};
use crate::error::PdfFault;

/// Pages of a document; the longest plans have some hundred.
pub const MOST_PAGES: usize = 2_000;
/// Boxes of the page tree. Each is looked into once, so that a tree that grows into itself ends.
const MOST_BRANCHES: usize = 20_000;

/// A page as the file describes it.
pub struct Page {
    /// Streams of operators, to be read as one.
    pub contents: Object,
    /// Fonts and forms by their names.
    pub resources: Dict,
    /// What is laid over it: stamps, notes, fields.
    pub notes: Object,
    /// The part of the sheet that is shown: left, bottom, right, top in points.
    pub view: [f64; 4],
    /// Quarters that it is turned clockwise.
    pub turn: usize,
}

#[derive(Clone, Default)]
struct Inherited {
    resources: Option<Object>,
    view: Option<[f64; 4]>,
    turn: Option<f64>,
}

/// The pages of a file.
pub fn find(file: &File) -> Result<Vec<Page>, PdfFault> {
    let mut pages = Vec::new();
    let root = file.catalog().raw("Pages").clone();
    let mut open = vec![(root, Inherited::default())];
    let (mut seen, mut branches) = (HashSet::new(), 0_usize);
    while let Some((node, inherited)) = open.pop() {
        branches += 1;
        if branches > MOST_BRANCHES {
            return Err(PdfFault::TooManyPages);
        }
        if let Object::Ref(number) = node
            && !seen.insert(number)
        {
            continue;
        }
        let Some(dict) = file.dict(&node) else {
            continue;
        };
        let own = inherit(file, &dict, inherited);
        let kids = file.resolve(dict.raw("Kids"));
        if kids.array().is_empty() {
            if !dict.is("Pages") {
                pages.push(page(file, &dict, own));
            }
        } else {
            let kids = kids.array().iter().rev();
            open.extend(kids.map(|kid| (kid.clone(), own.clone())));
        }
        if pages.len() > MOST_PAGES || open.len() > MOST_BRANCHES {
            return Err(PdfFault::TooManyPages);
        }
    }
    if pages.is_empty() {
        // The tree is damaged: the pages themselves may still be there.
        pages = file
            .find("Page")
            .take(MOST_PAGES + 1)
            .map(|dict| page(file, &dict, inherit(file, &dict, Inherited::default())))
            .collect();
    }
    match pages.len() {
        0 => Err(PdfFault::Broken),
        count if count > MOST_PAGES => Err(PdfFault::TooManyPages),
        _ => Ok(pages),
    }
}

fn inherit(file: &File, dict: &Dict, above: Inherited) -> Inherited {
    let resources = match dict.raw("Resources") {
        Object::Null => above.resources,
        own => Some(own.clone()),
    };
    // The crop box is what a reader sees; the media box is the sheet behind it.
    let view = rectangle(file, dict.raw("CropBox"))
        .or_else(|| rectangle(file, dict.raw("MediaBox")))
        .or(above.view);
    let turn = file.resolve(dict.raw("Rotate")).number().or(above.turn);
    Inherited {
        resources,
        view,
        turn,
    }
}

fn page(file: &File, dict: &Dict, own: Inherited) -> Page {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 3
    let turn = (own.turn.unwrap_or(0.0) / 90.0).round().rem_euclid(4.0) as usize;
    Page {
        contents: dict.raw("Contents").clone(),
        resources: own
            .resources
            .and_then(|resources| file.dict(&resources))
            .unwrap_or_default(),
        notes: dict.raw("Annots").clone(),
        view: own.view.unwrap_or([0.0, 0.0, 595.0, 842.0]),
        turn,
    }
}

/// Left, bottom, right, top of a rectangle with some room in it.
pub fn rectangle(file: &File, value: &Object) -> Option<[f64; 4]> {
    let value = file.resolve(value);
    let corners: Vec<f64> = value
        .array()
        .iter()
        .take(4)
        .filter_map(|corner| file.resolve(corner).number())
        .collect();
    let [x0, y0, x1, y1] = corners.try_into().ok()?;
    let ordered = [
        f64::min(x0, x1),
        f64::min(y0, y1),
        f64::max(x0, x1),
        f64::max(y0, y1),
    ];
    let size = [ordered[2] - ordered[0], ordered[3] - ordered[1]];
    size.iter()
        .all(|side| (1.0..20_000.0).contains(side))
        .then_some(ordered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(nodes: &str) -> Result<usize, PdfFault> {
        let bytes = format!("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj {nodes}");
        let file = File::open(bytes.as_bytes()).unwrap();
        find(&file).map(|pages| pages.len())
    }

    #[test]
    fn what_a_branch_says_holds_for_its_pages() {
        let bytes = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj \
            2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/MediaBox[0 0 842 595]/Rotate 90>>endobj \
            3 0 obj<</Type/Page/CropBox[10 10 100 200]>>endobj 4 0 obj<</Type/Page/Rotate -90>>endobj";
        let file = File::open(bytes).unwrap();
        let pages = find(&file).unwrap();
        let near = |page: &Page, view: [f64; 4]| {
            let pairs = page.view.iter().zip(view);
            pairs.map(|(one, other)| (one - other).abs()).sum::<f64>() < 1e-9
        };
        assert!(near(&pages[0], [10.0, 10.0, 100.0, 200.0]));
        assert_eq!((pages[0].turn, pages[1].turn), (1, 3));
        assert!(near(&pages[1], [0.0, 0.0, 842.0, 595.0]));
    }

    #[test]
    fn a_tree_that_grows_into_itself_ends() {
        assert_eq!(
            tree("2 0 obj<</Type/Pages/Kids[2 0 R]>>endobj"),
            Err(PdfFault::Broken)
        );
        // Thirty levels of twice the same: a thousand million pages, were each visited.
        let wide: Vec<String> = (2..32)
            .map(|n| {
                format!(
                    "{n} 0 obj<</Type/Pages/Kids[{0} 0 R {0} 0 R]>>endobj ",
                    n + 1
                )
            })
            .collect();
        assert_eq!(
            tree(&format!("{} 32 0 obj<</Type/Page>>endobj", wide.concat())),
            Ok(1)
        );
        let deep: Vec<String> = (2..15_000)
            .map(|n| format!("{n} 0 obj<</Type/Pages/Kids[{} 0 R]>>endobj ", n + 1))
            .collect();
        assert_eq!(
            tree(&format!(
                "{} 15000 0 obj<</Type/Page>>endobj",
                deep.concat()
            )),
            Ok(1)
        );
        let many = "3 0 R ".repeat(30_000);
        assert_eq!(
            tree(&format!("2 0 obj<</Type/Pages/Kids[{many}]>>endobj")),
            Err(PdfFault::TooManyPages)
        );
    }

    #[test]
    fn pages_without_a_tree_are_found_one_by_one() {
        assert_eq!(
            tree("7 0 obj<</Type/Page>>endobj 5 0 obj<</Type/Page>>endobj"),
            Ok(2)
        );
    }
}

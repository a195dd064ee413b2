//! Addresses of clauses: `II.1.3` for people, `part_II__sec_1__point_3` after Akoma Ntoso's naming
//! convention. No two clauses of a document share one.

use std::collections::HashMap;

use crate::marker::Marker;
use crate::model::Clause;

/// The addresses that are given away.
#[derive(Default)]
pub struct Addresses {
    ids: HashMap<String, usize>,
    eids: HashMap<String, usize>,
}

impl Addresses {
    /// The id and the eId of a clause; `position` counts a bullet among its siblings, from 1.
    pub fn of(
        &mut self,
        parent: Option<(&Clause, &Marker)>,
        marker: &Marker,
        position: usize,
    ) -> (String, String) {
        let own = if marker.counts() {
            marker.text.clone()
        } else {
            position.to_string()
        };
        // '2.1' below '2' is the first of its clauses.
        let short = parent
            .and_then(|(_, above)| own.strip_prefix(above.text.as_str())?.strip_prefix('.'))
            .unwrap_or(&own)
            .to_owned();
        // 'Điều 1' is `art_1`: the word is in the element's name.
        let number = short.rsplit(' ').next().unwrap_or(&short);
        let (id, eid) = match parent {
            Some((parent, _)) => (
                format!("{}.{short}", parent.id),
                format!("{}__{}_{number}", parent.eid, marker.element()),
            ),
            None => (short.clone(), format!("{}_{number}", marker.element())),
        };
        // '1)' below 2 and '2.1' are two clauses that people cite alike.
        (unique(&mut self.ids, id), unique(&mut self.eids, eid))
    }

    /// The address of a clause without a number.
    pub fn unnumbered(&mut self, name: &str) -> String {
        unique(&mut self.ids, name.to_owned());
        unique(&mut self.eids, name.to_owned())
    }
}

/// The name itself when it is new, with a number behind it when it is not.
fn unique(seen: &mut HashMap<String, usize>, name: String) -> String {
    let times = seen.entry(name.clone()).or_insert(0);
    *times += 1;
    if *times == 1 {
        return name;
    }
    let other = format!("{name}~{times}");
    unique(seen, other)
}

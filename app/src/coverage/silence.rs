//! Silence, named: which themes are not heard on which channels, and for how long.

use loa_plan::ChannelKind;

use super::heat::When;
use super::table::Table;

/// A theme that was not proven on some channels for so many months, up to the last one that is
/// over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// Which theme: its place in the table.
    pub row: usize,
    /// On which of the channels the plan asks for.
    pub channels: Vec<ChannelKind>,
    /// For how many months.
    pub months: u32,
    /// Since which month of the year; 1 may mean longer.
    pub since: u32,
    /// Whether it is silent so long on every channel the plan asks for.
    pub everywhere: bool,
}

/// Every silence of a year, the longest and widest first.
pub fn silences(table: &Table) -> Vec<Silence> {
    let asked: Vec<ChannelKind> = table
        .channels
        .iter()
        .filter(|channel| channel.asked)
        .map(|channel| channel.kind)
        .collect();
    let mut found: Vec<Silence> = Vec::new();
    for row in 0..table.rows.len() {
        for channel in &asked {
            let months = run(table, row, *channel);
            if months == 0 {
                continue;
            }
            let same = |one: &&mut Silence| one.row == row && one.months == months;
            match found.iter_mut().find(same) {
                Some(silence) => silence.channels.push(*channel),
                None => found.push(Silence {
                    row,
                    channels: vec![*channel],
                    months,
                    since: over(table) + 1 - months,
                    everywhere: false,
                }),
            }
        }
    }
    for silence in &mut found {
        silence.everywhere = asked.len() > 1 && silence.channels.len() == asked.len();
    }
    found.sort_by_key(|silence| {
        let width = silence.channels.len();
        (
            std::cmp::Reverse(silence.months),
            std::cmp::Reverse(width),
            silence.row,
        )
    });
    found
}

/// How many months of the year are over.
fn over(table: &Table) -> u32 {
    let over = (1..=12).filter(|month| table.when(*month) == When::Over);
    u32::try_from(over.count()).unwrap_or_default()
}

/// For how many months nothing came, up to the last one that is over. What came in the running
/// month ended the silence.
fn run(table: &Table, row: usize, channel: ChannelKind) -> u32 {
    let over = over(table);
    let silent = |month: u32| table.cell(row, channel, month).items == 0;
    if over < 12 && !silent(over + 1) {
        return 0;
    }
    let months = (1..=over).rev().take_while(|month| silent(*month)).count();
    u32::try_from(months).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORTAL: ChannelKind = ChannelKind::Portal;
    const SPEAKER: ChannelKind = ChannelKind::Loudspeaker;

    #[test]
    fn a_theme_that_was_never_heard_is_silent_everywhere() {
        let table = Table::for_test(
            (2026, 11),
            &[(PORTAL, true), (SPEAKER, true)],
            &[(0, PORTAL, 10, 1), (0, SPEAKER, 7, 2)],
        );
        let found = silences(&table);
        let expected = [
            Silence {
                row: 1,
                channels: vec![PORTAL, SPEAKER],
                months: 10,
                since: 1,
                everywhere: true,
            },
            Silence {
                row: 0,
                channels: vec![SPEAKER],
                months: 3,
                since: 8,
                everywhere: false,
            },
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_came_this_month_ends_a_silence_and_what_nobody_asked_for_is_none() {
        let table = Table::for_test(
            (2026, 11),
            &[(PORTAL, true), (SPEAKER, false)],
            &[(0, PORTAL, 11, 1), (1, PORTAL, 10, 1)],
        );
        assert_eq!(silences(&table), []);
    }

    #[test]
    fn a_year_that_is_over_counts_to_december_and_one_to_come_has_no_silence() {
        let channels = [(PORTAL, true)];
        let over = Table::for_test((2027, 3), &channels, &[(0, PORTAL, 12, 1)]);
        let found = silences(&over);
        assert_eq!((found.len(), found[0].row, found[0].months), (1, 1, 12));
        let ahead = Table::for_test((2026, 1), &channels, &[]);
        assert_eq!(silences(&ahead), []);
    }
}

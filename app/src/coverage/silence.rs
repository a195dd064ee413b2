//! Silence, named: which themes are not heard on which channels, and for how long.

use loa_plan::ChannelKind;

use super::heat::When;
use super::table::Table;

/// A theme that was not proven on some channels for so many months, up to the last one that is
/// over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// Which theme: its place in the table; none means every theme.
    pub row: Option<usize>,
    /// On which of the channels the plan asks for.
    pub channels: Vec<ChannelKind>,
    /// For how many months.
    pub months: u32,
    /// Since which month of the year; 1 may mean longer.
    pub since: u32,
    /// Whether it is silent so long on every channel the plan asks for.
    pub everywhere: bool,
}

/// Every silence of a year, the longest and widest first. A channel on which nothing came at all is
/// named once, not with every theme.
pub fn silences(table: &Table) -> Vec<Silence> {
    let asked: Vec<ChannelKind> = table
        .channels
        .iter()
        .filter(|channel| channel.asked)
        .map(|channel| channel.kind)
        .collect();
    let over = over(table);
    let never = |channel: &&ChannelKind| {
        let mut rows = 0..table.rows.len();
        over > 0 && table.rows.len() > 1 && rows.all(|row| run(table, row, **channel) == over)
    };
    let (dead, heard): (Vec<ChannelKind>, Vec<ChannelKind>) = asked.iter().partition(never);
    let mut found: Vec<Silence> = Vec::new();
    if !dead.is_empty() {
        found.push(Silence {
            row: None,
            channels: dead,
            months: over,
            since: 1,
            everywhere: heard.is_empty(),
        });
    }
    for row in 0..table.rows.len() {
        for channel in &heard {
            let months = run(table, row, *channel);
            if months == 0 {
                continue;
            }
            let same = |one: &&mut Silence| one.row == Some(row) && one.months == months;
            match found.iter_mut().find(same) {
                Some(silence) => silence.channels.push(*channel),
                None => found.push(Silence {
                    row: Some(row),
                    channels: vec![*channel],
                    months,
                    since: over + 1 - months,
                    everywhere: false,
                }),
            }
        }
    }
    for silence in found.iter_mut().filter(|silence| silence.row.is_some()) {
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
                row: Some(1),
                channels: vec![PORTAL, SPEAKER],
                months: 10,
                since: 1,
                everywhere: true,
            },
            Silence {
                row: Some(0),
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
        assert_eq!(
            (found.len(), found[0].row, found[0].months),
            (1, Some(1), 12)
        );
        let ahead = Table::for_test((2026, 1), &channels, &[]);
        assert_eq!(silences(&ahead), []);
    }

    #[test]
    fn a_channel_on_which_nothing_came_is_named_once() {
        let channels = [
            (PORTAL, true),
            (SPEAKER, true),
            (ChannelKind::Contest, true),
        ];
        let table = Table::for_test((2026, 3), &channels, &[(0, PORTAL, 2, 1)]);
        let found = silences(&table);
        let rows: Vec<_> = found.iter().map(|silence| silence.row).collect();
        assert_eq!(rows, [None, Some(1)]);
        assert_eq!(found[0].channels, [SPEAKER, ChannelKind::Contest]);
        assert!(!found[0].everywhere);
        let nothing = silences(&Table::for_test((2026, 3), &channels, &[]));
        assert_eq!(nothing.len(), 1);
        assert!(nothing[0].everywhere);
    }
}

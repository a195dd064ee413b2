//! Figures equal the ledger, each with exactly the entries behind it.

use loa::reports::{self, Code};
use loa::units::UnitTree;
use loa_plan::ChannelKind;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::world::{figure, on_both};

/// `3-4,9`
fn seqs(entries: &[i64]) -> String {
    let mut entries = entries.to_vec();
    entries.sort_unstable();
    let all = entries.iter().map(i64::to_string).collect::<Vec<_>>();
    let text = all.join(",");
    // The short form is checked by its own tests; here neighbours are spelled out.
    expand(&text)
}

fn expand(text: &str) -> String {
    let parts = text.split(',').filter(|part| !part.is_empty());
    let numbers = parts.flat_map(|part| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        from.parse::<i64>().expect("a number")..=to.parse().expect("a number")
    });
    numbers
        .map(|seq| seq.to_string())
        .collect::<Vec<_>>()
        .join(",")
}

#[tokio::test]
async fn figures_equal_the_ledger() {
    on_both("figures_ledger", async |world| {
        let programme = world.programme().await;
        let id = world.report("chi", "tinh", 2026).await;
        let content = world.said(id).await;
        let heard = programme.heard;
        let all = [programme.portal, heard[0], programme.written];
        let [one, two] = programme.plan.themes;
        for (code, value, entries) in [
            (Code::Total, 3, &all[..]),
            (Code::Themes, 2, &all[..]),
            (Code::Units, 2, &all[..]),
            (
                Code::Channel(ChannelKind::Portal),
                2,
                &[programme.portal, programme.written],
            ),
            (Code::Channel(ChannelKind::Loudspeaker), 1, &heard[..1]),
            (Code::Seconds, 95, &heard[..1]),
            // Two loudspeakers said it: one delivery, two receipts.
            (Code::Receipts, 2, &heard[..]),
            (Code::Theme(one), 2, &[programme.portal, heard[0]]),
            (Code::Theme(two), 1, &[programme.written]),
            (
                Code::Unit(world.unit("tinh").await),
                2,
                &[programme.portal, programme.written],
            ),
            (Code::Unit(world.unit("xa-mot").await), 1, &heard[..1]),
        ] {
            let (counted, behind) = figure(&content, code);
            assert_eq!(counted, value, "{code}");
            assert_eq!(expand(&behind), seqs(entries), "{code}");
        }
        assert_eq!(content.figures.len(), 11, "and no others");
        assert!(world.reports_hold().await, "drafts are not checked");
    })
    .await;
}

#[tokio::test]
async fn the_day_in_vietnam_gives_the_year_and_each_unit_has_its_own() {
    on_both("figures_years", async |world| {
        let programme = world.programme().await;
        for (login, unit, year, entries) in [
            // 23:59 on 14 September is of 2026, midnight of 15 September of 2027.
            ("chi", "xa-mot", 2026, vec![programme.heard[0]]),
            ("chi", "xa-mot", 2027, vec![]),
            ("giang", "xa-hai", 2027, vec![programme.next_year]),
            // What a unit wrote counts for it wherever it was published.
            ("giang", "xa-hai", 2026, vec![programme.written]),
            ("an", "so", 2026, vec![programme.portal, programme.heard[0]]),
            ("an", "so", 2027, vec![programme.next_year]),
            ("chi", "tinh", 2027, vec![programme.next_year]),
            ("chi", "tinh", 2025, vec![]),
        ] {
            let id = world.report(login, unit, year).await;
            let (value, behind) = figure(&world.said(id).await, Code::Total);
            assert_eq!(expand(&behind), seqs(&entries), "{unit} {year}");
            assert_eq!(usize::try_from(value), Ok(entries.len()), "{unit} {year}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_in_the_store_is_what_is_said() {
    on_both("figures_store", async |world| {
        use loa::reports::entity::{figure as row, figure_evidence};
        let programme = world.programme().await;
        let id = world.report("chi", "tinh", 2026).await;
        let content = world.said(id).await;
        let rows = row::Entity::find()
            .filter(row::Column::ReportId.eq(id))
            .all(&world.app.db)
            .await
            .expect("figures");
        assert_eq!(rows.len(), content.figures.len());
        let behind = figure_evidence::Entity::find()
            .filter(figure_evidence::Column::ReportId.eq(id))
            .filter(figure_evidence::Column::Code.eq("receipts"))
            .all(&world.app.db)
            .await
            .expect("evidence");
        let behind: Vec<i64> = behind.iter().map(|row| row.seq).collect();
        assert_eq!(behind, programme.heard);

        // A later proof of the same delivery changes the receipts, and nothing else.
        let chi = world.person_of("chi").await;
        let late = world
            .prove(programme.failed_delivery, "2026-05-01T17:01", Some(30))
            .await;
        reports::recount(&world.app, &chi, id)
            .await
            .expect("counted");
        let again = world.said(id).await;
        assert_eq!(again.value(Code::Total), 4);
        assert_eq!(again.value(Code::Seconds), 125);
        let (_, entries) = figure(&again, Code::Theme(programme.plan.themes[1]));
        assert!(expand(&entries).ends_with(&late.to_string()), "{entries}");
        assert!(
            !expand(&entries)
                .split(',')
                .any(|seq| seq == programme.failed.to_string())
        );
    })
    .await;
}

#[tokio::test]
async fn units_below_count_as_they_were() {
    on_both("figures_units", async |world| {
        world.programme().await;
        let tree = UnitTree::load(&world.app.db).await.expect("a tree");
        let huyen = world.unit("huyen").await;
        let day = |text: &str| text.parse().expect("a day");
        let within = |from: &str, to: &str| {
            loa::coverage::units_within(&tree, huyen, day(from), day(to)).len()
        };
        assert_eq!(within("2023-09-15", "2024-09-14"), 4, "with three communes");
        assert_eq!(within("2024-09-15", "2025-09-14"), 4, "as it began");
        assert_eq!(
            within("2025-09-15", "2026-09-14"),
            1,
            "nothing is below it any more"
        );
    })
    .await;
}

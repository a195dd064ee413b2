//! Forward-only. A released migration is never edited; a change is a new file at the end.

use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager};

use crate::dialect::sql_for;

pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            step("01_base", include_str!("../migrations/01_base.sql")),
            step("02_units", include_str!("../migrations/02_units.sql")),
            step("03_accounts", include_str!("../migrations/03_accounts.sql")),
            step("04_plans", include_str!("../migrations/04_plans.sql")),
            step("05_stories", include_str!("../migrations/05_stories.sql")),
            step("06_air", include_str!("../migrations/06_air.sql")),
            step(
                "07_deliveries",
                include_str!("../migrations/07_deliveries.sql"),
            ),
            step("08_evidence", include_str!("../migrations/08_evidence.sql")),
            step("09_reports", include_str!("../migrations/09_reports.sql")),
            step("10_review", include_str!("../migrations/10_review.sql")),
            step("11_lexicon", include_str!("../migrations/11_lexicon.sql")),
            step(
                "12_recordings",
                include_str!("../migrations/12_recordings.sql"),
            ),
            step(
                "13_bulletins",
                include_str!("../migrations/13_bulletins.sql"),
            ),
            step("14_urgent", include_str!("../migrations/14_urgent.sql")),
            step(
                "15_speaker_days",
                include_str!("../migrations/15_speaker_days.sql"),
            ),
            step("16_patterns", include_str!("../migrations/16_patterns.sql")),
            step("17_station", include_str!("../migrations/17_station.sql")),
            step(
                "26_connectors",
                include_str!("../migrations/26_connectors.sql"),
            ),
            step(
                "27_timetable",
                include_str!("../migrations/27_timetable.sql"),
            ),
            step("28_orders", include_str!("../migrations/28_orders.sql")),
            step("29_warnings", include_str!("../migrations/29_warnings.sql")),
            step("30_places", include_str!("../migrations/30_places.sql")),
            step("31_days_off", include_str!("../migrations/31_days_off.sql")),
            step("32_series", include_str!("../migrations/32_series.sql")),
            step("33_boards", include_str!("../migrations/33_boards.sql")),
            step(
                "34_revisions",
                include_str!("../migrations/34_revisions.sql"),
            ),
        ]
    }
}

struct Step {
    name: &'static str,
    sql: &'static str,
}

fn step(name: &'static str, sql: &'static str) -> Box<dyn MigrationTrait> {
    Box::new(Step { name, sql })
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let sql = sql_for(connection.get_database_backend(), self.sql);
        connection.execute_unprepared(&sql).await?;
        Ok(())
    }
}

//! A store of the version before reviews: its drafts are decided and its plans corrected as if they had
//! been read by this one.

use loa::ids::{PlanId, ThemeId};
use loa::plans::entity::{plan, theme};
use loa::plans::{self, Data, Kind};
use loa_db::{Store, TestStore};
use loa_plan::Reading;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};

use super::SMALL;
use super::review::Draft;
use crate::world::World;

/// Migrations of that version.
const BEFORE: u32 = 9;

async fn stores() -> Vec<TestStore> {
    let mut stores = vec![TestStore::sqlite_after(Some(BEFORE)).await];
    match std::env::var("LOA_TEST_POSTGRES") {
        Ok(url) => {
            stores.push(TestStore::postgres_after(&url, "plans_upgrade", Some(BEFORE)).await);
        }
        Err(_) => println!("skipped on PostgreSQL: LOA_TEST_POSTGRES is not set"),
    }
    stores
}

/// What that version kept of a document: fewer things, and no confidence.
fn kept(reading: &Reading) -> String {
    let mut value = serde_json::to_value(reading).expect("JSON");
    let object = value.as_object_mut().expect("an object");
    for new in [
        "audiences",
        "money",
        "milestones",
        "relations",
        "attachments",
        "parent",
    ] {
        object.remove(new);
    }
    for list in ["themes", "channels", "duties", "reports"] {
        for one in object[list].as_array_mut().expect("a list") {
            let one = one.as_object_mut().expect("an object");
            for new in ["confidence", "product", "budget", "row"] {
                one.remove(new);
            }
        }
    }
    value.to_string()
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A draft, and a live plan as that version wrote it: every clause, a theme that is worded by hand, and
/// a duty of two units.
async fn fill(world: &World) -> (PlanId, PlanId) {
    let db = &world.app.db;
    let so = world.unit("so").await;
    let chi = world.person("chi").await;
    let now = world.app.clock.now();
    let files = &world.app.files;
    let keep = async |bytes: &[u8]| {
        let kept = files.keep(db, bytes, "text/plain", now).await;
        kept.expect("a file")
    };
    let (one, two) = (keep(b"draft").await, keep(b"live").await);
    let read = |text: &str| loa_plan::read(text.as_bytes(), None).expect("a plan");
    let other = SMALL.replace("Tuyên truyền nhỏ", "Tuyên truyền lâu dài");
    let (draft, live) = (read(SMALL), read(&other));
    let mut sql = String::new();
    let rows = [
        (1, "draft", &draft, SMALL, one),
        (2, "live", &live, &other, two),
    ];
    for (id, state, reading, text, file) in rows {
        let confirmed = if state == "live" {
            format!("{chi}, '2026-01-02T00:00:00Z'")
        } else {
            "NULL, NULL".to_owned()
        };
        sql += &format!(
            "INSERT INTO plans (id, state, unit_id, title, period_from, period_to, reading, source_text, file_name, file_sha256, imported_by, imported_at, confirmed_by, confirmed_at)
             VALUES ({id}, '{state}', {so}, {}, 2021, 2030, {}, {}, 'x.md', '{file}', {chi}, '2026-01-01T00:00:00Z', {confirmed});\n",
            quoted(&reading.title), quoted(&kept(reading)), quoted(text)
        );
    }
    let clauses: Vec<_> = live.walk().collect();
    for (place, clause) in (1..).zip(&clauses) {
        sql += &format!(
            "INSERT INTO clauses (id, plan_id, position, address, eid, text, line) VALUES ({place}, 2, {place}, {}, {}, {}, {});\n",
            quoted(&clause.id),
            quoted(&clause.eid),
            quoted(&clause.text),
            clause.line
        );
    }
    let at = |eid: &str| {
        clauses
            .iter()
            .position(|clause| clause.eid == eid)
            .expect(eid)
            + 1
    };
    let (theme, duty) = (at("part_I__sec_1__point_1"), at("part_II__sec_2"));
    let units = [world.unit("xa-mot").await, world.unit("xa-hai").await];
    sql += &format!(
        "INSERT INTO themes (id, plan_id, clause_id, position, label) VALUES (7, 2, {theme}, 1, 'Một cửa \"của ta\"');
         INSERT INTO plan_channels (plan_id, clause_id, kind, label) VALUES (2, {theme}, 'loudspeaker', 'loa');
         INSERT INTO regimes (plan_id, clause_id, recipient, unit_id, due_month, due_day, inclusive, cadence) VALUES (2, {duty}, 'Sở', {so}, 3, 5, true, 'yearly');
         INSERT INTO duties (id, plan_id, clause_id, position, text, cadence, due) VALUES (9, 2, {duty}, 1, 'Phát trên loa.', 'monthly', NULL);
         INSERT INTO duty_units (duty_id, name, role, unit_id) VALUES (9, 'UBND các xã', 'asked', {}), (9, 'UBND các xã', 'asked', {}), (9, 'Sở Nội vụ', 'support', NULL);",
        units[0], units[1]
    );
    db.execute_unprepared(&sql)
        .await
        .expect("rows of that version");
    (PlanId(1), PlanId(2))
}

/// Numbers that were given by hand are taken.
async fn go_on_numbering(world: &World) {
    if matches!(world.store.store, Store::Server(_)) {
        for table in ["plans", "clauses", "themes", "duties"] {
            let sql = format!("ALTER TABLE {table} ALTER COLUMN id RESTART WITH 100");
            world
                .app
                .db
                .execute_unprepared(&sql)
                .await
                .expect("a number");
        }
    }
}

#[tokio::test]
async fn drafts_and_plans_of_before_have_their_elements() {
    for store in stores().await {
        let world = World::on(store).await;
        let (draft, live) = fill(&world).await;
        loa_db::open(&world.store.store)
            .await
            .expect("brought up to date");
        go_on_numbering(&world).await;
        let db = &world.app.db;
        let standing = async |id: PlanId| {
            let row = plan::Entity::find_by_id(id).one(db).await;
            let row = row.expect("a store").expect("a plan");
            let read = plans::reading(&row).expect("a reading");
            let all = plans::elements(db, id, &read).await.expect("elements");
            (row, all)
        };

        let (row, proposed) = standing(draft).await;
        assert_eq!(
            (row.version, row.notation.as_deref()),
            (1, Some("KH-STTTT"))
        );
        assert_eq!(proposed.len(), 7);
        assert!(proposed.iter().all(|one| one.open() && one.unsure()));
        let places: Vec<&str> = proposed.iter().map(|one| one.clause.as_str()).collect();
        assert_eq!(places[0], "part_I__sec_1__point_1");

        let (_, accepted) = standing(live).await;
        let values: Vec<Value> = accepted
            .iter()
            .map(|one| one.data.value().expect("JSON"))
            .collect();
        assert_eq!(
            values,
            [
                json!({"label": "Một cửa \"của ta\""}),
                json!({"kind": "loudspeaker", "label": "loa"}),
                json!({"text": "Phát trên loa.", "cadence": "monthly", "due": null, "product": null, "budget": null, "row": null,
                    "units": [{"name": "UBND các xã", "role": "asked"}, {"name": "Sở Nội vụ", "role": "support"}]}),
                json!({"to": "Sở", "due": "03-05", "inclusive": true, "cadence": "yearly"}),
            ]
        );
        let rows: Vec<Option<i64>> = accepted.iter().map(|one| one.row).collect();
        assert_eq!(rows, [Some(7), Some(1), Some(9), Some(1)]);
        let chi = world.person("chi").await;
        assert!(
            accepted
                .iter()
                .all(|one| one.decided_by == Some(chi) && !one.open())
        );

        // The draft is decided and confirmed, the plan corrected.
        let officer = world.person_of("chi").await;
        plans::accept_all(&world.app, &officer, draft)
            .await
            .expect("decisions");
        plans::confirm(&world.app, &officer, draft)
            .await
            .expect("a plan");
        let text = SMALL
            .replace("Tuyên truyền nhỏ", "Tuyên truyền lâu dài")
            .replace("loa hằng tháng", "loa hằng quý");
        let again = Draft::of(&world, &text).await;
        let kept = again
            .element(&world, Kind::Theme, "part_I__sec_1__point_1")
            .await;
        assert!(!kept.open() && kept.data.words().contains("của ta"));
        plans::accept_all(&world.app, &officer, again.id)
            .await
            .expect("decisions");
        let corrected = plans::confirm(&world.app, &officer, again.id)
            .await
            .expect("a plan");
        assert_eq!(corrected, live);
        let theme = theme::Entity::find_by_id(ThemeId(7)).one(db).await;
        assert_eq!(theme.expect("a store").expect("a theme").ended_at, None);
        let (_, now) = standing(live).await;
        let duty = now.iter().find(|one| one.row == Some(9)).expect("the duty");
        let Data::Duty(duty) = &duty.data else {
            panic!("a duty")
        };
        assert_eq!(duty.cadence, loa_plan::Cadence::Quarterly);
    }
}

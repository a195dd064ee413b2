//! The example's plan on the real units of Hà Nam.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use loa::accounts::{self, Person, Role};
use loa::app::App;
use loa::clock::{SetClock, SystemChance};
use loa::config::Config;
use loa::duties;
use loa::error::Failure;
use loa::ids::PlanId;
use loa::plans::entity::{clause, plan_channel, regime, theme};
use loa::plans::{self, Asked};
use loa::units::{self, UnitTree};
use loa_db::TestStore;
use sea_orm::{EntityTrait, PaginatorTrait};
use tempfile::TempDir;

use crate::world::on_each_store;

struct HaNam {
    app: App,
    tree: UnitTree,
    officer: Person,
    _store: TestStore,
    _folder: TempDir,
}

fn file(path: &str) -> Vec<u8> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../");
    std::fs::read(format!("{root}{path}")).expect("a file of the project")
}

fn text(path: &str) -> String {
    String::from_utf8(file(path)).expect("text")
}

async fn on_both<Story>(name: &str, story: impl Fn(HaNam) -> Story)
where
    Story: Future<Output = ()>,
{
    on_each_store(name, async |store| story(HaNam::on(store).await).await).await;
}

impl HaNam {
    async fn on(store: TestStore) -> Self {
        let folder = TempDir::new().expect("a scratch folder");
        let config = Config {
            data: folder.path().to_owned(),
            ..Config::default()
        };
        let start: DateTime<Utc> = "2026-11-24T02:00:00Z".parse().expect("an instant");
        let (clock, chance) = (Arc::new(SetClock::at(start)), Arc::new(SystemChance));
        let app =
            App::with(config, store.connection.clone(), clock, chance).expect("an installation");
        units::load_csv(
            &app.db,
            &text("data/units/ha-nam.units.csv"),
            &text("data/units/ha-nam.changes.csv"),
        )
        .await
        .expect("units");
        let tree = UnitTree::load(&app.db).await.expect("a tree");
        let officer = person(&app, &tree, Role::ProgrammeOfficer, "nb-37").await;
        Self {
            app,
            tree,
            officer,
            _store: store,
            _folder: folder,
        }
    }

    async fn import(&self) -> PlanId {
        let unit = self.tree.by_key("hn-stttt").expect("the issuer");
        let bytes = file("examples/ha-nam/plan.md");
        let id = plans::import(&self.app, &self.officer, unit, "plan.md", &bytes)
            .await
            .expect("a draft");
        plans::accept_all(&self.app, &self.officer, id)
            .await
            .expect("decisions");
        id
    }

    async fn live(&self) -> PlanId {
        let id = self.import().await;
        plans::confirm(&self.app, &self.officer, id)
            .await
            .expect("a plan");
        id
    }

    /// Printed names with the keys of their units, by clause.
    async fn asked(&self, id: PlanId) -> BTreeMap<String, Vec<(String, String, Vec<String>)>> {
        let addresses: BTreeMap<_, _> = clause::Entity::find()
            .all(&self.app.db)
            .await
            .expect("clauses")
            .into_iter()
            .map(|row| (row.id, row.address))
            .collect();
        let asked: Vec<Asked> = plans::asked(&self.app.db, &[id]).await.expect("duties");
        let key = |unit| self.tree.versions(unit)[0].key.clone();
        asked
            .into_iter()
            .map(|asked| {
                let parties = asked.parties.into_iter().map(|party| {
                    (
                        party.name,
                        party.role,
                        party.units.into_iter().map(key).collect(),
                    )
                });
                (addresses[&asked.duty.clause_id].clone(), parties.collect())
            })
            .collect()
    }
}

async fn person(app: &App, tree: &UnitTree, role: Role, unit: &str) -> Person {
    let login = format!("{}-{unit}", role.name());
    let id = accounts::create(app, &app.db, &login, "Người Thử", "mật khẩu dài")
        .await
        .expect("an account");
    accounts::grant(&app.db, id, role, tree.by_key(unit).expect(unit))
        .await
        .expect("a role");
    accounts::find(app, id)
        .await
        .expect("a store")
        .expect("a person")
}

#[tokio::test]
async fn everything_that_was_read_is_in_force() {
    on_both("plans_real", async |place| {
        let id = place.live().await;
        let db = &place.app.db;
        let clauses = clause::Entity::find().all(db).await.expect("clauses");
        // 4 parts, 10 sections, 28 bullets, and the paragraph before them.
        assert_eq!(clauses.len(), 43);
        let of = |address: &str| {
            clauses
                .iter()
                .find(|row| row.address == address)
                .expect("a clause")
        };
        assert_eq!(of("II.1.3").parent_id, Some(of("II.1").id));
        assert_eq!(of("II").parent_id, None);
        assert!(of("I.2.2").position < of("II").position);
        assert_eq!(theme::Entity::find().count(db).await.expect("a count"), 10);
        assert_eq!(
            plan_channel::Entity::find()
                .count(db)
                .await
                .expect("a count"),
            9
        );
        let regimes = regime::Entity::find().all(db).await.expect("regimes");
        assert_eq!(regimes.len(), 1);
        assert_eq!(
            regimes[0].unit_id,
            place.tree.by_key("hn-stttt").expect("the issuer")
        );
        assert_eq!(
            (
                regimes[0].due_month,
                regimes[0].due_day,
                regimes[0].inclusive
            ),
            (10, 1, false)
        );

        let asked = place.asked(id).await;
        let named = |clause: &str, party: usize| {
            let (name, role, units) = &asked[clause][party];
            (
                name.as_str(),
                role.as_str(),
                units.iter().map(String::as_str).collect::<Vec<_>>(),
            )
        };
        assert_eq!(asked.len(), 12);
        assert_eq!(
            named("IV.1.1", 0),
            ("Sở Thông tin và Truyền thông", "lead", vec!["hn-stttt"])
        );
        assert_eq!(
            named("IV.1.1", 1),
            ("Ban Tuyên giáo Tỉnh ủy", "support", vec!["hn-btg"])
        );
        assert_eq!(
            named("IV.1.2", 1),
            ("Bộ Thông tin và Truyền thông", "support", vec![])
        );
        assert_eq!(named("IV.2", 0), ("Sở Nội vụ", "asked", vec!["hn-snv"]));
        assert_eq!(named("IV.3", 0).2.len(), 4);
        assert_eq!(named("IV.4.1", 0).2.len(), 6);
        assert_eq!(named("IV.4.1", 1).0, "Phòng Văn hóa và Thông tin");
        assert_eq!(named("IV.4.1", 1).2, named("IV.4.1", 0).2);
        assert_eq!(named("IV.5.1", 0).2, ["hn-bao", "hn-pttth"]);
        assert_eq!(
            named("IV.5.2", 1),
            (
                "Đài Phát thanh và Truyền hình tỉnh",
                "lead",
                vec!["hn-pttth"]
            )
        );
        assert_eq!(named("IV.5.2", 2), ("Sở Nội vụ", "support", vec!["hn-snv"]));
    })
    .await;
}

#[tokio::test]
async fn of_two_confirmations_at_once_one_holds() {
    on_both("plans_race", async |place| {
        let id = place.import().await;
        let (one, other) = tokio::join!(
            plans::confirm(&place.app, &place.officer, id),
            plans::confirm(&place.app, &place.officer, id)
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let lost = one.and(other).expect_err("one was late");
        assert!(
            matches!(lost, Failure::Conflict("plans-confirmed")),
            "{lost:?}"
        );
        assert_eq!(
            theme::Entity::find()
                .count(&place.app.db)
                .await
                .expect("a count"),
            10
        );
    })
    .await;
}

#[tokio::test]
async fn duties_pass_to_those_who_hold_the_place_today() {
    on_both("plans_heirs", async |place| {
        place.live().await;
        let ward = person(&place.app, &place.tree, Role::Broadcaster, "nb-13285").await;
        let owed = duties::owed(&place.app, &ward).await.expect("duties");
        let addresses: Vec<&str> = owed.iter().map(|owed| owed.address.as_str()).collect();
        assert_eq!(addresses, ["IV.1.4", "IV.4.1", "IV.4.2"]);
        let city = owed[1].parties[0]
            .holders
            .iter()
            .find(|holder| holder.then == "Thành phố Phủ Lý");
        let now: Vec<&str> = city
            .expect("the city")
            .now
            .iter()
            .map(|(_, name)| name.as_str())
            .collect();
        assert!(now.contains(&"Phường Phủ Lý"), "{now:?}");

        let press = person(&place.app, &place.tree, Role::PressDesk, "nb-baoptth").await;
        let owed = duties::owed(&place.app, &press).await.expect("duties");
        let addresses: Vec<&str> = owed.iter().map(|owed| owed.address.as_str()).collect();
        assert_eq!(addresses, ["IV.5.1", "IV.5.2"]);
        // The province's officer sees all, and owes nothing by the province itself.
        assert_eq!(
            duties::all(&place.app, &place.officer)
                .await
                .expect("duties")
                .len(),
            12
        );
        assert!(
            duties::owed(&place.app, &place.officer)
                .await
                .expect("duties")
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn a_plan_older_than_the_tree_means_its_first_names() {
    on_both("plans_old", async |place| {
        let unit = place.tree.by_key("hn-stttt").expect("the issuer");
        let text = super::SMALL
            .replace("năm 2021", "năm 2019")
            .replace("2021 - 2030", "2019 - 2020");
        let id = plans::import(&place.app, &place.officer, unit, "cu.md", text.as_bytes())
            .await
            .expect("a draft");
        plans::accept_all(&place.app, &place.officer, id)
            .await
            .expect("decisions");
        plans::confirm(&place.app, &place.officer, id)
            .await
            .expect("a plan");
        let asked = place.asked(id).await;
        assert_eq!(asked["II.1.1"][0].2, ["hn-stttt"]);
        // 83 communes were 'xã' then; wards and towns are not meant.
        assert_eq!(asked["II.2"][0].2.len(), 83);
        assert_eq!(asked["II.3"][0].2, ["hn-snv"]);
    })
    .await;
}

//! A small live plan, put straight into the store: two themes, one clause that stories serve.

use loa::duties::entity::regime;
use loa::ids::{ClauseId, PlanId, ThemeId};
use loa::plans::entity::{clause, plan, plan_channel, theme};
use sea_orm::{ActiveModelTrait, Set};

use super::World;

/// What a story needs to know of the plan.
pub struct SmallPlan {
    /// The plan.
    pub id: PlanId,
    /// Clause IV.1, a duty of the agency.
    pub clause: ClauseId,
    /// II.1.1 and II.1.2.
    pub themes: [ThemeId; 2],
}

impl World {
    /// Makes the small plan; the agency `so` owns it.
    pub async fn small_plan(&self) -> SmallPlan {
        let (db, now) = (&self.app.db, self.app.clock.now());
        let file = self
            .app
            .files
            .keep(db, b"small plan", "text/plain", now)
            .await
            .expect("a file");
        let (unit, chi) = (self.unit("so").await, self.person("chi").await);
        let id = plan::ActiveModel {
            state: Set("live".into()),
            unit_id: Set(unit),
            title: Set("Kế hoạch tuyên truyền nhỏ".into()),
            period_from: Set(2021),
            period_to: Set(2030),
            reading: Set("{}".into()),
            source_text: Set("small plan".into()),
            file_name: Set("small.md".into()),
            file_sha256: Set(file),
            imported_by: Set(chi),
            imported_at: Set(now),
            confirmed_by: Set(Some(chi)),
            confirmed_at: Set(Some(now)),
            ..Default::default()
        }
        .insert(db)
        .await
        .expect("a plan")
        .id;
        let mut clauses = Vec::new();
        for (position, address) in ["II.1.1", "II.1.2", "IV.1"].into_iter().enumerate() {
            let row = clause::ActiveModel {
                plan_id: Set(id),
                position: Set(i64::try_from(position).expect("small")),
                address: Set(address.into()),
                eid: Set(format!("c_{position}")),
                text: Set(format!("Điều khoản {address}")),
                line: Set(1),
                ..Default::default()
            };
            clauses.push(row.insert(db).await.expect("a clause").id);
        }
        let mut themes = Vec::new();
        for (position, label) in ["Cơ chế một cửa", "Chuyển đổi số"].into_iter().enumerate()
        {
            let row = theme::ActiveModel {
                plan_id: Set(id),
                clause_id: Set(clauses[position]),
                position: Set(i64::try_from(position + 1).expect("small")),
                label: Set(label.into()),
                ..Default::default()
            };
            themes.push(row.insert(db).await.expect("a theme").id);
        }
        for kind in ["portal", "loudspeaker"] {
            let row = plan_channel::ActiveModel {
                plan_id: Set(id),
                clause_id: Set(clauses[2]),
                kind: Set(kind.into()),
                label: Set(kind.into()),
                ..Default::default()
            };
            row.insert(db).await.expect("a channel");
        }
        let regime = regime::ActiveModel {
            plan_id: Set(id),
            clause_id: Set(clauses[2]),
            recipient: Set("Sở Thông tin và Truyền thông".into()),
            unit_id: Set(unit),
            due_month: Set(10),
            due_day: Set(1),
            inclusive: Set(false),
            cadence: Set("yearly".into()),
            ..Default::default()
        };
        regime.insert(db).await.expect("a regime");
        SmallPlan {
            id,
            clause: clauses[2],
            themes: [themes[0], themes[1]],
        }
    }
}

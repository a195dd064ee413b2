//! One small named world that all stories play in.
//!
//! Province `tinh`, its agency `so`, two communes `xa-mot` and `xa-hai`. An writes and Bình
//! approves at the agency, Chi runs the programme, Dung is the broadcaster of `xa-mot`, Em audits,
//! Giang writes in `xa-hai`, Hà leads the province. All have the password `mật khẩu`.

mod air;
mod browser;
mod evidence;
mod line;
mod plan;
mod receiver;
mod reports;
mod speech;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use loa::accounts::{self, Person, Role};
use loa::app::App;
use loa::clock::{SetClock, SystemChance};
use loa::config::Config;
use loa::ids::{PersonId, UnitId};
use loa::units::{self, UnitTree};
use loa_db::TestStore;
use tempfile::TempDir;

pub use air::Outlets;
pub use browser::{Browser, Page, Program};
pub use evidence::{OnAir, acknowledged};
pub use line::Line;
pub use plan::SmallPlan;
pub use receiver::Receiver;
pub use reports::figure;
pub use speech::{Manner, beside, speech_server, tone};

/// Every password of this world.
pub const PASSWORD: &str = "mật khẩu";

const UNITS: &str = "\
key,name,short_name,kind,level,parent_key,code,valid_from,valid_to
tinh,Tỉnh Hà Nam,Hà Nam,tỉnh,province,,35,1997-01-01,
so,Sở Thông tin và Truyền thông,Sở TT&TT,sở,agency,tinh,,2008-01-01,
huyen,Huyện Kim Bảng,Kim Bảng,huyện,district,tinh,350,1997-01-01,2025-07-01
xa-mot,Xã Một,Xã Một,xã,commune,huyen,1,1997-01-01,2025-07-01
xa-mot,Phường Một,Phường Một,phường,commune,tinh,1,2025-07-01,
xa-hai,Xã Hai,Xã Hai,xã,commune,huyen,2,1997-01-01,2025-07-01
xa-hai,Xã Hai,Xã Hai,xã,commune,tinh,2,2025-07-01,
xa-ba,Xã Ba,Xã Ba,xã,commune,huyen,3,1997-01-01,2025-07-01
";

const CHANGES: &str = "\
date,kind,act,from_key,to_key,share,doubt
2025-07-01,merge,1674/NQ-UBTVQH15,xa-ba,xa-mot,part,
2025-07-01,merge,1674/NQ-UBTVQH15,xa-ba,xa-hai,part,
";

const PEOPLE: [(&str, &str, Role, &str); 7] = [
    ("an", "Nguyễn Văn An", Role::Editor, "so"),
    ("binh", "Trần Thị Bình", Role::Approver, "so"),
    ("chi", "Lê Thị Chi", Role::ProgrammeOfficer, "tinh"),
    ("dung", "Phạm Văn Dung", Role::Broadcaster, "xa-mot"),
    ("em", "Đỗ Văn Em", Role::Auditor, "tinh"),
    ("giang", "Vũ Thị Giang", Role::Editor, "xa-hai"),
    ("ha", "Hoàng Thị Hà", Role::Leader, "tinh"),
];

/// An installation with its people, on a clock that stands still.
pub struct World {
    /// The installation.
    pub app: App,
    /// Its clock: 24 November 2026, 9 o'clock in Vietnam, to begin with.
    pub clock: Arc<SetClock>,
    /// Its store.
    pub store: TestStore,
    _folder: TempDir,
}

/// Plays a story in this world on SQLite, and on PostgreSQL when `LOA_TEST_POSTGRES` names a server.
pub async fn on_both<Story>(name: &str, story: impl Fn(World) -> Story)
where
    Story: Future<Output = ()>,
{
    on_each_store(name, async |store| story(World::on(store).await).await).await;
}

/// The same for a world of another kind: it is given its store.
pub async fn on_each_store(name: &str, story: impl AsyncFn(TestStore)) {
    story(TestStore::sqlite().await).await;
    match std::env::var("LOA_TEST_POSTGRES") {
        Ok(url) => story(TestStore::postgres(&url, name).await).await,
        Err(_) => println!("{name}: skipped on PostgreSQL, LOA_TEST_POSTGRES is not set"),
    }
}

impl World {
    /// This world in a store of one's own.
    pub async fn on(store: TestStore) -> Self {
        let folder = TempDir::new().expect("a scratch folder");
        let mut config = Config {
            data: folder.path().to_owned(),
            ..Config::default()
        };
        config.broker.listen = Some("127.0.0.1:0".into());
        let start: DateTime<Utc> = "2026-11-24T02:00:00Z".parse().expect("an instant");
        let clock = Arc::new(SetClock::at(start));
        let app = App::with(
            config,
            store.connection.clone(),
            clock.clone(),
            Arc::new(SystemChance),
        )
        .expect("an installation");
        units::load_csv(&app.db, UNITS, CHANGES)
            .await
            .expect("units");
        let tree = UnitTree::load(&app.db).await.expect("a tree");
        for (login, name, role, unit) in PEOPLE {
            let person = accounts::create(&app, &app.db, login, name, PASSWORD)
                .await
                .expect(login);
            accounts::grant(&app.db, person, role, tree.by_key(unit).expect(unit))
                .await
                .expect(login);
        }
        Self {
            app,
            clock,
            store,
            _folder: folder,
        }
    }

    /// The id of a unit.
    pub async fn unit(&self, key: &str) -> UnitId {
        UnitTree::load(&self.app.db)
            .await
            .expect("a tree")
            .by_key(key)
            .expect(key)
    }

    /// The id of a person.
    pub async fn person(&self, login: &str) -> PersonId {
        accounts::find_by_login(&self.app, login)
            .await
            .expect("a store")
            .expect(login)
            .id
    }

    /// Somebody with all that their roles reach.
    pub async fn person_of(&self, login: &str) -> Person {
        let id = self.person(login).await;
        accounts::find(&self.app, id)
            .await
            .expect("a store")
            .expect(login)
    }

    /// Time goes by.
    pub fn wait(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// Runs the jobs that are due.
    pub async fn work(&self) -> usize {
        loa::jobs::run_due(&self.app).await.expect("the queue")
    }

    /// A browser in which nobody is signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.app)
    }

    /// A browser in which somebody signed in through the page.
    pub async fn sign_in(&self, login: &str) -> Browser {
        Self::sign_in_to(&self.app, login).await
    }

    /// The same at an installation with other settings.
    pub async fn sign_in_to(app: &App, login: &str) -> Browser {
        let mut browser = Browser::new(app);
        browser.get("/sign-in").await;
        let page = browser
            .post("/sign-in", &[("login", login), ("password", PASSWORD)])
            .await;
        assert_eq!(page.status, 303, "{login} cannot sign in: {}", page.text());
        browser
    }

    /// A program with a token of somebody.
    pub async fn program(&self, login: &str) -> Program {
        let person = self.person(login).await;
        let token = accounts::token::issue(&self.app, person, "test", 1)
            .await
            .expect("a token");
        Program::new(&self.app, token)
    }
}

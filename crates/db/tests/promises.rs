//! What the database itself refuses, on SQLite always and on PostgreSQL when
//! `LOA_TEST_POSTGRES` names a server.

use loa_db::TestStore;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};

async fn stores(name: &str) -> Vec<TestStore> {
    let mut stores = vec![TestStore::sqlite().await];
    match std::env::var("LOA_TEST_POSTGRES") {
        Ok(url) => stores.push(TestStore::postgres(&url, name).await),
        Err(_) => println!("skipped on PostgreSQL: LOA_TEST_POSTGRES is not set"),
    }
    stores
}

const WORLD: &str = "
INSERT INTO files VALUES ('f', 1, 'text/plain', '2026-01-01T00:00:00Z');
INSERT INTO units (id, key) VALUES (1, 'u');
INSERT INTO people (id, login, name, password_hash, created_at) VALUES
  (1, 'an', 'An', 'x', '2026-01-01T00:00:00Z'), (2, 'binh', 'Bình', 'x', '2026-01-01T00:00:00Z');
INSERT INTO plans (id, state, unit_id, title, period_from, period_to, reading, source_text, file_name, file_sha256, imported_by, imported_at)
  VALUES (1, 'live', 1, 'p', 2021, 2030, '{}', '', 'p.md', 'f', 1, '2026-01-01T00:00:00Z');
INSERT INTO clauses (id, plan_id, position, address, eid, text, line) VALUES (1, 1, 1, 'I', 'part_I', '', 1);
INSERT INTO themes (id, plan_id, clause_id, position, label) VALUES (1, 1, 1, 1, 't'), (2, 1, 1, 2, 't2');
INSERT INTO stories (id, unit_id, clause_id, slug, state, created_by, created_at, updated_at)
  VALUES (1, 1, 1, 's', 'submitted', 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO story_versions (id, story_id, number, title, summary, body, author_id, created_at, updated_at)
  VALUES (1, 1, 1, 't', '', 'b', 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO story_themes VALUES (1, 1);
INSERT INTO renditions (id, version_id, kind, text) VALUES (1, 1, 'web', 'b');
";

const APPROVED: &str =
    "INSERT INTO approvals VALUES (1, 1, 2, 'h', 'frozen', '2026-01-01T00:00:00Z')";

async fn run(connection: &DatabaseConnection, sql: &str) -> Result<(), DbErr> {
    connection.execute_unprepared(sql).await.map(drop)
}

async fn refused(connection: &DatabaseConnection, sql: &str, why: &str) {
    let answer = run(connection, sql).await;
    let message = answer
        .expect_err(&format!("must be refused: {sql}"))
        .to_string();
    assert!(message.contains(why), "{sql}\nanswered: {message}");
}

#[tokio::test]
async fn an_author_cannot_approve_by_writing_to_the_table() {
    for store in stores("approve").await {
        let db = &store.connection;
        run(db, WORLD).await.unwrap();
        let own = |author: i64, approver: i64| {
            format!(
                "INSERT INTO approvals VALUES (1, {author}, {approver}, 'h', 'f', '2026-01-01T00:00:00Z')"
            )
        };
        assert!(
            run(db, &own(1, 1)).await.is_err(),
            "author and approver are one"
        );
        refused(db, &own(2, 1), "another person").await;
        run(db, APPROVED).await.unwrap();
        refused(
            db,
            "UPDATE approvals SET approver_id = 1",
            "cannot be changed",
        )
        .await;
        assert!(run(db, "DELETE FROM approvals").await.is_err());
    }
}

/// A person with the file in hand may switch foreign keys off; the promise must not hang on them.
#[tokio::test]
async fn a_bare_sqlite_connection_is_refused_too() {
    let store = TestStore::sqlite().await;
    let db = &store.connection;
    run(db, WORLD).await.unwrap();
    refused(
        db,
        "PRAGMA foreign_keys = OFF; INSERT INTO approvals VALUES (1, 2, 1, 'h', 'f', '2026-01-01T00:00:00Z')",
        "another person",
    )
    .await;
    refused(
        db,
        "PRAGMA foreign_keys = OFF; INSERT INTO releases (story_id, version_id, sha256, released_by, released_at)
         VALUES (1, 1, 'h', 1, '2026-01-01T00:00:00Z')",
        "only an approved version",
    )
    .await;
}

#[tokio::test]
async fn what_was_approved_stays_as_it_was() {
    for store in stores("frozen").await {
        let db = &store.connection;
        run(db, WORLD).await.unwrap();
        run(db, "UPDATE story_versions SET title = 'still a draft'")
            .await
            .unwrap();
        run(db, APPROVED).await.unwrap();
        for sql in [
            "UPDATE story_versions SET title = 'x'",
            "UPDATE story_versions SET author_id = 2",
            "DELETE FROM story_versions",
            "UPDATE renditions SET text = 'x'",
            "DELETE FROM renditions",
            "INSERT INTO renditions (version_id, kind, text) VALUES (1, 'radio', 'x')",
            "DELETE FROM story_themes",
            "UPDATE story_themes SET theme_id = 2",
            "INSERT INTO story_themes VALUES (1, 2)",
        ] {
            refused(db, sql, "loa: an approved").await;
        }
    }
}

#[tokio::test]
async fn only_what_was_approved_is_released_under_its_own_hash() {
    for store in stores("release").await {
        let db = &store.connection;
        run(db, WORLD).await.unwrap();
        let release = |hash: &str| {
            format!(
                "INSERT INTO releases (story_id, version_id, sha256, released_by, released_at)
                 VALUES (1, 1, '{hash}', 1, '2026-01-01T00:00:00Z')"
            )
        };
        assert!(run(db, &release("h")).await.is_err(), "not approved yet");
        run(db, APPROVED).await.unwrap();
        assert!(run(db, &release("other")).await.is_err(), "another hash");
        run(db, &release("h")).await.unwrap();
        refused(
            db,
            "UPDATE releases SET sha256 = 'x'",
            "keeps what it released",
        )
        .await;
    }
}

#[tokio::test]
async fn the_ledger_only_grows() {
    for store in stores("ledger").await {
        let db = &store.connection;
        run(db, WORLD).await.unwrap();
        run(db, APPROVED).await.unwrap();
        run(
            db,
            "INSERT INTO releases (id, story_id, version_id, sha256, released_by, released_at) VALUES (1, 1, 1, 'h', 1, '2026-01-01T00:00:00Z');
             INSERT INTO outlets (id, key, unit_id, kind, name) VALUES (1, 'o', 1, 'portal', 'o');
             INSERT INTO deliveries (id, release_id, outlet_id, key, state, planned_at, updated_at) VALUES (1, 1, 1, 'k', 'sent', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
             INSERT INTO evidence VALUES (1, 'page:1', 'page', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 1, 1, 1, 1, 'portal', true, true, 0, '{}', '', 'x');",
        )
        .await
        .unwrap();
        refused(db, "UPDATE evidence SET seconds = 9", "append-only").await;
        refused(db, "DELETE FROM evidence", "append-only").await;
    }
}

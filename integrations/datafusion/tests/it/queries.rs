//! The functions inside queries: filters, groups, joins, plans.

use std::sync::Arc;

use arrow::array::{ArrayRef, DictionaryArray, StringArray};
use arrow::datatypes::Int32Type;
use datafusion::prelude::SessionContext;

use crate::{jobs, rows, table, texts};

const TITLES: [Option<&str>; 7] = [
    Some("Sr. Technical Support Engineer"),
    Some("Technical Support Engineer (Remote)"),
    Some("Registered Nurse"),
    None,
    Some("asdf"),
    Some("Registered Nurse"),
    Some("RN - Night Shift"),
];

/// With the titles as plain texts, and as a dictionary.
fn contexts() -> [SessionContext; 2] {
    let plain: ArrayRef = Arc::new(StringArray::from(TITLES.to_vec()));
    let dictionary: ArrayRef = Arc::new(TITLES.into_iter().collect::<DictionaryArray<Int32Type>>());
    [plain, dictionary].map(jobs)
}

#[track_caller]
fn assert_table(table: &str, lines: &[&str]) {
    assert_eq!(table.lines().collect::<Vec<_>>(), lines, "\n{table}");
}

#[tokio::test]
async fn filters_on_fields() {
    for ctx in contexts() {
        let sql = "SELECT title, role_code(title) AS code FROM jobs WHERE normalize_title(title)['function'] = 'Registered Nurse' \
                   AND title_confidence(title) > 0.1";
        assert_eq!(rows(&ctx, sql).await.unwrap().num_rows(), 3);
        let sql = "SELECT count(*) AS n FROM jobs WHERE normalize_title(title)['verdict'] = 'no_match'";
        assert_table(&table(&ctx, sql).await, &["+---+", "| n |", "+---+", "| 1 |", "+---+"]);
        let sql = "SELECT count(*) AS n FROM jobs WHERE normalize_title(title)['code'] IS NULL";
        assert_table(&table(&ctx, sql).await, &["+---+", "| n |", "+---+", "| 2 |", "+---+"]);
        let sql = "SELECT count(*) AS n FROM jobs WHERE normalize_title(title) IS NULL";
        assert_table(&table(&ctx, sql).await, &["+---+", "| n |", "+---+", "| 1 |", "+---+"]);
    }
}

#[tokio::test]
async fn groups_by_fields() {
    for ctx in contexts() {
        let sql = "SELECT normalize_title(title)['function'] AS function, count(*) AS n FROM jobs \
                   GROUP BY normalize_title(title)['function'] ORDER BY n DESC, function";
        assert_table(
            &table(&ctx, sql).await,
            &[
                "+----------------------------+---+",
                "| function                   | n |",
                "+----------------------------+---+",
                "| Registered Nurse           | 3 |",
                "| Technical Support Engineer | 2 |",
                "|                            | 2 |",
                "+----------------------------+---+",
            ],
        );
        let sql = "SELECT count(DISTINCT normalize_title(title)) AS n FROM jobs";
        assert_eq!(rows(&ctx, sql).await.unwrap().num_rows(), 1);
    }
}

#[tokio::test]
async fn common_table_expressions_and_joins_on_codes() {
    for ctx in contexts() {
        let sql = "WITH answers AS (SELECT title, normalize_title(title) AS answer FROM jobs) \
                   SELECT DISTINCT answer['code'] AS code, answer['level'] AS level FROM answers \
                   WHERE answer['verdict'] = 'confident' AND answer['function'] LIKE 'Technical%' ORDER BY code";
        assert_eq!(texts(rows(&ctx, sql).await.unwrap().column(0)), [Some("TSE.GEN.P3"), Some("TSE.GEN.P4")]);
        let sql = "SELECT jobs.title, pay.grade FROM jobs JOIN (VALUES ('TSE.GEN.P4', 'nine'), ('TSE.GEN.P3', 'eight')) \
                   AS pay(code, grade) ON role_code(jobs.title) = pay.code ORDER BY pay.grade";
        assert_eq!(texts(rows(&ctx, sql).await.unwrap().column(1)), [Some("eight"), Some("nine")]);
        let sql = "SELECT count(*) AS n FROM jobs one JOIN jobs other \
                   ON role_distance(role_code(one.title), role_code(other.title)) < 0.2 WHERE one.title < other.title";
        assert_table(&table(&ctx, sql).await, &["+---+", "| n |", "+---+", "| 3 |", "+---+"]);
        let sql = "SELECT candidate['code'] AS code FROM (SELECT unnest(title_candidates('Analyst', 4)) AS candidate)";
        assert_eq!(rows(&ctx, sql).await.unwrap().num_rows(), 4);
    }
}

#[tokio::test]
async fn plans_are_ordinary_projections_and_constants_are_answered_in_them() {
    for ctx in contexts() {
        let plan = table(
            &ctx,
            "EXPLAIN FORMAT INDENT SELECT normalize_title(title)['code'] AS code, normalize_title(title)['level'] AS level FROM jobs",
        )
        .await;
        assert!(plan.contains("ProjectionExec"), "{plan}");
        assert!(!plan.contains("CAST"), "{plan}");
        let plan = table(&ctx, "EXPLAIN FORMAT INDENT SELECT role_code('Registered Nurse') AS code FROM jobs").await;
        assert!(
            plan.contains("Utf8(\"RNS.GEN.") || !plan.contains("role_code("),
            "constants are answered once: {plan}"
        );
    }
}

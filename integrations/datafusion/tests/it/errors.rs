//! What is said to who calls a function wrongly: when the query is planned, and what to do.

use std::sync::Arc;

use arrow::array::StringArray;

use crate::{jobs, rows};

async fn refusal(sql: &str) -> String {
    let ctx = jobs(Arc::new(StringArray::from(vec!["cook"])));
    // Planned, not run.
    ctx.sql(sql).await.expect_err(sql).to_string()
}

#[tokio::test]
async fn other_types_are_refused_by_the_planner() {
    for (function, what) in [
        ("normalize_title", "title"),
        ("role_code", "title"),
        ("title_confidence", "title"),
        ("title_candidates", "title"),
    ] {
        let said = refusal(&format!("SELECT {function}(42) FROM jobs")).await;
        let expected = format!(
            "{function} reads a {what} from text (Utf8, LargeUtf8, Utf8View or a dictionary of these), not from Int64; \
             cast it: {function}(CAST(... AS VARCHAR))"
        );
        assert!(said.contains(&expected), "{said}");
    }
    let said = refusal("SELECT role_distance('TSE.GEN.P4', 1.5)").await;
    assert!(said.contains("role_distance reads a role code from text"), "{said}");
    assert!(said.contains("not from Float64"), "{said}");
    let said = refusal("SELECT role_code(arrow_cast(1, 'Dictionary(Int32, Int64)'))").await;
    assert!(said.contains("not from Dictionary(Int32, Int64)"), "{said}");
    let said = refusal("SELECT title_candidates(title, 'five') FROM jobs").await;
    assert!(said.contains("title_candidates takes an integer for k, not Utf8"), "{said}");
}

#[tokio::test]
async fn wrong_numbers_of_arguments_are_refused_by_the_planner() {
    for (call, said) in [
        ("normalize_title()", "normalize_title is called as normalize_title(title), not with 0 arguments"),
        ("role_code(title, title)", "role_code is called as role_code(title), not with 2 arguments"),
        ("role_distance(title)", "role_distance is called as role_distance(code, code), not with 1 arguments"),
        (
            "title_candidates(title, 1, 2)",
            "title_candidates is called as title_candidates(title) or title_candidates(title, k), not with 3 arguments",
        ),
    ] {
        let refusal = refusal(&format!("SELECT {call} FROM jobs")).await;
        assert!(refusal.contains(said), "{refusal}");
    }
}

#[tokio::test]
async fn a_negative_k_is_refused() {
    let ctx = jobs(Arc::new(StringArray::from(vec!["cook"])));
    let said = rows(&ctx, "SELECT title_candidates(title, -1) FROM jobs").await.unwrap_err().to_string();
    assert!(said.contains("title_candidates: k is -1, and must be 0 or more"), "{said}");
}

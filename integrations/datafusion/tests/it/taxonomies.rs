//! Taxonomies and settings of one's own.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::AsArray;
use datafusion::prelude::SessionContext;
use titlecanon::{Normalizer, Taxonomy};
use titlecanon_datafusion::{TitleFunction, Titles, register};

use crate::{rows, texts};

fn pirates() -> Taxonomy {
    Taxonomy::from_sources([("functions.tsv", "code\tname\nNIN\tCode Ninja\nPIR\tPirate\n")]).unwrap()
}

fn context(titles: &Titles) -> SessionContext {
    let ctx = SessionContext::new();
    register(&ctx, titles);
    ctx
}

async fn text(ctx: &SessionContext, expression: &str) -> Option<String> {
    let rows = rows(ctx, &format!("SELECT {expression}")).await.unwrap();
    texts(rows.column(0))[0].map(str::to_owned)
}

#[tokio::test]
async fn two_contexts_with_two_taxonomies_answer_each_from_its_own() {
    let (theirs, ours) = (context(&Titles::builtin()), context(&Titles::new(pirates())));
    for _ in 0..2 {
        assert_eq!(text(&ours, "role_code('pirates')").await.as_deref(), Some("PIR.GEN.P3"));
        assert_ne!(text(&theirs, "role_code('pirates')").await.as_deref(), Some("PIR.GEN.P3"));
        assert_eq!(text(&ours, "role_code('Technical Support Engineer')").await, None);
        assert_eq!(text(&theirs, "role_code('Technical Support Engineer')").await.as_deref(), Some("TSE.GEN.P3"));
        assert_eq!(text(&ours, "normalize_title('Pirate')['soc']").await, None);
        assert_eq!(text(&ours, "normalize_title('Pirate')['family']").await.as_deref(), Some("All"));
    }
}

#[tokio::test]
async fn one_query_may_ask_two_taxonomies() {
    let ctx = context(&Titles::builtin());
    let ours = Titles::new(pirates()).functions().into_iter().map(|udf| {
        let name: &'static str = format!("our_{}", udf.name()).leak();
        udf.with_aliases([name])
    });
    // What is registered last is found by the plain name; the others by theirs.
    ours.for_each(|udf| ctx.register_udf(udf));
    titlecanon_datafusion::register_builtin(&ctx);
    let rows =
        rows(&ctx, "SELECT role_code(title) = our_role_code(title) FROM (VALUES ('Pirate'), ('Pirate')) AS t(title)");
    assert_eq!(rows.await.unwrap().column(0).as_boolean().true_count(), 0);
}

#[tokio::test]
async fn what_is_laid_over_a_taxonomy_answers() {
    let sources = [("aliases.tsv", "text\tfunction\nNinja\tSWE\n"), ("blocks.tsv", "text\nStudent Worker\n")];
    let ours = Arc::new(Taxonomy::builtin().overlay(sources).unwrap());
    let ctx = context(&Titles::new(Arc::clone(&ours)));
    assert_eq!(text(&ctx, "role_code('Ninja')").await.as_deref(), Some("SWE.GEN.P3"));
    assert_eq!(text(&ctx, "normalize_title('Student Worker')['verdict']").await.as_deref(), Some("no_match"));
    assert_eq!(text(&ctx, "role_code('Technical Support Engineer')").await.as_deref(), Some("TSE.GEN.P3"));
}

#[tokio::test]
async fn settings_are_the_normalizers() {
    let builtin = Normalizer::builtin();
    let title = "Analyst";
    let verdict = "normalize_title('Analyst')['verdict']";
    for (titles, normalizer) in [
        (Titles::builtin(), builtin),
        (Titles::builtin().with_thresholds(0.1, 0.05), builtin.with_thresholds(0.1, 0.05)),
        (Titles::builtin().with_thresholds(1.0, 1.0), builtin.with_thresholds(1.0, 1.0)),
        (Titles::builtin().with_candidates(2), builtin.with_candidates(2)),
    ] {
        let (ctx, answer) = (context(&titles), normalizer.normalize(title));
        assert_eq!(text(&ctx, verdict).await.as_deref(), Some(answer.verdict().as_str()));
        let candidates = rows(&ctx, "SELECT title_candidates('Analyst')").await.unwrap();
        assert_eq!(candidates.column(0).as_list::<i32>().value_length(0) as usize, answer.candidates().len());
    }
    let exact = context(&Titles::builtin().with_fuzzy(false));
    assert_eq!(text(&exact, "role_code('Elecrician')").await, None);
    assert!(text(&context(&Titles::builtin()), "role_code('Elecrician')").await.is_some());
}

#[test]
fn functions_are_equal_if_they_answer_from_the_same_taxonomy_with_the_same_settings() {
    let shared = Arc::new(pirates());
    let (shared, again) = (Titles::new(Arc::clone(&shared)), Titles::new(shared));
    // It says the same, and is another one.
    let other = Titles::new(pirates());
    assert_eq!(shared, again);
    assert_eq!(Titles::builtin(), Titles::builtin());
    let all = [
        shared.clone(),
        other,
        Titles::builtin(),
        shared.clone().with_fuzzy(false),
        shared.clone().with_candidates(3),
        shared.clone().with_thresholds(0.9, 0.3),
        shared.with_thresholds(0.9, 0.4),
    ];
    let functions: Vec<_> = all.iter().flat_map(Titles::functions).collect();
    let distinct: HashSet<_> = functions.iter().collect();
    assert_eq!(distinct.len(), functions.len());
    assert!(again.functions().iter().all(|function| distinct.contains(function)));
    let function = functions[0].inner().downcast_ref::<TitleFunction>().unwrap();
    assert_eq!(function.titles(), &again);
}

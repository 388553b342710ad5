//! The README's figures are the report's.

#[path = "../../benches/table.rs"]
mod table;

#[test]
fn the_table_is_the_reports() {
    let report = serde_json::from_str(include_str!("../../../reports/datafusion.json")).unwrap();
    let table = table::markdown(&report);
    assert!(table.lines().count() > 2);
    assert!(
        include_str!("../../README.md").contains(&(table.clone() + "<!-- speed -->")),
        "the table should be:\n{table}"
    );
}

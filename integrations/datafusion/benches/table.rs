//! The report as the README's table.

use serde_json::Value;

/// A row for each measurement.
pub(crate) fn markdown(report: &Value) -> String {
    let mut table =
        "| titles | array | threads | library | `normalize_title` | `role_code` |\n|---|---|---|---|---|---|\n"
            .to_owned();
    for row in report["measured"].as_array().into_iter().flatten() {
        let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
        let rate = |field: &str| format!("{:.2} M", row[field]["titles_a_second"].as_f64().unwrap_or_default() / 1e6);
        let times =
            |field: &str| format!("{} ({:.2}×)", rate(field), row[field]["times_library"].as_f64().unwrap_or_default());
        let cells = [
            text("titles"),
            text("array"),
            row["threads"].to_string(),
            rate("library"),
            times("normalize_title"),
            times("role_code"),
        ];
        table += &format!("| {} |\n", cells.join(" | "));
    }
    table
}

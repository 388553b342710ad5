//! The common paths use no heap.

use titlecanon::{RoleCode, normalize_title};

fn allocations(title: &str) -> u64 {
    // The first answer may set up lazily built things.
    normalize_title(title);
    let mut code: Option<RoleCode> = None;
    let info = allocation_counter::measure(|| code = normalize_title(title).code());
    assert!(code.is_some(), "{title}");
    info.count_total
}

#[test]
fn exact_and_composed_answers_do_not_allocate() {
    for title in [
        "Technical Support Engineer",
        "Sr. Technical Support Engineer",
        "Technical Support Engineer IV",
        "Tech Support Engr",
        "Technical Support Engineer (Remote)",
        "Engineer, Technical Support, Sr",
    ] {
        assert_eq!(allocations(title), 0, "{title}");
    }
}

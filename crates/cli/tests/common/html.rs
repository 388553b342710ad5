//! What pages have to be, whatever is on them.

/// The names of the tags of a page, each in its place; panics unless all are closed in order and all texts escaped.
pub(crate) fn tags(html: &str) -> Vec<String> {
    let body = html.strip_prefix("<!DOCTYPE html>\n").expect("a document type");
    let (mut open, mut all) = (Vec::new(), Vec::new());
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("an end of the tag");
        assert!(!text.contains('>'), "{part}");
        let name = tag.trim_matches('/').split_whitespace().next().expect("a name");
        let values: Vec<&str> = tag.split('"').collect();
        assert!(values.len() % 2 == 1 && values.iter().step_by(2).all(|text| !text.contains('\'')), "{tag}");
        for entity in part.split('&').skip(1) {
            let entity = entity.split(';').next().unwrap();
            assert!(["amp", "lt", "gt", "quot", "#39"].contains(&entity), "{part}");
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
        } else {
            all.push(name.to_owned());
            if !tag.ends_with('/') {
                open.push(name.to_owned());
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
    all
}

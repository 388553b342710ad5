//! A million random strings, and none breaks anything (fewer in a debug build, which is slow).

mod common;

use common::Random;
use titlecanon::normalize_title;

const STRINGS: usize = if cfg!(debug_assertions) { 30_000 } else { 1_000_000 };

#[test]
fn no_panic() {
    let mut random = Random(0x5eed_cafe);
    let pieces: Vec<&str> = "Senior Engineer Sr Mgr tech support / - , ( ) & of RN VP II 4 $20 é ß \u{301} \u{200b} 中 \u{1f680} data C++ R&D . ' \u{0}"
        .split(' ')
        .collect();
    for _ in 0..STRINGS {
        let mut title = String::new();
        for _ in 0..random.below(14) {
            if random.below(4) == 0 {
                title.extend(char::from_u32(random.below(0x11_0000) as u32));
            } else {
                title.push_str(pieces[random.below(pieces.len())]);
            }
            if random.below(3) > 0 {
                title.push(' ');
            }
        }
        let answer = normalize_title(&title);
        assert!(answer.candidates().all(|candidate| title.get(candidate.range()).is_some()), "{title:?}");
    }
}

//! Compiles `taxonomy/` into the binary.

fn main() {
    titlecanon::bake::dir("taxonomy").run();
}

//! Has the theme embedded anew when a file of it appears or changes.

fn main() {
    println!("cargo:rerun-if-changed=templates");
}

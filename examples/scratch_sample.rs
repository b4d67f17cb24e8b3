fn main() {
    for file in perennial::sample::files(perennial::sample::SEED) {
        println!("{} {}", file.name, file.text.len());
        #[allow(clippy::disallowed_methods)]
        std::fs::write(format!("/tmp/exp-{}", file.name), file.text).unwrap();
    }
}

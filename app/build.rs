//! The front end is built by `make web`; without it the server still builds, with bare pages.

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all("../web/dist")?;
    println!("cargo:rerun-if-changed=locales");
    println!("cargo:rerun-if-changed=../web/dist");
    Ok(())
}

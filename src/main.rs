//! The `backorder` program: everything is in the library's room `cli`.

fn main() -> std::process::ExitCode {
    backorder::cli::main()
}

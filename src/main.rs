//! The `backorder` program: everything is in the library's [`cli`](backorder::cli).

fn main() -> std::process::ExitCode {
    backorder::cli::main()
}

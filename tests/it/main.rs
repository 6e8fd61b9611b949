//! One integration binary: the project seen from outside.

mod architecture;
mod business;
mod cases;
mod catalogue;
mod cli;
mod compare;
mod diagnostics;
mod examples;
mod fuzz;
mod golden;
mod imports;
mod levels;
mod pages;
mod properties;
mod reference;
mod rules;
mod scenarios;
mod shops;
mod studies;
mod support;
mod sweep;
mod theory;
mod timelines;
mod tune;
mod what_if;

//! Names that many rows repeat, numbered in the order in which they come up.

use std::collections::HashMap;

/// Names with their numbers.
#[derive(Clone, Debug, Default)]
pub struct Names {
    all: Vec<String>,
    index: HashMap<String, u32>,
}

impl Names {
    /// The number of a name, which it has from now on.
    pub fn number(&mut self, name: &str) -> u32 {
        if let Some(&known) = self.index.get(name) {
            return known;
        }
        let number = self.all.len() as u32;
        self.all.push(name.to_string());
        self.index.insert(name.to_string(), number);
        number
    }

    /// The number of a name that has one.
    pub fn get(&self, name: &str) -> Option<u32> {
        self.index.get(name).copied()
    }

    /// The name of a number.
    pub fn name(&self, number: u32) -> &str {
        &self.all[number as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// All of them, by their numbers.
    pub fn all(&self) -> &[String] {
        &self.all
    }
}

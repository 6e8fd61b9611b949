//! What gates make of the exit code.

use super::failure::Failure;
use crate::experiment::{GateResult, Gates, overall};

/// Success, or the failure that says which exit code the gates ask for.
pub(super) fn outcome(gates: &[GateResult]) -> Result<(), Failure> {
    match overall(gates.iter().map(|result| result.verdict)) {
        Gates::Hold => Ok(()),
        Gates::Fail => Err(Failure::gate(3, "A gate does not hold.")),
        Gates::NoOccasion => {
            Err(Failure::gate(4, "A gate had no occasion: nothing happened that its measure is about."))
        }
        Gates::Undecided => Err(Failure::gate(4, "A gate is not decidable at this many replications.")),
    }
}

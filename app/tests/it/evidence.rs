//! Nothing is counted without proof: what enters the ledger, what it counts for, and that nobody
//! changes it unnoticed.

mod ledger;
mod page_proof;
mod pages;
mod receipts;
mod verify;

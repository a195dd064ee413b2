//! Reports: figures out of the ledger, two people for every report, and the past as it was.

mod counting;
mod life;
mod pages;
mod paper;
mod past;

//! Whole PDFs: made by a word processor, and by hand where one cannot make them.

mod damage;
mod faults;
mod gazette;
mod made;
mod office;
mod plan;
mod tables;
mod text;

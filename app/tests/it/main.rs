//! Stories that cross slices, through the router, on SQLite and (with `LOA_TEST_POSTGRES`) on
//! PostgreSQL: one program, so that it is linked once.

mod world;

mod accounts;
mod air;
mod airtime;
mod boards;
mod bulletins;
mod connectors;
mod coverage;
mod deliveries;
mod duties;
mod evidence;
mod home;
mod lexicon;
mod locales;
mod machine;
mod orders;
mod plans;
mod portal;
mod reports;
mod signal;
mod speakers;
mod station;
mod stories;
mod structure;
mod timetable;
mod units;
mod urgent;
mod warnings;

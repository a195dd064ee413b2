//! Loa runs a public-information programme: plans, duties, stories, deliveries, evidence,
//! coverage, reports. One folder a slice; data flows from left to right.

pub mod accounts;
pub mod airtime;
pub mod app;
pub mod audit;
pub mod broker;
pub mod bulletins;
pub mod clock;
pub mod commands;
pub mod config;
pub mod coverage;
pub mod deliveries;
pub mod doctor;
pub mod duties;
pub mod error;
pub mod evidence;
pub mod example;
pub mod files;
pub mod home;
pub mod http;
pub mod ids;
pub mod jobs;
pub mod lexicon;
pub mod outlets;
pub mod plans;
pub mod portal;
pub mod reports;
pub mod schedule;
pub mod secrets;
pub mod signal;
pub mod speakers;
pub mod station;
pub mod stories;
pub mod units;
pub mod urgent;
pub mod web;

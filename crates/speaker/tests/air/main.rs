//! The real `loa-speaker` process against a real socket.

mod broker;
mod disk;
mod enrolment;
mod forgery;
mod orders;
mod playing;
mod server;
mod world;

//! The real `loa-speaker` process against a real socket.

mod broker;
mod conform;
mod disk;
mod enrolment;
mod forgery;
mod orders;
mod playing;
mod server;
mod trial;
mod world;

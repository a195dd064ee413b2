//! The real `loa-speaker` process against a real socket.

mod broker;
mod forgery;
mod playing;
mod server;
mod world;

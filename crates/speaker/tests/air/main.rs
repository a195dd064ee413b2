//! The real `loa-speaker` process against a real socket.

mod forgery;
mod playing;
mod server;
mod world;

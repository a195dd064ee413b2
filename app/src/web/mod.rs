//! The web: one router out of the slices' routes, the frame of pages, forms, errors, assets.

pub mod api;
pub mod assets;
pub mod etag;
pub mod forms;
pub mod headers;
pub mod locale;
mod problem;
mod router;
mod serve;
pub mod shell;
mod upload;
pub mod visitor;

pub use forms::{Errors, Form, Nothing};
pub use locale::Lang;
pub use router::router;
pub use serve::{serve, serve_until};
pub use shell::Shell;
pub use upload::{Limits, NoFile, Upload};
pub use visitor::Visitor;

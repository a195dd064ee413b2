//! The client with which pages are fetched as proof.

use std::time::Duration;

/// It waits a little while, and goes nowhere that it was not sent to.
pub fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .timeout(Duration::from_secs(20))
        .redirect(reqwest::redirect::Policy::none())
        .build()
}

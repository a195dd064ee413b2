//! Failures as people see them: a page that says what is wrong and what to do.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use super::shell::Shell;
use super::visitor::Visitor;
use crate::error::Problem;

#[derive(Template)]
#[template(path = "web/problem.html")]
struct ProblemPage {
    shell: Shell,
    title: String,
    advice: String,
    status: u16,
}

/// The page of a failure.
pub fn page(visitor: &Visitor, problem: &Problem) -> Response {
    let page = ProblemPage {
        shell: Shell::of(visitor),
        title: visitor.lang.t(problem.message),
        advice: visitor.lang.t(&format!("{}-advice", problem.message)),
        status: problem.status.as_u16(),
    };
    let body = page.render().unwrap_or_else(|_| problem.message.to_owned());
    let mut response = (problem.status, Html(body)).into_response();
    response.extensions_mut().remove::<Problem>();
    response
}

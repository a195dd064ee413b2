//! stories, to come

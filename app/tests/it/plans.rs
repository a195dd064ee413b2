//! plans, to come

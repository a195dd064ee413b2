//! evidence, to come

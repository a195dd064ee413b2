//! structure, to come

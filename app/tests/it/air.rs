//! air, to come

//! portal, to come

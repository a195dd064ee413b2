//! reports, to come

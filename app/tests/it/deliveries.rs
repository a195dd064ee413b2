//! deliveries, to come

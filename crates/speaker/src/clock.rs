//! Time: the machine's two clocks, and the server's time reckoned from them.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

/// The machine's clocks. Tests bring their own.
pub trait Clock: Send + Sync {
    /// The clock on the wall: may jump.
    fn wall(&self) -> DateTime<Utc>;
    /// Since some moment: never jumps.
    fn monotonic(&self) -> Duration;
    /// Waits.
    fn sleep(&self, length: Duration);
}

/// The real ones.
pub struct MachineClock(Instant);

impl MachineClock {
    /// Counts from now on.
    pub fn start() -> Self {
        Self(Instant::now())
    }
}

impl Clock for MachineClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the receiver asks the machine"
    )]
    fn wall(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn monotonic(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, length: Duration) {
        std::thread::sleep(length);
    }
}

/// The server's time.
///
/// Until the server was heard in this run, it is the wall clock and the offset known from before:
/// a board without a battery gets its time from the network, and then that is followed. Once the
/// server was heard, the monotonic clock counts on from there, and jumps of the wall do nothing.
pub struct ServerTime {
    clock: Box<dyn Clock>,
    state: Mutex<State>,
}

struct State {
    offset: TimeDelta,
    anchor: Option<(Duration, DateTime<Utc>)>,
}

impl ServerTime {
    /// With the offset (server minus wall) that was known last.
    pub fn new(clock: Box<dyn Clock>, offset_ms: i64) -> Self {
        let state = State {
            offset: TimeDelta::milliseconds(offset_ms),
            anchor: None,
        };
        Self {
            clock,
            state: Mutex::new(state),
        }
    }

    /// Now, by the server's clock, as fine as the machine's.
    pub(crate) fn exactly(&self) -> DateTime<Utc> {
        self.reckon(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Now, by the server's clock, in whole milliseconds.
    pub fn now(&self) -> DateTime<Utc> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        whole_ms(self.reckon(&state))
    }

    /// Server's clock minus the wall's.
    pub fn offset_ms(&self) -> i64 {
        (self.now() - whole_ms(self.clock.wall())).num_milliseconds()
    }

    /// The clock that never jumps.
    pub fn monotonic(&self) -> Duration {
        self.clock.monotonic()
    }

    /// Waits.
    pub fn sleep(&self, length: Duration) {
        self.clock.sleep(length);
    }

    /// Learns from an answer: between asking and hearing, the server's clock stood between `told`
    /// and `told + precision`. Time is only moved as far as that contradicts it.
    pub fn learn(&self, asked: Duration, told: DateTime<Utc>, precision: Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let heard = self.clock.monotonic();
        let slack =
            TimeDelta::from_std(heard.saturating_sub(asked) + precision).unwrap_or(TimeDelta::MAX);
        let before = self.reckon(&state);
        let after = before.clamp(told, told.checked_add_signed(slack).unwrap_or(told));
        let moved_ms = (after - before).num_milliseconds();
        if moved_ms.abs() > 2_000 {
            tracing::warn!(
                clock.moved_ms = moved_ms,
                "the server's time is another than was reckoned"
            );
        }
        state.anchor = Some((heard, after));
    }

    fn reckon(&self, state: &State) -> DateTime<Utc> {
        match state.anchor {
            Some((at, time)) => {
                let since = TimeDelta::from_std(self.clock.monotonic().saturating_sub(at))
                    .unwrap_or_default();
                time + since
            }
            None => self.clock.wall() + state.offset,
        }
    }
}

fn whole_ms(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(time.timestamp_millis()).unwrap_or(time)
}

/// Both clocks for tests: they move when they are waited on, and the wall's when it is set.
#[cfg(test)]
#[derive(Clone)]
pub(crate) struct SetClock(pub(crate) std::sync::Arc<Mutex<(DateTime<Utc>, Duration)>>);

#[cfg(test)]
impl SetClock {
    /// The wall shows a time; the other begins at nothing.
    pub(crate) fn at(wall: DateTime<Utc>) -> Self {
        Self(std::sync::Arc::new(Mutex::new((wall, Duration::ZERO))))
    }
}

#[cfg(test)]
impl Clock for SetClock {
    fn wall(&self) -> DateTime<Utc> {
        self.0.lock().unwrap().0
    }

    fn monotonic(&self) -> Duration {
        self.0.lock().unwrap().1
    }

    fn sleep(&self, length: Duration) {
        let mut both = self.0.lock().unwrap();
        both.0 += length;
        both.1 += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_wall_may_jump_once_the_server_was_heard() {
        let set = SetClock::at(at("2026-01-01T00:00:00Z"));
        let time = ServerTime::new(Box::new(set.clone()), 0);
        time.learn(Duration::ZERO, at("2026-01-01T01:00:00Z"), Duration::ZERO);
        assert_eq!(time.now(), at("2026-01-01T01:00:00Z"));
        set.0.lock().unwrap().0 += TimeDelta::hours(5);
        time.sleep(Duration::from_secs(2));
        assert_eq!(time.now(), at("2026-01-01T01:00:02Z"));
        assert_eq!(time.offset_ms(), -4 * 3_600_000);
    }

    #[test]
    fn a_coarse_answer_does_not_move_a_good_clock() {
        let start = at("2026-01-01T00:00:00.700Z");
        let time = ServerTime::new(Box::new(SetClock::at(start)), 0);
        time.learn(
            Duration::ZERO,
            at("2026-01-01T00:00:00Z"),
            Duration::from_secs(1),
        );
        assert_eq!(time.now(), start);
    }

    #[test]
    fn before_the_server_is_heard_the_wall_is_followed_with_the_offset_of_last_time() {
        let set = SetClock::at(at("2026-01-01T00:00:00Z"));
        let time = ServerTime::new(Box::new(set.clone()), 1_500);
        set.0.lock().unwrap().0 += TimeDelta::hours(1);
        assert_eq!(time.now(), at("2026-01-01T01:00:01.500Z"));
    }
}

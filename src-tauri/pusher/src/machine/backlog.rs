//! Holds events back while an answer is awaited (checks 61, 104): the first ones, limited in number and in bytes, and a
//! count of the later ones.

/// Largest number of held events of one channel.
const LIMIT: usize = 256;
const BYTES: usize = 2 * 1024 * 1024;

pub(super) struct Backlog<T> {
    pub held: Vec<T>,
    bytes: usize,
    /// The number of events that did not fit.
    pub spilt: u64,
}

impl<T> Default for Backlog<T> {
    fn default() -> Self {
        Self { held: Vec::new(), bytes: 0, spilt: 0 }
    }
}

impl<T> Backlog<T> {
    /// Holds `one` of `bytes` back. The first always fits. After one did not fit, no later one does, so that only the
    /// end is missing.
    pub fn hold(&mut self, one: T, bytes: usize) {
        let has_room = self.held.len() < LIMIT && self.bytes + bytes <= BYTES;
        if self.held.is_empty() || has_room && self.spilt == 0 {
            self.bytes += bytes;
            self.held.push(one);
        } else {
            self.spilt += 1;
        }
    }

    /// Returns the number of all events, with those that did not fit.
    pub fn count(&self) -> u64 {
        self.held.len() as u64 + self.spilt
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_bounded_in_number_and_in_bytes() {
        let mut small = Backlog::default();
        (0..300).for_each(|one| small.hold(one, 10));
        assert_eq!((small.held.len(), small.spilt, small.count()), (256, 44, 300));
        let mut large = Backlog::default();
        for (one, bytes) in [BYTES + 1, 1, 1].into_iter().enumerate() {
            large.hold(one, bytes);
        }
        assert_eq!((large.held, large.spilt), (vec![0], 2));
        let mut ends = Backlog::default();
        for (one, bytes) in [1, BYTES, 1].into_iter().enumerate() {
            ends.hold(one, bytes);
        }
        assert_eq!((ends.held, ends.spilt), (vec![0], 2));
    }
}

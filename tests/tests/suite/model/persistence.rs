//! Where failing seeds are kept.

use std::any::Any;

use proptest::test_runner::{FailurePersistence, FileFailurePersistence, PersistedSeed};

/// The seeds of one property. Cases run side by side, and only one of them begins with the kept seeds.
#[derive(Debug, Clone, PartialEq)]
pub struct Seeds {
    file: FileFailurePersistence,
    begins: bool,
}

impl Seeds {
    pub fn of(live: bool, begins: bool) -> Self {
        let file = if live {
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/model/regressions-live.txt")
        } else {
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/model/regressions.txt")
        };
        Self { file: FileFailurePersistence::Direct(file), begins }
    }
}

impl FailurePersistence for Seeds {
    fn load_persisted_failures2(&self, source: Option<&'static str>) -> Vec<PersistedSeed> {
        if self.begins { self.file.load_persisted_failures2(source) } else { Vec::new() }
    }

    fn save_persisted_failure2(
        &mut self,
        source: Option<&'static str>,
        seed: PersistedSeed,
        shrunken: &dyn std::fmt::Debug,
    ) {
        self.file.save_persisted_failure2(source, seed, shrunken);
    }

    fn box_clone(&self) -> Box<dyn FailurePersistence> {
        Box::new(self.clone())
    }

    fn eq(&self, other: &dyn FailurePersistence) -> bool {
        other.as_any().downcast_ref::<Self>() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

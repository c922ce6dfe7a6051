//! Finds the rows of a damaged table without trying every number, because numbers can be far apart.

use std::collections::{BTreeSet, VecDeque};

use rusqlite::Connection;

/// The maximum number of times that unreadable ranges are halved, for one table.
const CUTS: u32 = 2000;

/// Returns the numbers of the rows that can be found. A range is read from both ends up to an unreadable row. The rest
/// in the middle is halved and read again, the longest range first. The indexes contain numbers too.
pub(super) fn find(old: &Connection, table: &str) -> BTreeSet<i64> {
    let mut found = BTreeSet::new();
    let mut stretches = VecDeque::from([(1, i64::MAX)]);
    let mut cuts = 0;
    while let Some((first, last)) = stretches.pop_front() {
        let Err(reached) = walk(old, table, (first, last), "ASC", &mut found) else { continue };
        let first = reached.map_or(first, |row| row.saturating_add(1));
        let Err(reached) = walk(old, table, (first, last), "DESC", &mut found) else { continue };
        let last = reached.map_or(last, |row| row.saturating_sub(1));
        if first < last && cuts < CUTS {
            cuts += 1;
            let middle = first.midpoint(last);
            stretches.extend([(first, middle), (middle + 1, last)]);
        }
    }
    for index in indexes(old, table) {
        let query = format!("SELECT rowid FROM \"{table}\" INDEXED BY \"{index}\"");
        let _ = collect(old, &query, (), &mut found);
    }
    found
}

/// Reads along a range. `Err` contains the last number before an unreadable row.
fn walk(
    old: &Connection,
    table: &str,
    stretch: (i64, i64),
    direction: &str,
    found: &mut BTreeSet<i64>,
) -> Result<(), Option<i64>> {
    let query = format!(
        "SELECT rowid FROM \"{table}\" NOT INDEXED WHERE rowid BETWEEN ?1 AND ?2 ORDER BY rowid {direction}"
    );
    collect(old, &query, stretch, found)
}

fn collect(
    old: &Connection,
    query: &str,
    params: impl rusqlite::Params,
    found: &mut BTreeSet<i64>,
) -> Result<(), Option<i64>> {
    let mut statement = old.prepare(query).map_err(|_| None)?;
    let mut rows = statement.query(params).map_err(|_| None)?;
    let mut last = None;
    loop {
        match rows.next() {
            Ok(Some(row)) => {
                let rowid = row.get(0).map_err(|_| last)?;
                found.insert(rowid);
                last = Some(rowid);
            }
            Ok(None) => return Ok(()),
            Err(_) => return Err(last),
        }
    }
}

fn indexes(old: &Connection, table: &str) -> Vec<String> {
    let read = || -> rusqlite::Result<Vec<String>> {
        let mut statement = old.prepare("SELECT name FROM pragma_index_list(?1)")?;
        statement.query_map([table], |row| row.get(0))?.collect()
    };
    read().unwrap_or_default()
}

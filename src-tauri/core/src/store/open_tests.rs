use super::*;

#[test]
fn the_schema_is_valid_from_the_first_step_to_the_last() {
    migrations().validate().unwrap();
}

/// The keys of intent `n` and of its lane.
fn keys(n: u128) -> (String, String) {
    (uuid::Uuid::from_u128(n).to_string(), uuid::Uuid::from_u128(1000 + n).to_string())
}

fn queue(database: &Connection, n: u128, operation: &str) {
    let (id, lane) = keys(n);
    database.execute("INSERT INTO entity (local_id, kind) VALUES (?1, 'offer')", [&lane]).unwrap();
    database
        .execute(
            "INSERT INTO intent (id, lane, operation, state, created_at) VALUES (?1, ?2, ?3, 'waiting', 1)",
            (id, lane, operation),
        )
        .unwrap();
}

fn column(database: &Connection, query: &str) -> Vec<String> {
    let mut statement = database.prepare(query).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn what_cannot_be_read_needs_a_person_and_keeps_its_text_and_its_place_on_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite");
    {
        let (old, ..) = open_or_set_aside(&path, &Vault::default()).unwrap();
        queue(&old, 1, r#"{"operation":"teleport_offer"}"#);
        queue(&old, 2, r#"{"operation":"delete","title":"sound"}"#);
        old.execute_batch(&format!(
            "UPDATE intent SET lane = 'scratched' WHERE seq = 2;
             UPDATE entity SET local_id = 'scratched' WHERE local_id = '{}'",
            keys(2).1
        ))
        .unwrap();
    }
    let (new, ..) = open_or_set_aside(&path, &Vault::default()).unwrap();
    let states = column(&new, "SELECT state || ' ' || operation FROM intent ORDER BY seq");
    assert_eq!(
        states,
        [r#"attention {"operation":"teleport_offer"}"#, r#"waiting {"operation":"delete","title":"sound"}"#,]
    );
    let placed = "SELECT id FROM intent WHERE lane IN (SELECT local_id FROM entity)";
    assert_eq!(column(&new, placed).len(), 2, "each lane keeps its entity");
    assert_eq!(intents::all(&new).unwrap().len(), 2, "a scratched key holds nothing up");
}

#[test]
fn a_file_that_is_no_database_is_set_aside_with_its_bytes_and_never_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite");
    std::fs::write(&path, b"this is a letter to the manager, not a database").unwrap();
    let (_, aside, _) = open_or_set_aside(&path, &Vault::default()).unwrap();
    let kept = std::fs::read(aside.unwrap()).unwrap();
    assert_eq!(kept, b"this is a letter to the manager, not a database");
}

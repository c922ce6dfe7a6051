use super::*;

#[test]
fn reading_tells_how_far_it_is_and_never_goes_back() {
    let job = Job::new();
    let bytes = vec![7; 3 * PIECE];
    let mut file = Watched::new(&bytes, &job);
    let mut steps = Vec::new();
    while !file.fill_buf().expect("goes on").is_empty() {
        steps.push(job.progress());
        let length = file.fill_buf().expect("goes on").len();
        file.consume(length);
    }
    assert_eq!(steps, [0.0, 0.3, 0.6]);
    file.seek(SeekFrom::Start(0)).expect("seeks");
    file.fill_buf().expect("goes on");
    assert_eq!(job.progress(), 0.9);
}

#[test]
fn reading_fails_once_the_job_is_stopped_from_elsewhere() {
    let job = Job::new();
    let bytes = vec![7; 2 * PIECE];
    let mut file = Watched::new(&bytes, &job);
    let mut all = vec![0; PIECE];
    file.read_exact(&mut all).expect("goes on");
    job.clone().cancel();
    assert!(file.read_exact(&mut all).is_err());
}

#[test]
fn the_first_reason_to_stop_counts() {
    let job = Job::new();
    job.time_is_over();
    job.cancel();
    assert_eq!(job.check(), Err(PictureError::TooSlow(20)));
}

#[test]
fn a_place_before_the_file_is_refused_and_one_behind_it_is_empty() {
    let job = Job::new();
    let mut file = Watched::new(b"abc", &job);
    assert!(file.seek(SeekFrom::Current(-1)).is_err());
    assert_eq!(file.seek(SeekFrom::End(10)).expect("seeks"), 13);
    assert!(file.fill_buf().expect("reads").is_empty());
}

#[tokio::test]
async fn who_waits_for_a_job_to_be_stopped_hears_of_it_before_and_after() {
    let job = Job::new();
    tokio::join!(job.stopped(), async { job.cancel() });
    job.stopped().await;
    assert_eq!(job.check(), Err(PictureError::Cancelled));
}

#[test]
fn a_job_is_stopped_by_its_key_while_it_is_on_the_list() {
    let jobs = Jobs::default();
    let (one, other) = (jobs.begin("one".to_owned()), jobs.begin("other".to_owned()));
    jobs.cancel("one");
    jobs.cancel("unknown");
    assert_eq!(one.job().check(), Err(PictureError::Cancelled));
    assert_eq!(other.job().check(), Ok(()));
    let ended = other.job().clone();
    drop(other);
    jobs.cancel("other");
    assert_eq!(ended.check(), Ok(()));
}

#[test]
fn a_newer_job_under_the_same_key_stops_the_older_and_stays_on_the_list() {
    let jobs = Jobs::default();
    let older = jobs.begin("same".to_owned());
    let newer = jobs.begin("same".to_owned());
    assert_eq!(older.job().check(), Err(PictureError::Cancelled));
    drop(older);
    assert_eq!(newer.job().check(), Ok(()));
    jobs.cancel("same");
    assert_eq!(newer.job().check(), Err(PictureError::Cancelled));
}

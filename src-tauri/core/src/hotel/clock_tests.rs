use super::*;

fn forbidden(message: &str) -> ApiError {
    ApiError::Forbidden { message: message.to_owned() }
}

#[test]
fn a_refusal_by_another_route_means_that_there_is_no_clock() {
    assert_eq!(
        without_clock(forbidden("You do not have permission to perform this action.")),
        ApiError::NotHere
    );
    assert_eq!(without_clock(ApiError::NotFound), ApiError::NotHere);
    assert_eq!(without_clock(ApiError::NotHere), ApiError::NotHere);
}

#[test]
fn a_refusal_that_speaks_of_the_hotel_is_a_real_one() {
    let other_hotel = forbidden("You can only access resources from your hotel.");
    assert_eq!(without_clock(other_hotel.clone()), other_hotel);
}

#[test]
fn an_unclear_outcome_stays_unclear() {
    let unclear = ApiError::Unclear { cause: "no answer in time".to_owned() };
    assert_eq!(without_clock(unclear.clone()), unclear);
}

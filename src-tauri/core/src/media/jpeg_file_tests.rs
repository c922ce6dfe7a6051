use mozjpeg::ColorSpace;

use super::super::test_files::*;
use super::*;

#[test]
fn the_head_tells_size_orientation_and_profile() {
    let profile: Vec<u8> = (0..150_000u32).map(|number| number as u8).collect();
    let file = with_profile(&jpeg(&quarters(80, 40), Some(&exif(6))), &profile);
    let mut file = JpegFile::read(&file).expect("a JPEG");
    assert_eq!((file.width, file.height, file.components()), (80, 40, 3));
    assert_eq!(file.orientation, Some(Orientation::Rotate90));
    assert_eq!(file.profile(), Some(profile), "its pieces are put together by their numbers");
}

#[test]
fn only_what_cannot_go_row_by_row_needs_memory_for_coefficients() {
    let needed = |style| {
        let file = jpeg_of(&waves(160, 80), ColorSpace::JCS_RGB, (160, 80), style);
        JpegFile::read(&file).expect("a JPEG").coefficients()
    };
    assert_eq!(needed(Style::Baseline), 0);
    // 20 x 10 blocks of brightness and 10 x 5 of each of two colours, 128 bytes each.
    assert_eq!(needed(Style::Progressive), 300 * 128);
}

#[test]
fn a_file_of_countless_scans_is_refused() {
    let file = jpeg(&quarters(16, 16), None);
    let scan = file.windows(2).position(|pair| pair == [0xFF, 0xDA]).expect("a scan");
    let length = usize::from(u16::from_be_bytes([file[scan + 2], file[scan + 3]])) + 2;
    let empty_scans = file[scan..scan + length].repeat(65);
    let many = [&file[..scan], &empty_scans, &file[scan..]].concat();
    assert!(JpegFile::read(&file).is_ok());
    assert!(matches!(JpegFile::read(&many), Err(PictureError::Damaged { .. })));
}

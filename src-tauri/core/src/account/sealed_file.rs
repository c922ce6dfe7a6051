//! A file that only a passphrase opens: the form in which an account travels to another computer.
//!
//! ```text
//! mark and version 16 | id 16 | salt 16 | check 16 | sum of these 8 | chunks of 64 kB, each with 16 bytes of its seal
//! ```
//!
//! Argon2id makes the key and the check from the passphrase and the salt. The check distinguishes a wrong passphrase
//! from a damaged file. Each chunk is sealed by NaCl's secretbox under its number, and the last one under a mark of its
//! own: so a chunk that is missing, changed or at another place is found, and so is a file that was cut off.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use crypto_secretbox::aead::Aead;
use crypto_secretbox::{KeyInit, XSalsa20Poly1305};
use sha2::{Digest, Sha256};

use crate::error::{DeskError, failure};
use crate::ids::MoveId;
use crate::private::Secret;

/// The mark of such a file, and the version of its form.
const MARK: &[u8; 16] = b"HotelMateDesk-A1";
/// The length of the head without its sum.
const HEAD: usize = 64;
const SUM: usize = 8;
/// The plain bytes of a chunk.
const CHUNK: usize = 64 << 10;
/// The additional bytes of a sealed chunk.
const SEAL: usize = 16;
/// The memory in kB and the rounds of Argon2id: the second choice of RFC 9106, since a thief of the file can try
/// passphrases for as long as he likes.
const MEMORY: u32 = 64 << 10;
const ROUNDS: u32 = 3;

/// The reason why a sealed file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SealedFileError {
    /// The file has another form, or was made by a newer version.
    #[error("this is not the file of an account")]
    OtherForm,
    /// A part of the file is missing or changed.
    #[error("the file is damaged or not complete")]
    Damaged,
    /// The passphrase does not open the file.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// There is not enough memory for the key.
    #[error("the key cannot be made: {0}")]
    Key(argon2::Error),
    /// The disk failed.
    #[error("the file cannot be read or written: {0}")]
    Disk(io::Error),
}

impl From<io::Error> for SealedFileError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Self::Damaged,
            _ => Self::Disk(error),
        }
    }
}

impl From<SealedFileError> for DeskError {
    fn from(error: SealedFileError) -> Self {
        let logged = error.to_string();
        let failed = match error {
            SealedFileError::OtherForm => failure!(Invalid, "error-sealed-other-form"),
            SealedFileError::Damaged => failure!(Invalid, "error-sealed-damaged"),
            SealedFileError::WrongPassphrase => failure!(WrongPassword, "error-sealed-passphrase"),
            SealedFileError::Key(cause) => {
                failure!(Unexpected, "error-sealed-key", cause = cause.to_string())
            }
            SealedFileError::Disk(cause) if cause.kind() == io::ErrorKind::StorageFull => {
                failure!(DiskFull, "error-disk-full")
            }
            SealedFileError::Disk(cause) => {
                failure!(Database, "error-sealed-disk", cause = cause.to_string())
            }
        };
        failed.logged_as(logged)
    }
}

/// Writes a sealed file, in place of an older one. `fill` writes its content. When this returns, the file is on the
/// disk, and was read from there, opened and compared.
///
/// # Errors
/// If the file cannot be written, or is not the same when it is read.
pub fn write(
    path: &Path,
    id: MoveId,
    passphrase: &Secret,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), SealedFileError> {
    // From the operating system, and never from a generator that a test can repeat: a salt makes a key.
    let salt: [u8; 16] = rand::random();
    let (key, check) = key_of(passphrase, &salt)?;
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(&head(id, &salt, &check))?;
    let mut content = Sealer {
        to: file,
        key: key.clone(),
        chunk: Vec::with_capacity(CHUNK),
        number: 0,
        sum: Sha256::new(),
    };
    fill(&mut content)?;
    let (file, sum) = content.finish()?;
    file.into_inner().map_err(|error| error.into_error())?.sync_all()?;
    let mut read = Opened { path: path.to_owned(), id, key }.content()?;
    let mut again = Summed(Sha256::new());
    io::copy(&mut read, &mut again)?;
    if again.0.finalize() == sum { Ok(()) } else { Err(SealedFileError::Damaged) }
}

/// Returns the id in the head of a sealed file, without its passphrase.
///
/// # Errors
/// If it is no sealed file, or its head is damaged.
pub fn id_of_file(path: &Path) -> Result<MoveId, SealedFileError> {
    Ok(Head::read(path)?.id)
}

/// A sealed file with its key.
pub struct Opened {
    path: PathBuf,
    /// The id in the head.
    pub id: MoveId,
    key: XSalsa20Poly1305,
}

impl Opened {
    /// Opens a file. Its content is not checked yet.
    ///
    /// # Errors
    /// If it is no sealed file, its head is damaged, or the passphrase is wrong.
    pub fn open(path: &Path, passphrase: &Secret) -> Result<Self, SealedFileError> {
        let head = Head::read(path)?;
        let (key, check) = key_of(passphrase, &head.salt)?;
        if check != head.check {
            return Err(SealedFileError::WrongPassphrase);
        }
        Ok(Self { path: path.to_owned(), id: head.id, key })
    }

    /// Returns the content from its beginning. It is complete and unchanged only if it can be read to its end.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn content(&self) -> Result<impl Read + use<>, SealedFileError> {
        let mut from = BufReader::with_capacity(CHUNK, File::open(&self.path)?);
        from.read_exact(&mut [0; HEAD + SUM])?;
        Ok(Content { from, key: self.key.clone(), chunk: Vec::new(), at: 0, number: 0, is_over: false })
    }
}

struct Head {
    id: MoveId,
    salt: [u8; 16],
    check: [u8; 16],
}

impl Head {
    fn read(path: &Path) -> Result<Self, SealedFileError> {
        let mut bytes = Vec::new();
        File::open(path)?.take((HEAD + SUM) as u64).read_to_end(&mut bytes)?;
        if !bytes.starts_with(MARK) {
            return Err(SealedFileError::OtherForm);
        }
        let (head, sum) = bytes.split_at_checked(HEAD).ok_or(SealedFileError::Damaged)?;
        if sum != sum_of(head) {
            return Err(SealedFileError::Damaged);
        }
        let part = |number: usize| std::array::from_fn(|at| head[number * 16 + at]);
        Ok(Self { id: MoveId::from_random(part(1)), salt: part(2), check: part(3) })
    }
}

fn head(id: MoveId, salt: &[u8; 16], check: &[u8; 16]) -> Vec<u8> {
    let head = [&MARK[..], id.0.as_bytes(), salt, check].concat();
    let sum = sum_of(&head);
    [head, sum].concat()
}

fn sum_of(head: &[u8]) -> Vec<u8> {
    Sha256::digest(head)[..SUM].to_vec()
}

/// Returns the key, and the bytes that say whether it is the right one.
fn key_of(passphrase: &Secret, salt: &[u8; 16]) -> Result<(XSalsa20Poly1305, [u8; 16]), SealedFileError> {
    let mut bytes = [0; 48];
    let params = Params::new(MEMORY, ROUNDS, 1, Some(bytes.len())).map_err(SealedFileError::Key)?;
    let made = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let made = made.hash_password_into(passphrase.expose().as_bytes(), salt, &mut bytes);
    made.map_err(SealedFileError::Key)?;
    let key: [u8; 32] = std::array::from_fn(|at| bytes[at]);
    Ok((XSalsa20Poly1305::new((&key).into()), std::array::from_fn(|at| bytes[32 + at])))
}

/// Returns the nonce of a chunk. Each file has a key of its own, so its chunks need only differ from one another.
fn nonce(number: u64, is_last: bool) -> [u8; 24] {
    let mut nonce = [0; 24];
    nonce[..8].copy_from_slice(&number.to_be_bytes());
    nonce[8] = u8::from(is_last);
    nonce
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, SealedFileError::Damaged)
}

/// Seals what is written to it.
struct Sealer<W> {
    to: W,
    key: XSalsa20Poly1305,
    chunk: Vec<u8>,
    number: u64,
    sum: Sha256,
}

impl<W: Write> Sealer<W> {
    fn seal(&mut self, is_last: bool) -> io::Result<()> {
        let nonce = nonce(self.number, is_last);
        let sealed = self.key.encrypt((&nonce).into(), &self.chunk[..]);
        self.to.write_all(&sealed.map_err(|_| io::Error::other("a chunk cannot be sealed"))?)?;
        self.number += 1;
        self.chunk.clear();
        Ok(())
    }

    /// Seals the last chunk. Returns the sum of the plain bytes.
    fn finish(mut self) -> io::Result<(W, sha2::digest::Output<Sha256>)> {
        self.seal(true)?;
        Ok((self.to, self.sum.finalize()))
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk is sealed only before further bytes, because it may be the last one.
        if self.chunk.len() == CHUNK && !bytes.is_empty() {
            self.seal(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk.extend_from_slice(&bytes[..taken]);
        self.sum.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The plain bytes of a sealed file.
struct Content {
    from: BufReader<File>,
    key: XSalsa20Poly1305,
    chunk: Vec<u8>,
    at: usize,
    number: u64,
    is_over: bool,
}

impl Content {
    fn open_next(&mut self) -> io::Result<()> {
        let mut sealed = Vec::with_capacity(CHUNK + SEAL);
        self.from.by_ref().take((CHUNK + SEAL) as u64).read_to_end(&mut sealed)?;
        self.is_over = self.from.fill_buf()?.is_empty();
        let nonce = nonce(self.number, self.is_over);
        self.chunk = self.key.decrypt((&nonce).into(), &sealed[..]).map_err(|_| damaged())?;
        self.at = 0;
        self.number += 1;
        Ok(())
    }
}

impl Read for Content {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.at == self.chunk.len() && !self.is_over {
            self.open_next()?;
        }
        let taken = to.len().min(self.chunk.len() - self.at);
        to[..taken].copy_from_slice(&self.chunk[self.at..self.at + taken]);
        self.at += taken;
        Ok(taken)
    }
}

/// Sums what is written to it.
struct Summed(Sha256);

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: [u8; 16] = [7; 16];

    fn sealed(content: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("account");
        let fill = |to: &mut dyn Write| to.write_all(content);
        write(&path, MoveId::from_random(ID), &Secret::from("three plain words"), fill).unwrap();
        (folder, path)
    }

    fn read(path: &Path, passphrase: &str) -> Result<Vec<u8>, SealedFileError> {
        let opened = Opened::open(path, &Secret::from(passphrase))?;
        let mut content = Vec::new();
        opened.content()?.read_to_end(&mut content)?;
        Ok(content)
    }

    #[test]
    fn content_of_any_length_comes_back_by_the_passphrase_only_and_is_not_in_the_file() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK] {
            let content = vec![b'w'; length];
            let (_folder, path) = sealed(&content);
            assert!(read(&path, "three plain words").unwrap() == content, "{length}");
            assert!(!std::fs::read(&path).unwrap().windows(8).any(|part| part == b"wwwwwwww"));
            assert_eq!(id_of_file(&path).unwrap(), MoveId::from_random(ID));
        }
        let (_folder, path) = sealed(b"words");
        assert!(matches!(read(&path, "three plain word"), Err(SealedFileError::WrongPassphrase)));
    }

    #[test]
    fn a_file_that_is_cut_off_changed_or_in_another_order_is_damaged() {
        let content: Vec<u8> = (0..3 * CHUNK).map(|at| u8::try_from(at / CHUNK).unwrap()).collect();
        let (_folder, path) = sealed(&content);
        let whole = std::fs::read(&path).unwrap();
        let (start, size) = (HEAD + SUM, CHUNK + SEAL);
        let chunk = |number: usize| &whole[start + number * size..start + (number + 1) * size];
        let mut flipped = whole.clone();
        flipped[start + size + 5] ^= 1;
        let swapped = [&whole[..start], chunk(1), chunk(0), chunk(2)].concat();
        let longer = [&whole[..], chunk(2)].concat();
        for bytes in [&whole[..start + size], &whole[..whole.len() - 1], &whole[..start], &whole[..40]]
            .map(<[u8]>::to_vec)
            .into_iter()
            .chain([flipped, swapped, longer])
        {
            std::fs::write(&path, bytes).unwrap();
            assert!(matches!(read(&path, "three plain words"), Err(SealedFileError::Damaged)));
        }
        std::fs::write(&path, "a letter").unwrap();
        assert!(matches!(read(&path, "three plain words"), Err(SealedFileError::OtherForm)));
    }
}

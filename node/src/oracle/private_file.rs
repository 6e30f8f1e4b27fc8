//! Files that nobody but their owner may read.

use std::{
	fs::{File, OpenOptions},
	io::{self, Read, Write},
	os::unix::fs::{MetadataExt, OpenOptionsExt},
	path::{Path, PathBuf},
	time::SystemTime,
};

/// Why a private file was not read or written. Never says what is in it.
#[derive(Debug, thiserror::Error)]
pub enum PrivateFileError {
	/// The file system refused.
	#[error("{0}: {1}")]
	Unreadable(PathBuf, io::Error),
	/// Group or others have rights to it.
	#[error("{0} has mode {1:o}: others than its owner must have no rights to it (chmod 600)")]
	TooOpen(PathBuf, u32),
	/// It is a folder, a pipe, or the like.
	#[error("{0} is not a regular file")]
	NotAFile(PathBuf),
	/// It is longer than such a file can sensibly be.
	#[error("{0} is longer than {1} bytes")]
	TooLong(PathBuf, u64),
}

/// By what a changed file is known without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
	modified: Option<SystemTime>,
	changed: (i64, i64),
	inode: u64,
	mode: u32,
	length: u64,
}

/// The stamp of a file; `None` if there is none.
pub fn stamp(path: &Path) -> Option<Stamp> {
	std::fs::metadata(path).ok().map(|metadata| Stamp {
		modified: metadata.modified().ok(),
		changed: (metadata.ctime(), metadata.ctime_nsec()),
		inode: metadata.ino(),
		mode: metadata.mode(),
		length: metadata.len(),
	})
}

/// Reads a file of at most `limit` bytes that only its owner may read.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, PrivateFileError> {
	let unreadable = |error| PrivateFileError::Unreadable(path.into(), error);
	// Asked of the open file, not of its name: it cannot be exchanged in between.
	let file = File::open(path).map_err(unreadable)?;
	let metadata = file.metadata().map_err(unreadable)?;
	if !metadata.is_file() {
		return Err(PrivateFileError::NotAFile(path.into()));
	}
	let mode = metadata.mode() & 0o777;
	if mode & 0o077 != 0 {
		return Err(PrivateFileError::TooOpen(path.into(), mode));
	}
	if metadata.len() > limit {
		return Err(PrivateFileError::TooLong(path.into(), limit));
	}
	let mut bytes = Vec::new();
	file.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
	Ok(bytes)
}

/// Writes a new file that only its owner may read. Never replaces one.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), PrivateFileError> {
	let unreadable = |error| PrivateFileError::Unreadable(path.into(), error);
	let mut file = OpenOptions::new()
		.write(true)
		.create_new(true)
		.mode(0o600)
		.open(path)
		.map_err(unreadable)?;
	file.write_all(bytes).and_then(|()| file.sync_all()).map_err(unreadable)
}

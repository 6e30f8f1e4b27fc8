use super::*;
use crypto_box::aead::OsRng;
use std::{
	fs,
	os::unix::fs::PermissionsExt,
	sync::atomic::{AtomicU32, Ordering},
};

/// A folder of its own for each test, gone with it.
struct Folder(PathBuf);

impl Folder {
	fn new() -> Self {
		static NEXT: AtomicU32 = AtomicU32::new(0);
		let name =
			format!("dmex-tokens-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
		let path = std::env::temp_dir().join(name);
		fs::create_dir_all(&path).unwrap();
		Self(path)
	}

	fn write(&self, text: &str, mode: u32) -> PathBuf {
		// A new file each time, so that its stamp differs whatever the clock's grain.
		let (path, next) = (self.0.join("tokens.json"), self.0.join("next"));
		fs::write(&next, text).unwrap();
		fs::set_permissions(&next, fs::Permissions::from_mode(mode)).unwrap();
		fs::rename(&next, &path).unwrap();
		path
	}
}

impl Drop for Folder {
	fn drop(&mut self) {
		let _ = fs::remove_dir_all(&self.0);
	}
}

fn tokens_of(path: &Path) -> Result<Tokens, TokensError> {
	Tokens::open(&OracleParams { pool_tokens: Some(path.into()), token_key: None })
}

fn revealed(tokens: &Tokens, of: TokenOf) -> Option<String> {
	tokens.get(of).map(|token| String::from_utf8(token.reveal().to_vec()).unwrap())
}

const TEXT: &str = r#"{ "source/3": "s3cret", "account/70": "acc0unt" }"#;

#[test]
fn a_private_file_answers_by_source_and_account() {
	let folder = Folder::new();
	let tokens = tokens_of(&folder.write(TEXT, 0o600)).unwrap();
	assert_eq!(revealed(&tokens, TokenOf::Source(3)).as_deref(), Some("s3cret"));
	assert_eq!(revealed(&tokens, TokenOf::Account(70)).as_deref(), Some("acc0unt"));
	assert_eq!(revealed(&tokens, TokenOf::Account(3)), None);
}

#[test]
fn a_file_that_others_may_read_is_refused() {
	let folder = Folder::new();
	for mode in [0o640, 0o604, 0o620, 0o601] {
		let path = folder.write(TEXT, mode);
		let error = tokens_of(&path).err().unwrap();
		assert!(
			matches!(error, TokensError::File(PrivateFileError::TooOpen(_, seen)) if seen == mode),
			"{mode:o}: {error}"
		);
	}
	assert!(tokens_of(&folder.write(TEXT, 0o400)).is_ok());
	assert!(tokens_of(&folder.0).is_err());
	assert!(tokens_of(&folder.0.join("missing")).is_err());
}

#[test]
fn no_error_quotes_what_is_in_the_file() {
	let folder = Folder::new();
	for text in [
		r#"["s3cret"]"#,
		r#"{ "source/3": ["s3cret"] }"#,
		r#"{ "s3cret": "source/3" }"#,
		r#"{ "source/3": "s3cret "#,
		r#"{ "source/3": "s3cret with blanks" }"#,
		r#""s3cret""#,
		"s3cret",
	] {
		let error = tokens_of(&folder.write(text, 0o600)).err().unwrap();
		assert!(!format!("{error} {error:?}").contains("s3cret"), "{error} {error:?}");
	}
}

#[test]
fn a_token_cannot_be_printed() {
	let folder = Folder::new();
	let tokens = tokens_of(&folder.write(TEXT, 0o600)).unwrap();
	let token = tokens.get(TokenOf::Source(3)).unwrap();
	assert_eq!(format!("{token:?}"), "Token(…)");
}

#[test]
fn the_file_is_read_again_when_it_changes() {
	let folder = Folder::new();
	let path = folder.write(TEXT, 0o600);
	let tokens = tokens_of(&path).unwrap();
	let of = TokenOf::Source(3);

	folder.write(r#"{ "source/3": "second" }"#, 0o600);
	assert_eq!(revealed(&tokens, of).as_deref(), Some("second"));
	assert_eq!(revealed(&tokens, TokenOf::Account(70)), None);

	folder.write(r#"{ "source/3": "#, 0o600);
	assert_eq!(revealed(&tokens, of).as_deref(), Some("second"), "half a file takes nothing away");

	folder.write(r#"{ "source/3": "open" }"#, 0o644);
	assert_eq!(revealed(&tokens, of), None, "a file that others may read is not used");

	folder.write(r#"{ "source/3": "third" }"#, 0o600);
	assert_eq!(revealed(&tokens, of).as_deref(), Some("third"));

	fs::remove_file(&path).unwrap();
	assert_eq!(revealed(&tokens, of), None, "tokens vanish with their file");
}

#[test]
fn storage_keys_name_tokens_exactly() {
	let parse = |key: &str| TokenOf::from_storage_key(key.as_bytes());
	assert_eq!(parse("dmex/token/account/7"), Some(TokenOf::Account(7)));
	assert_eq!(parse("dmex/token/source/0"), Some(TokenOf::Source(0)));
	for wrong in [
		"dmex/token/account/",
		"dmex/token/account/+7",
		"dmex/token/account/7/8",
		"dmex/token/account/4294967296",
		"dmex/token/other/7",
		"dmex/status/source/7",
		"account/7",
	] {
		assert_eq!(parse(wrong), None, "{wrong}");
	}
	assert_eq!(TokenOf::from_storage_key(b"dmex/token/account/\xff"), None);
}

fn sealing_node() -> (Tokens, PublicKey) {
	let secret = SecretKey::generate(&mut OsRng);
	let public = secret.public_key();
	(Tokens::with_key(secret), public)
}

fn seal(public: &PublicKey, text: &str) -> Vec<u8> {
	public.seal(&mut OsRng, text.as_bytes()).unwrap()
}

#[test]
fn boxes_are_opened_replaced_and_forgotten_as_the_chain_says() {
	let (tokens, public) = sealing_node();
	tokens.update_sealed(vec![(1, seal(&public, "one")), (2, seal(&public, "two"))]);
	assert_eq!(revealed(&tokens, TokenOf::Account(1)).as_deref(), Some("one"));
	assert_eq!(revealed(&tokens, TokenOf::Account(2)).as_deref(), Some("two"));
	assert_eq!(revealed(&tokens, TokenOf::Source(1)), None, "boxes are for accounts only");

	tokens.update_sealed(vec![(2, seal(&public, "new"))]);
	assert_eq!(revealed(&tokens, TokenOf::Account(1)), None);
	assert_eq!(revealed(&tokens, TokenOf::Account(2)).as_deref(), Some("new"));
}

#[test]
fn a_box_for_another_key_or_with_an_impossible_token_gives_none() {
	let (tokens, public) = sealing_node();
	let other = SecretKey::generate(&mut OsRng).public_key();
	tokens.update_sealed(vec![
		(1, seal(&other, "one")),
		(2, seal(&public, "two\r\nhost: evil")),
		(3, seal(&public, "")),
		(4, seal(&public, &"x".repeat(513))),
		(5, vec![]),
		(6, vec![0; 80]),
		(7, seal(&public, &"x".repeat(512))),
	]);
	for account in 1..=6 {
		assert_eq!(tokens.get(TokenOf::Account(account)), None, "account {account}");
	}
	assert!(tokens.get(TokenOf::Account(7)).is_some());
}

/// Sealed by libsodium (`SealedBox` of PyNaCl): providers use whatever speaks it.
#[test]
fn a_box_of_libsodium_opens() {
	let secret: [u8; 32] = std::array::from_fn(|at| at as u8 + 1);
	let secret = SecretKey::from_bytes(secret);
	assert_eq!(
		hex::encode(secret.public_key().as_bytes()),
		"07a37cbc142093c8b755dc1b10e86cb426374ad16aa853ed0bdfc0b2b86d1c7c"
	);
	let sealed = "5fcd5b5765e6a489061d808a941fe1140c2563899b46a64bdb89e9eeedc6881e445bb0e033c1\
		e7aa9b2edfd8d667df8b3d833314695da53ca055ff91dd3eae2b08";
	let tokens = Tokens::with_key(secret);
	tokens.update_sealed(vec![(9, hex::decode(sealed).unwrap())]);
	assert_eq!(revealed(&tokens, TokenOf::Account(9)).as_deref(), Some("read-only-token-1"));
}

#[test]
fn the_nodes_own_file_goes_before_a_box() {
	let folder = Folder::new();
	let (mut tokens, public) = sealing_node();
	tokens.file = Some(TokenFile::open(&folder.write(TEXT, 0o600)).unwrap());
	tokens.update_sealed(vec![(70, seal(&public, "sealed")), (71, seal(&public, "other"))]);
	assert_eq!(revealed(&tokens, TokenOf::Account(70)).as_deref(), Some("acc0unt"));
	assert_eq!(revealed(&tokens, TokenOf::Account(71)).as_deref(), Some("other"));
}

#[test]
fn a_key_is_made_once_and_read_back() {
	let folder = Folder::new();
	let path = folder.0.join("token.key");
	let public = key::generate(&path).unwrap();
	assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
	assert_eq!(key::load(&path).unwrap().public_key(), public);
	assert!(key::generate(&path).is_err(), "an existing key must never be replaced");
	assert_eq!(key::load(&path).unwrap().public_key(), public);

	fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
	assert!(matches!(key::load(&path), Err(KeyError::File(PrivateFileError::TooOpen(_, 0o644)))));
}

#[test]
fn a_key_file_with_anything_else_is_refused() {
	let folder = Folder::new();
	for text in ["", "00", "zz", &"g".repeat(64), &"0".repeat(66), &"0".repeat(80)] {
		assert!(key::load(&folder.write(text, 0o600)).is_err(), "{text} was accepted");
	}
	let text = format!("0x{}\n", "01".repeat(32));
	assert!(key::load(&folder.write(&text, 0o600)).is_ok());
}

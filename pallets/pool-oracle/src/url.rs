//! Which base URLs may be registered. Every validator fetches them, so nothing that could reach
//! into a validator's own network gets through. Pure.

/// Strict reading of `scheme://host[:port][/path]`. With `local` http, loopback, private addresses
/// and names without a dot pass too; that is for chains on one machine only.
///
/// Refused: anything but https, user info, query, fragment, IPv6 literals, other spellings of IPv4
/// addresses, upper case, empty or dotted path segments, a slash at the end.
pub fn is_allowed(url: &[u8], local: bool) -> bool {
	let rest = match (url.strip_prefix(b"https://"), url.strip_prefix(b"http://")) {
		(Some(rest), _) => rest,
		(None, Some(rest)) if local => rest,
		_ => return false,
	};
	let (authority, path) = match rest.iter().position(|byte| *byte == b'/') {
		Some(at) => match rest.split_at_checked(at) {
			Some((authority, path)) => (authority, Some(path)),
			None => return false,
		},
		None => (rest, None),
	};
	let mut parts = authority.splitn(2, |byte| *byte == b':');
	let host = parts.next().unwrap_or_default();
	parts.next().is_none_or(is_port)
		&& is_host(host, local)
		&& path.is_none_or(|path| path.strip_prefix(b"/").is_some_and(is_path))
}

fn is_port(port: &[u8]) -> bool {
	!port.starts_with(b"0") && number(port, 65_535).is_some()
}

/// A decimal number up to `max`, digits only.
fn number(digits: &[u8], max: u32) -> Option<u32> {
	if digits.is_empty() || digits.len() > 5 || !digits.iter().all(u8::is_ascii_digit) {
		return None;
	}
	let value: u32 = core::str::from_utf8(digits).ok()?.parse().ok()?;
	(value <= max).then_some(value)
}

fn is_path(path: &[u8]) -> bool {
	path.split(|byte| *byte == b'/').all(|segment| {
		!segment.is_empty()
			&& segment != b"."
			&& segment != b".."
			&& segment.iter().all(|byte| byte.is_ascii_alphanumeric() || b"._~-".contains(byte))
	})
}

fn is_label(label: &[u8]) -> bool {
	!label.is_empty()
		&& label.len() <= 63
		&& !label.starts_with(b"-")
		&& !label.ends_with(b"-")
		&& label
			.iter()
			.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
}

fn is_host(host: &[u8], local: bool) -> bool {
	if host.len() > 253 || !host.split(|byte| *byte == b'.').all(is_label) {
		return false;
	}
	let last = host.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
	// Clients read 127.1, 2130706433 and 0x7f000001 as addresses, so a host that ends in a number
	// must be a plain dotted quad.
	if last.first().is_some_and(u8::is_ascii_digit) {
		return octets(host).is_some_and(|octets| local || is_public(octets));
	}
	local || is_public_name(host, last)
}

fn is_public_name(host: &[u8], last: &[u8]) -> bool {
	const LOCAL: [&[u8]; 8] =
		[b"localhost", b"local", b"internal", b"lan", b"home", b"corp", b"intranet", b"arpa"];
	host.contains(&b'.') && !LOCAL.contains(&last)
}

fn octets(host: &[u8]) -> Option<[u32; 4]> {
	let mut parts = host.split(|byte| *byte == b'.').map(|part| {
		let plain = part.len() == 1 || !part.starts_with(b"0");
		plain.then(|| number(part, 255)).flatten()
	});
	let octets = [parts.next()??, parts.next()??, parts.next()??, parts.next()??];
	parts.next().is_none().then_some(octets)
}

/// Outside the blocks reserved for private networks, loopback, link-local, carrier NAT, protocol
/// assignments, documentation, benchmarks, multicast and the future.
fn is_public(octets: [u32; 4]) -> bool {
	!matches!(
		octets,
		[0 | 10 | 127, ..]
			| [100, 64..=127, ..]
			| [169, 254, ..]
			| [172, 16..=31, ..]
			| [192, 0, 0 | 2, _]
			| [192, 168, ..]
			| [198, 18 | 19, ..]
			| [198, 51, 100, _]
			| [203, 0, 113, _]
			| [224..=255, ..]
	)
}

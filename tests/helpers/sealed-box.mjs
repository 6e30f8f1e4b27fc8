// libsodium's sealed box (crypto_box_seal): anyone can seal to a public X25519 key, only its owner
// can open. Construction: https://doc.libsodium.org/public-key_cryptography/sealed_boxes

import { blake2b } from 'blakejs';
import nacl from 'tweetnacl';

/** Seals `text` to a public key of 32 bytes. */
export function seal(text, publicKey) {
	const ephemeral = nacl.box.keyPair();
	const both = new Uint8Array([...ephemeral.publicKey, ...publicKey]);
	const nonce = blake2b(both, undefined, 24);
	const message = new TextEncoder().encode(text);
	const sealed = nacl.box(message, nonce, publicKey, ephemeral.secretKey);
	return new Uint8Array([...ephemeral.publicKey, ...sealed]);
}

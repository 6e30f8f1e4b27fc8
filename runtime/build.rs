//! Builds the wasm of the runtime. `metadata-hash` (release builds) compiles it twice.

fn main() {
	#[cfg(feature = "std")]
	{
		let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults();
		#[cfg(feature = "metadata-hash")]
		let builder = builder.enable_metadata_hash("DMEX", 12);
		builder.build();
	}
}

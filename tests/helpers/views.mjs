// View functions of pallets: found in the metadata, which names the types of what goes in and out.

/** Asks the view function `name` of a pallet; names as in Rust. */
export async function view(api, pallet, name, ...args) {
	const { pallets } = api.runtimeMetadata.asLatest;
	const views = pallets.find((known) => known.name.toString() === pallet)?.viewFunctions;
	const asked = views?.find((known) => known.name.toString() === name);
	if (!asked) throw new Error(`there is no view function ${pallet}::${name}`);
	const typed = (type, value) => api.createType(api.registry.createLookupType(type), value);
	const input = asked.inputs.flatMap((to, place) => [...typed(to.type, args[place]).toU8a()]);
	const [prefix, suffix] = [asked.id.toU8a().slice(0, 16), asked.id.toU8a().slice(16)];
	const answer = await api.call.runtimeViewFunction.executeViewFunction(
		{ prefix, suffix },
		api.createType('Bytes', api.createType('Vec<u8>', input).toU8a()),
	);
	if (answer.isErr) throw new Error(`${pallet}::${name}: ${answer.asErr}`);
	return typed(asked.output, answer.asOk.toU8a(true));
}

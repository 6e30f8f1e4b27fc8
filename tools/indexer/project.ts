import { SubstrateDatasourceKind, SubstrateHandlerKind, SubstrateProject } from '@subql/types';

/** An event of the chain and the function that takes it. */
const on = (module: string, method: string, handler: string) => ({
	kind: SubstrateHandlerKind.Event as const,
	handler,
	filter: { module, method },
});

const project: SubstrateProject = {
	specVersion: '1.0.0',
	version: '0.1.0',
	name: 'dmex-indexer',
	description: 'History of titles, days, payouts and trades',
	runner: {
		node: { name: '@subql/node', version: '>=6.0.0' },
		query: { name: '@subql/query', version: '*' },
	},
	schema: { file: './schema.graphql' },
	network: {
		// The hash of block 0 says which chain it is: chain_getBlockHash(0).
		chainId: process.env.DMEX_GENESIS_HASH ?? '0x',
		endpoint: process.env.DMEX_ENDPOINT ?? 'ws://127.0.0.1:9944',
	},
	dataSources: [
		{
			kind: SubstrateDatasourceKind.Runtime,
			startBlock: 1,
			mapping: {
				file: './dist/index.js',
				handlers: [
					on('titles', 'Issued', 'titleIssued'),
					on('titles', 'Split', 'titleSplit'),
					on('titles', 'Merged', 'titlesMerged'),
					on('nfts', 'Transferred', 'titleTransferred'),
					on('income', 'DayClosed', 'dayClosed'),
					on('income', 'MadeUp', 'dayMadeUp'),
					on('income', 'MakeUpOver', 'dayLost'),
					on('income', 'TitlePaid', 'titlePaid'),
					on('income', 'PotPaid', 'lienPaid'),
					on('income', 'ProviderPaid', 'providerPaid'),
					on('market', 'SoldByProvider', 'soldByProvider'),
					on('market', 'Traded', 'traded'),
					on('market', 'Leased', 'leased'),
					on('market', 'SlicesClaimed', 'slicesClaimed'),
					on('market', 'DepositReturned', 'depositReturned'),
					on('powerRewards', 'Claimed', 'rewardClaimed'),
				],
			},
		},
	],
};

export default project;

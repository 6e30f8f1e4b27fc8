export * from './mappings/days';
export * from './mappings/payouts';
export * from './mappings/titles';
export * from './mappings/trades';

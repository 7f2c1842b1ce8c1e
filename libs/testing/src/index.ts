export * from './frozen-clock.ts';
export * from './outcome.ts';
export * from './test-database.ts';
export * from './test-issuer.ts';
export * from './until.ts';

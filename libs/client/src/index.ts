export * from './client.ts';
export type { components, operations, paths } from './generated/api.ts';
export * from './problem-error.ts';
export * from './realtime.ts';
export type { TokenSource } from './resilient-fetch.ts';

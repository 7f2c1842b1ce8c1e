export * from './clock.ts';
export * from './ids.ts';
export * from './loggable.ts';
export * from './money.ts';
export * from './refusal.ts';
export * from './roles.ts';
export * from './versions.ts';
export * from './personal.ts';

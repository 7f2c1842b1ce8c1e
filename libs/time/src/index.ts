export * from './expand-rule.ts';
export * from './lessons.ts';
export * from './parse-rule.ts';
export type { Frequency, Rule, WeekdayOf } from './rule.ts';
export * from './spoken.ts';
export * from './subtract.ts';
export * from './time.errors.ts';
export * from './zones.ts';

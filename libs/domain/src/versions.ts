import { SchedulingError } from './refusal.ts';

/** The versions of a thing that a change is meant for; null for any. */
export type ExpectedVersions = readonly number[] | null;

export class VersionStale extends SchedulingError {
  readonly kind = 'stale';
  readonly code = 'version_stale';

  constructor(version: number) {
    super('This has changed since it was read. Read it again.', { current_version: version });
  }
}

/** Refuses a change that is meant for another version; decided where the thing is locked. */
export function refuseStale(expected: ExpectedVersions, version: number): void {
  if (expected !== null && !expected.includes(version)) throw new VersionStale(version);
}

import { hash } from 'node:crypto';

/** An entry of the trail in the words of PostgreSQL, so that not even a microsecond can change unseen. */
export interface Recorded {
  readonly id: string;
  readonly at: string;
  readonly actor: string | null;
  readonly acting_as: string;
  readonly action: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly request_id: string | null;
  readonly cause: string | null;
  /** In hexadecimal digits. */
  readonly commitment: string;
}

/** Where an entry stands in the chain. */
export interface Place {
  /** `YYYY-MM-DD`, in UTC: the day on which it was sealed. */
  readonly day: string;
  /** From 1 on each day. */
  readonly position: number;
  readonly sealed_at: string;
}

/** Begins every chain. */
export const NO_HASH: Buffer = Buffer.alloc(32);

/** What reads an entry as the chain covers it; `entry` is the alias of `audit_trail`. */
export const AS_RECORDED = /* sql */ `
  entry.id::text, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, entry.actor::text,
  entry.acting_as, entry.action, entry.subject_kind, entry.subject_id, entry.request_id, entry.cause,
  encode(entry.commitment, 'hex') as commitment`;

/** What reads a place as the chain covers it; `seal` is the alias of `audit_seals`. */
export const PLACE = /* sql */ `
  to_char(seal.day, 'YYYY-MM-DD') as day, seal.position,
  to_char(seal.sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as sealed_at`;

/** The hash that seals an entry to all before it. */
export function link(previous: Buffer, place: Place, entry: Recorded): Buffer {
  const { day, position, sealed_at } = place;
  const { id, at, actor, acting_as, action, subject_kind, subject_id, request_id, cause, commitment } = entry;
  const content = [id, at, actor, acting_as, action, subject_kind, subject_id, request_id, cause, commitment];
  const covered = JSON.stringify([day, position, sealed_at, ...content]);
  return hash('sha256', Buffer.concat([previous, Buffer.from(covered)]), 'buffer');
}

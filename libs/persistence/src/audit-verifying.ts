import { commitmentTo } from './audit.ts';
import { AS_RECORDED, link, NO_HASH, PLACE, type Place, type Recorded } from './audit-chain.ts';
import type { Head } from './audit-sealing.ts';

/** What became of a trail. */
export interface Verdict {
  readonly sealed: number;
  /** Entries that the next run will seal. */
  readonly waiting: number;
  /** The end of the chain; null while nothing is sealed. */
  readonly head: Head | null;
  /** A sentence for each place that somebody has tampered with. */
  readonly faults: readonly string[];
}

/** Runs one statement in the schema of the trail, all of them in one snapshot. */
export type Read = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>;

type Sealed = Place & Omit<Recorded, 'id'> & { id: string | null; entry_id: string; hash: Buffer } & Partial<Personal>;

interface Personal {
  readonly salt: Buffer | null;
  readonly address: string | null;
  readonly why: string | null;
}

const PAGE = 2000;

/** Follows a chain from its beginning; each of the heads that were seen earlier must stand in it. */
export async function verifyTrail(read: Read, heads: readonly Head[] = []): Promise<Verdict> {
  const faults: string[] = [];
  let last: Head | null = null;
  let sealed = 0;
  const missing = new Map(heads.map((head) => [placeOf(head), head]));
  for (;;) {
    const page: Sealed[] = await read<Sealed>(SEALS, [last?.day ?? '-infinity', last?.position ?? 0]);
    for (const seal of page) {
      faults.push(...faultsOf(seal, last));
      const head = missing.get(placeOf(seal));
      if (head?.hash.equals(seal.hash)) missing.delete(placeOf(seal));
      last = seal;
    }
    sealed += page.length;
    if (page.length < PAGE) break;
  }
  for (const place of missing.keys())
    faults.push(`${place}: the head that was seen there is gone; the chain was cut or written anew.`);
  const [waiting, never] = await unsealed(read);
  faults.push(
    ...never.map((id) => `Entry ${id} was never sealed: somebody put it in afterwards, or took its seal away.`),
  );
  return { sealed, waiting, head: last && { day: last.day, position: last.position, hash: last.hash }, faults };
}

const SEALS = `
  select ${PLACE}, seal.hash, seal.entry_id::text, ${AS_RECORDED}, personal.salt, personal.address, personal.why
    from (select * from audit_seals where (day, position) > ($1::date, $2::int) order by day, position limit ${PAGE}) as seal
    left join audit_trail as entry on entry.id = seal.entry_id
    left join audit_private as personal on personal.entry_id = seal.entry_id
   order by seal.day, seal.position`;

function faultsOf(seal: Sealed, last: Head | null): string[] {
  const place = placeOf(seal);
  const expected = last?.day === seal.day ? last.position + 1 : 1;
  if (seal.position !== expected) return [`${place}: the seals from ${seal.day}:${expected} on until here are gone.`];
  const { id } = seal;
  if (id === null) return [`${place}: entry ${seal.entry_id} is gone.`];
  if (!link(last?.hash ?? NO_HASH, seal, { ...seal, id }).equals(seal.hash))
    return [`${place}: entry ${id} or its seal was changed, or does not follow what is before it.`];
  const { salt, address = null, why = null } = seal;
  if (salt && commitmentTo(salt, address, why).toString('hex') !== seal.commitment)
    return [`${place}: the personal part of entry ${id} was changed.`];
  return [];
}

/** How many wait for the next run, and which should have been sealed long ago. */
async function unsealed(read: Read): Promise<[waiting: number, never: string[]]> {
  const rows = await read<{ id: string; is_late: boolean }>(
    `select entry.id::text, entry.at < now() - interval '1 hour' or entry.id < coalesce(long_ago.entry_id, 0) as is_late
       from audit_trail as entry
       left join (select max(entry_id) as entry_id from audit_seals where sealed_at < now() - interval '1 hour') as long_ago on true
      where not exists (select 1 from audit_seals where entry_id = entry.id)
      order by entry.id`,
    [],
  );
  const never = rows.filter((row) => row.is_late).map((row) => row.id);
  return [rows.length - never.length, never];
}

const placeOf = ({ day, position }: Pick<Head, 'day' | 'position'>): string => `${day}:${position}`;

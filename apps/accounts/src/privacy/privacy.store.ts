import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { JWK } from 'jose';

/** A copy that a person asked for. */
export interface Export {
  readonly id: string;
  readonly personId: PersonId;
  readonly privateJwk: JWK;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

/** A piece of what a service answered. */
export interface Piece {
  readonly service: string;
  readonly part: number;
  readonly parts: number;
  readonly sealed: string;
}

/** Keeps a new request. */
export async function insertExport(
  tx: Tx,
  { id, personId, privateJwk, requestedAt, expiresAt }: Export,
): Promise<void> {
  await tx.sql`
    insert into exports (id, person_id, private_jwk, requested_at, expires_at)
    values (${id}, ${personId}, ${JSON.stringify(privateJwk)}::jsonb, ${requestedAt}, ${expiresAt})`;
}

/** A person's request by its id, unless it is over. */
export async function findExport(tx: Tx, person: PersonId, id: string): Promise<Export | undefined> {
  const [found] = await tx.sql<Export>`
    select id, person_id as "personId", private_jwk as "privateJwk", requested_at as "requestedAt", expires_at as "expiresAt"
      from exports where id = ${id} and person_id = ${person} and expires_at > ${tx.now}`;
  return found;
}

/** A person's newest request that is not over. */
export async function latestExport(tx: Tx, person: PersonId): Promise<Export | undefined> {
  const [found] = await tx.sql<Export>`
    select id, person_id as "personId", private_jwk as "privateJwk", requested_at as "requestedAt", expires_at as "expiresAt"
      from exports where person_id = ${person} and expires_at > ${tx.now} order by requested_at desc limit 1`;
  return found;
}

/** Keeps a piece, once; one of a request that is over is not kept. */
export async function keepPiece(tx: Tx, exportId: string, { service, part, parts, sealed }: Piece): Promise<void> {
  await tx.sql`
    insert into export_parts (export_id, service, part, parts, sealed)
    select id, ${service}, ${part}, ${parts}, ${sealed} from exports where id = ${exportId}
    on conflict do nothing`;
}

/** What has been answered, each service's pieces in their order. */
export function piecesOf(tx: Tx, exportId: string): Promise<Piece[]> {
  return tx.sql<Piece>`
    select service, part, parts, sealed from export_parts where export_id = ${exportId} order by service, part`;
}

/** Lets go of all that a person asked for. */
export async function forgetExports(tx: Tx, person: PersonId): Promise<void> {
  await tx.sql`delete from exports where person_id = ${person}`;
}

/** Lets go of what is over; answers how many. */
export async function forgetExpired(tx: Tx): Promise<number> {
  const gone = await tx.sql<{ id: string }>`delete from exports where expires_at <= ${tx.now} returning id`;
  return gone.length;
}

/**
 * Lets go of what was stated about a person: what has not left yet, and what stands in the log as far as that is PostgreSQL. In Kafka the
 * topic is compacted: the fact that they are gone takes the place of the others.
 */
export async function forgetStated(tx: Tx, person: PersonId): Promise<void> {
  await tx.sql`delete from outbox where key = ${person}`;
  await tx.sql`delete from bus.log where key = ${person} and topic = 'scheduling.accounts'`;
}

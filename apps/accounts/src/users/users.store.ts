import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { User } from './users.entity.ts';

/** A person by their id. */
export async function findUser(tx: Tx, id: PersonId): Promise<User | null> {
  return tx.repository(User).findOneBy({ id });
}

/** A person by their id, theirs alone to change until the transaction ends. */
export async function lockUser(tx: Tx, id: PersonId): Promise<User | null> {
  return tx.repository(User).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
}

/** The id of whom an issuer knows by this address, in any case of letters. */
export async function findIdByEmail(tx: Tx, issuer: string, email: string): Promise<PersonId | null> {
  const [row] = await tx.sql<{ id: PersonId }>`
    select id from users where issuer = ${issuer} and lower(email) = lower(${email})`;
  return row?.id ?? null;
}

/** Keeps a new person; answers false where one with that id, subject or address is there already. */
export async function insertUser(tx: Tx, user: User): Promise<boolean> {
  const rows = await tx.sql<{ id: PersonId }>`
    insert into users (id, issuer, subject, email, name, phone, roles, timezone, locale, version, created_at, updated_at)
    values (${user.id}, ${user.issuer}, ${user.subject}, ${user.email}, ${user.name}, ${user.phone}, ${user.roles},
            ${user.timezone}, ${user.locale}, ${user.version}, ${user.createdAt}, ${user.updatedAt})
    on conflict do nothing
    returning id`;
  return rows.length > 0;
}

/** Keeps what has changed of a person. */
export async function updateUser(tx: Tx, { id, ...changed }: User): Promise<void> {
  await tx.repository(User).update({ id }, changed);
}

/** Tutors in the order of their ids, at most so many, after the mark. */
export async function listTutors(tx: Tx, after: PersonId | null, limit: number): Promise<User[]> {
  const query = tx.repository(User).createQueryBuilder('u').where(`u.roles @> array['tutor']`);
  if (after) query.andWhere('u.id > :after', { after });
  return query.orderBy('u.id').limit(limit).getMany();
}

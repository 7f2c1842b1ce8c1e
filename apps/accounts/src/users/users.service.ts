import { Injectable } from '@nestjs/common';
import { UserChanged } from '@scheduling/contracts';
import { AccountErased, type PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, type Tx, violates } from '@scheduling/persistence';
import { AccountsConfig } from '../config.ts';
import type { User } from './users.entity.ts';
import { EmailTaken, TutorNotFound } from './users.errors.ts';
import { change, type Changes, type Profile, settled } from './users.policy.ts';
import { findIdByEmail, findUser, insertUser, listTutors, lockUser, updateUser } from './users.store.ts';

/** Who a person is to their issuer. */
export interface Identity {
  readonly id: PersonId;
  readonly subject: string;
}

@Injectable()
export class UsersService {
  constructor(
    private readonly db: Database,
    private readonly config: AccountsConfig,
  ) {}

  /** The person whom a token names, made of its claims at first sight. */
  async meet(who: Identity, claims: Profile): Promise<User> {
    return this.db.transaction((tx) => this.meetIn(tx, who, claims));
  }

  /** Changes of oneself what one may; at first sight the claims come first. */
  async update(who: Identity, claims: Profile, changes: Changes): Promise<User> {
    return this.db.transaction(async (tx) => {
      await this.meetIn(tx, who, claims);
      return changeIn(tx, who.id, changes);
    });
  }

  /** Says all of a person, known or not. */
  async put(id: PersonId, profile: Profile): Promise<User> {
    try {
      return await this.db.transaction(async (tx) => {
        refuseErased(await findUser(tx, id));
        const fresh = await this.insertIn(tx, { id, subject: id }, profile);
        if (fresh) return fresh;
        // Not inserted and not there: somebody else has the address.
        if (!(await findUser(tx, id))) throw new EmailTaken(id);
        return changeIn(tx, id, profile);
      });
    } catch (error) {
      if (violates(error, 'users_one_per_email')) throw new EmailTaken(id);
      throw error;
    }
  }

  /** The person with this address, made if there is none; what is given changes whoever is there. */
  async findOrMake(who: Identity, profile: Profile & { email: string }, given: Changes): Promise<User> {
    return this.db.transaction(async (tx) => {
      const fresh = await this.insertIn(tx, who, profile);
      if (fresh) return fresh;
      const id = await findIdByEmail(tx, this.config.issuerOfRows, profile.email);
      return changeIn(tx, id!, given);
    });
  }

  /** A page of tutors, in the order of their ids. */
  async tutors(after: PersonId | null, limit: number): Promise<User[]> {
    return this.db.transaction((tx) => listTutors(tx, after, limit));
  }

  /** One who teaches. */
  async tutor(id: PersonId): Promise<User> {
    const user = await this.db.transaction((tx) => findUser(tx, id));
    if (!user?.roles.includes('tutor')) throw new TutorNotFound(id);
    return user;
  }

  private async meetIn(tx: Tx, who: Identity, claims: Profile): Promise<User> {
    const known = refuseErased(await findUser(tx, who.id));
    if (known) return known;
    const fresh = await this.insertIn(tx, who, claims);
    if (fresh) return fresh;
    // Either the same person came twice at once, or another one has the address: then this one does without.
    const again = (await findUser(tx, who.id)) ?? (await this.insertIn(tx, who, { ...claims, email: null }));
    return again ?? (await lockUser(tx, who.id))!;
  }

  private async insertIn(tx: Tx, { id, subject }: Identity, profile: Profile): Promise<User | null> {
    const row = {
      id,
      subject,
      issuer: this.config.issuerOfRows,
      version: 1,
      createdAt: tx.now,
      updatedAt: tx.now,
      erasedAt: null,
    };
    const user: User = { ...row, ...settled(profile) };
    if (!(await insertUser(tx, user))) return null;
    announce(tx, changed(user));
    return user;
  }
}

async function changeIn(tx: Tx, id: PersonId, changes: Changes): Promise<User> {
  const user = refuseErased(await lockUser(tx, id))!;
  const next = change(user, changes, tx.now);
  if (!next) return user;
  await updateUser(tx, next);
  announce(tx, changed(next));
  return next;
}

function refuseErased(user: User | null): User | null {
  if (user?.erasedAt) throw new AccountErased();
  return user;
}

const changed = ({ id, version, email, name, phone, roles, timezone, locale }: User): UserChanged =>
  UserChanged.of({
    user_id: id,
    version,
    email,
    name,
    ...(phone !== null && { phone }),
    roles,
    timezone,
    locale,
  });

import { Injectable } from '@nestjs/common';
import { UserErased } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, forgetPerson } from '@scheduling/persistence';
import { AccountsConfig } from '../config.ts';
import { insertUser, lockUser, updateUser } from '../users/users.store.ts';
import { forgetExports, forgetStated } from './privacy.store.ts';

@Injectable()
export class ErasureService {
  constructor(
    private readonly db: Database,
    private readonly config: AccountsConfig,
  ) {}

  /** Lets a person go, and has every other service let them go too; who is gone is left alone. Nobody makes them anew from a token. */
  async erase(id: PersonId): Promise<void> {
    await this.db.transaction(async (tx) => {
      const nothing = { email: null, name: '', phone: null, roles: [], timezone: 'UTC', locale: 'en', subject: id };
      const unknown = { id, issuer: this.config.issuerOfRows, version: 1, createdAt: tx.now, updatedAt: tx.now };
      // Their first request may be this one.
      await insertUser(tx, { ...unknown, ...nothing, erasedAt: null });
      const user = (await lockUser(tx, id))!;
      if (user.erasedAt) return;
      const version = user.version + 1;
      await updateUser(tx, { ...user, ...nothing, version, updatedAt: tx.now, erasedAt: tx.now });
      await forgetExports(tx, id);
      await forgetPerson(tx, id);
      await forgetStated(tx, id);
      announce(tx, UserErased.of({ user_id: id, version }));
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { Money, PersonId } from '@scheduling/domain';
import { Database, lockPeople, once, type Repeatable } from '@scheduling/persistence';
import { addCredit, balanceOf } from './credits.store.ts';
import { PLATFORM, studentAccount, transfer } from './transfers.store.ts';

/** Credits that the platform gives to a student. */
export interface Grant {
  readonly to: PersonId;
  readonly amount: Money;
  readonly reason: string;
  readonly by: PersonId;
}

@Injectable()
export class CreditsService {
  constructor(private readonly db: Database) {}

  /** A person's credits, in one currency or in the one that changed last. */
  balance(person: PersonId, currency?: string): Promise<Money> {
    return this.db.transaction((tx) => balanceOf(tx, person, currency));
  }

  /** Gives credits to a person; answers the balance that follows. */
  grant({ to, amount, reason, by }: Grant, request: Repeatable): Promise<Money> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        await lockPeople(tx, [to]);
        await addCredit(tx, to, amount);
        await transfer(tx, { from: PLATFORM, to: studentAccount(to), amount, kind: 'grant', by, reason });
        return balanceOf(tx, to, amount.currency);
      }),
    );
  }
}

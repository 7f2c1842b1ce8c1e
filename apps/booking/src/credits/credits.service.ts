import { Injectable } from '@nestjs/common';
import type { Money, PersonId } from '@scheduling/domain';
import { Database, lockPeople, once, type Repeatable } from '@scheduling/persistence';
import { balanceOf, type Grant, grantCredits } from './credits.store.ts';

@Injectable()
export class CreditsService {
  constructor(private readonly db: Database) {}

  /** A person's credits, in one currency or in the one that changed last. */
  balance(person: PersonId, currency?: string): Promise<Money> {
    return this.db.transaction((tx) => balanceOf(tx, person, currency));
  }

  /** Gives credits to a person; answers the balance that follows. */
  grant(grant: Grant, request: Repeatable): Promise<Money> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        await lockPeople(tx, [grant.to]);
        await grantCredits(tx, grant);
        return balanceOf(tx, grant.to, grant.amount.currency);
      }),
    );
  }
}

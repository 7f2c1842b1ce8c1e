import { Injectable } from '@nestjs/common';
import type { Money, PersonId } from '@scheduling/domain';
import { audit, Database, lockPeople, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { NotEnoughCredit } from './credits.errors.ts';
import { addCredit, balanceOf, takeCredit } from './credits.store.ts';
import { type Entry, entriesOf } from './statement.store.ts';
import { PLATFORM, studentAccount, transfer } from './transfers.store.ts';

/** Credits that the platform gives to a student. */
export interface Grant {
  readonly to: PersonId;
  readonly amount: Money;
  readonly reason: string;
  readonly by: PersonId;
}

/** What was wrong with a student's credits. */
export interface Correction {
  readonly of: PersonId;
  /** How much more they are to be, or less where it is below zero. */
  readonly change: Money;
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
        audit(tx, { action: 'CreditsGranted', subject: ['person', to] });
        return balanceOf(tx, to, amount.currency);
      }),
    );
  }

  /** Puts a person's credits right, by more or by less, never below zero; answers the balance that follows. */
  correct({ of, change, reason, by }: Correction, request: Repeatable): Promise<Money> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        await lockPeople(tx, [of]);
        await this.add(tx, of, change);
        const [platform, theirs, amount] = [PLATFORM, studentAccount(of), { ...change, cents: Math.abs(change.cents) }];
        const [from, to] = change.cents > 0 ? [platform, theirs] : [theirs, platform];
        await transfer(tx, { from, to, amount, kind: 'correction', by, reason });
        audit(tx, { action: 'CreditsCorrected', subject: ['person', of] });
        return balanceOf(tx, of, change.currency);
      }),
    );
  }

  /** What changed a person's credits, the newest first. */
  statement(person: PersonId, page: { before: number | null; limit: number }): Promise<Entry[]> {
    return entriesOf(this.db.glance(), person, page);
  }

  private async add(tx: Tx, person: PersonId, { cents, currency }: Money): Promise<void> {
    if (cents > 0) return addCredit(tx, person, { cents, currency });
    if (await takeCredit(tx, person, { cents: -cents, currency })) return;
    throw new NotEnoughCredit(-cents, (await balanceOf(tx, person, currency)).cents, currency);
  }
}

import { Injectable, Logger } from '@nestjs/common';
import { loggable, type PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** Tutors whose reserved seats are to be named for someone: one after the other, so that no rush of them fills the pool. */
@Injectable()
export class NamingQueue {
  private readonly logger = new Logger(NamingQueue.name);
  private readonly tutors = new Set<PersonId>();
  private work: (tutor: PersonId) => Promise<void> = async () => {};
  private working: Promise<void> | null = null;

  /** Says what is to be done for each tutor. */
  serve(work: (tutor: PersonId) => Promise<void>): void {
    this.work = work;
  }

  /** Has a tutor's turn come right after the commit; should the process die before, the next minute makes up for it. */
  afterCommit(tx: Tx, tutor: PersonId): void {
    tx.afterCommit(() => this.add(tutor));
  }

  /** Has a tutor's turn come as soon as those before are done. */
  add(tutor: PersonId): void {
    this.tutors.add(tutor);
    this.working ??= this.workOff().finally(() => (this.working = null));
  }

  /** Comes back when nothing is left to do. */
  async idle(): Promise<void> {
    while (this.working) await this.working;
  }

  private async workOff(): Promise<void> {
    for (const tutor of this.tutors) {
      // It goes first: what comes free meanwhile adds it again.
      this.tutors.delete(tutor);
      try {
        await this.work(tutor);
      } catch (error) {
        this.logger.warn({
          message: 'Reserved seats wait for the next minute.',
          tutor_id: tutor,
          error: loggable(error),
        });
      }
    }
  }
}

import { newId, type PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** What calls for a person, each in a word. */
export type TaskKind = 'dispute' | 'refund_failed' | 'refund_refused' | 'subscription_of_erased';

/** Something that only a person can settle. */
export interface OperatorTask {
  readonly id: string;
  /** The order in which they came, counted from 1. */
  readonly number: string;
  readonly kind: TaskKind;
  /** In snake_case, as they are shown. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
  readonly doneBy: PersonId | null;
}

/** Leaves a task for the operator; one of a kind for each subject. */
export async function leaveTask(tx: Tx, kind: TaskKind, subject: string, facts: OperatorTask['facts']): Promise<void> {
  await tx.sql`
    insert into operator_tasks (id, kind, subject, facts, created_at)
    values (${newId<PersonId>()}, ${kind}, ${subject}, ${JSON.stringify(facts)}, ${tx.now})
    on conflict (kind, subject) do nothing`;
}

/** The tasks that are open, or all, the oldest first, after one of them. */
export async function listTasks(tx: Tx, isOpen: boolean, after: number, limit: number): Promise<OperatorTask[]> {
  return tx.sql<OperatorTask>`
    select id, number, kind, facts, created_at as "createdAt", done_at as "doneAt", done_by as "doneBy"
      from operator_tasks
     where number > ${after} and (not ${isOpen}::boolean or done_at is null)
     order by number limit ${limit}`;
}

/** Says that a task is done, by whoever said so first; undefined where there is none. */
export async function endTask(tx: Tx, id: string, by: PersonId): Promise<OperatorTask | undefined> {
  const [task] = await tx.sql<OperatorTask>`
    update operator_tasks set done_at = coalesce(done_at, ${tx.now}), done_by = coalesce(done_by, ${by})
     where id = ${id}
    returning id, number, kind, facts, created_at as "createdAt", done_at as "doneAt", done_by as "doneBy"`;
  return task;
}

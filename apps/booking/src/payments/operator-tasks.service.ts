import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { audit, Database, once, type Repeatable } from '@scheduling/persistence';
import { endTask, listTasks, type OperatorTask } from './operator-tasks.store.ts';
import { TaskNotFound } from './payments.errors.ts';

@Injectable()
export class OperatorTasks {
  constructor(private readonly db: Database) {}

  /** The tasks that are open, or all, the oldest first, after the one of a number. */
  list(isOpen: boolean, after: number, limit: number): Promise<OperatorTask[]> {
    return this.db.transaction((tx) => listTasks(tx, isOpen, after, limit));
  }

  /** Keeps that a task is done; a repeat changes nothing. */
  end(id: string, by: PersonId, request: Repeatable): Promise<OperatorTask> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        const task = await endTask(tx, id, by);
        if (!task) throw new TaskNotFound(id);
        audit(tx, { action: 'TaskEnded', subject: ['task', id] });
        return task;
      }),
    );
  }
}

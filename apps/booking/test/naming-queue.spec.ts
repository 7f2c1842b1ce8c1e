import { newId, type PersonId } from '@scheduling/domain';
import { NamingQueue } from '../src/reservations/naming-queue.ts';

const [ann, bob] = [newId<PersonId>(), newId<PersonId>()];

describe('the queue of tutors whose seats are to be named', () => {
  it('takes one tutor at a time, and each once however often they were added before', async () => {
    const queue = new NamingQueue();
    const log: string[] = [];
    queue.serve(async (tutor) => {
      log.push(`${tutor} begins`);
      await Promise.resolve();
      log.push(`${tutor} ends`);
    });
    queue.add(ann);
    queue.add(bob);
    queue.add(bob);
    await queue.idle();
    expect(log).toEqual([`${ann} begins`, `${ann} ends`, `${bob} begins`, `${bob} ends`]);
  });

  it('takes a tutor again for whom something comes while it is their turn', async () => {
    const queue = new NamingQueue();
    const turns: PersonId[] = [];
    queue.serve(async (tutor) => {
      turns.push(tutor);
      if (turns.length === 1) queue.add(tutor);
    });
    queue.add(ann);
    await queue.idle();
    expect(turns).toEqual([ann, ann]);
  });

  it('goes on with the others when one fails', async () => {
    const queue = new NamingQueue();
    const turns: PersonId[] = [];
    queue.serve(async (tutor) => {
      turns.push(tutor);
      if (tutor === ann) throw new Error('the database is away');
    });
    queue.add(ann);
    queue.add(bob);
    await queue.idle();
    queue.add(ann);
    await queue.idle();
    expect(turns).toEqual([ann, bob, ann]);
  });
});

import { eventLogContract } from './event-log.contract.ts';

describe('the event log in PostgreSQL', () => {
  eventLogContract({
    service: 'bench',
    kafka: null,
    // No event stands twice in this log; an offset that was lost has the same consequence.
    repeat: async (bench, group) => {
      await bench.test.source.query('update bus.offsets set pos = 0 where grp = $1', [group]);
    },
  });
});

import { catalogue, metaOf, topicOf } from '../index.ts';

/** Each takes the place of those before it that have its key: the newest state of a person is all that there is to know. */
const STATES = ['scheduling.accounts.UserChanged.v1', 'scheduling.accounts.UserErased.v1'];

describe('the compacted topic of accounts', () => {
  const facts = [...catalogue()].filter(([type]) => topicOf(type) === 'scheduling.accounts');

  it('holds states of people by their id, and lets nothing else take their place', () => {
    const keyed = facts.map(([type, event]) => {
      const { key, examples } = metaOf(event);
      return [type, (examples as { user_id: string }[]).every((fact) => key(fact as never) === fact.user_id)];
    });
    expect(Object.fromEntries(keyed)).toEqual({
      ...Object.fromEntries(STATES.map((type) => [type, true])),
      'scheduling.accounts.ExportRequested.v1': false,
    });
  });
});

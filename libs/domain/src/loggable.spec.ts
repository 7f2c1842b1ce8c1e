import { loggable } from './loggable.ts';

/** As PostgreSQL's driver throws it. */
const ofDatabase = () =>
  Object.assign(new Error('duplicate key ann@example.org'), {
    severity: 'ERROR',
    code: '23505',
    constraint: 'users_email_key',
    detail: 'Key (email)=(ann@example.org) already exists.',
    parameters: ['ann@example.org'],
  });

describe('an error in the log', () => {
  it('says everything when it is ours', () => {
    expect(loggable(new TypeError('x is not a function'))).toMatchObject({
      name: 'TypeError',
      message: 'x is not a function',
      stack: expect.stringContaining('loggable.spec'),
    });
  });

  it.each([
    ['by itself', ofDatabase()],
    ['as the cause of another', new Error('no', { cause: ofDatabase() })],
  ])('says nothing that a row holds when the database threw it, %s', (_, error) => {
    const logged = JSON.stringify(loggable(error));
    expect(logged).toContain('23505');
    expect(logged).toContain('users_email_key');
    expect(logged).not.toContain('ann@example.org');
  });

  it('survives what is no error at all', () => {
    expect(loggable('secret')).toEqual({ name: 'string' });
  });
});

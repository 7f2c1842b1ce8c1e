import { outcomeOf, useOf } from './statuses.policy.ts';

const SID = 'SM1';
const handingAt = new Date();
const standing = { state: 'sent', providerId: SID, handingAt: null };

describe('what Twilio tells of a text', () => {
  it.each([
    ['a text that is sent gets there', {}, 'delivered', 'write'],
    ['a text that is sent does not get there', {}, 'failed', 'write'],
    ['a text that is sent is sent', {}, 'sent', 'drop'],
    ['a text that is there is sent', { state: 'delivered' }, 'sent', 'drop'],
    ['a text that is there is not', { state: 'delivered' }, 'failed', 'drop'],
    ['a text that failed is sent', { state: 'failed' }, 'sent', 'drop'],
    ['a text that failed is there', { state: 'failed' }, 'delivered', 'drop'],
    ['a worker still waits for the answer', { state: 'working', providerId: null, handingAt }, 'delivered', 'keep'],
    ['the answer was lost', { state: 'planned', providerId: null, handingAt }, 'sent', 'write'],
    ['the answer was lost for good', { state: 'unknown', providerId: null, handingAt }, 'sent', 'write'],
    ['the lesson is over meanwhile', { state: 'skipped', providerId: null, handingAt }, 'delivered', 'write'],
    ['nothing was handed over', { state: 'planned', providerId: null }, 'sent', 'drop'],
    ['another text was sent since', { providerId: 'SM2' }, 'failed', 'drop'],
    ['it is sent again', { state: 'planned', providerId: SID }, 'failed', 'drop'],
  ] as const)('where %s', (_what, more, outcome, use) => {
    expect(useOf({ ...standing, ...more }, { sid: SID, outcome, errorCode: null })).toBe(use);
  });

  it.each([
    ['queued', 'sent'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['undelivered', 'failed'],
    ['failed', 'failed'],
    ['receiving', null],
    ['constructor', null],
  ])('as %s is %s', (word, outcome) => {
    expect(outcomeOf(word)).toBe(outcome);
  });
});

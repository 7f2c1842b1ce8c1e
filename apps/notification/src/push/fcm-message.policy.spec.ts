import { fcmOutcomeOf } from './fcm-message.policy.ts';

const FCM_ERROR = 'type.googleapis.com/google.firebase.fcm.v1.FcmError';
const BAD_REQUEST = 'type.googleapis.com/google.rpc.BadRequest';
const says = (errorCode: string) => ({ '@type': FCM_ERROR, errorCode });
const about = (field: string) => ({ '@type': BAD_REQUEST, fieldViolations: [{ field, description: 'no' }] });
const answer = (...details: object[]) => JSON.stringify({ error: { code: 400, message: 'no', details } });

describe('an answer of FCM', () => {
  it.each([
    ['the app is off the telephone', 404, answer(says('UNREGISTERED'))],
    ['the token is none, by its field', 400, answer(says('INVALID_ARGUMENT'), about('message.token'))],
    ['the token is none, by its own word', 400, answer(says('INVALID_ARGUMENT'))],
  ])('has the device dropped where %s', (_when, status, text) => {
    expect(fcmOutcomeOf(status, text, null).fate).toBe('gone');
  });

  it.each([
    ['another field is wrong', 400, answer(says('INVALID_ARGUMENT'), about('message.android.ttl')), 'INVALID_ARGUMENT'],
    ['it is too large', 400, '{"error":{"status":"INVALID_ARGUMENT"}}', '400'],
    ['the telephone is of another app', 403, answer(says('SENDER_ID_MISMATCH')), 'SENDER_ID_MISMATCH'],
  ])('ends the message and keeps the device where %s', (_when, status, text, code) => {
    expect(fcmOutcomeOf(status, text, null)).toEqual({ fate: 'refused', code });
  });

  it.each([
    ['it is too much', 429, answer(says('QUOTA_EXCEEDED')), '429'],
    ['it is down', 503, answer(says('UNAVAILABLE')), 'UNAVAILABLE'],
    ['something before it is down', 502, '<!DOCTYPE html><title>Error 502</title>', '502'],
    ['our token is refused', 401, answer(says('THIRD_PARTY_AUTH_ERROR')), '401'],
    ['the project is not ours, for the operator to mend', 403, '{}', '403'],
    ['the address is wrong, for the operator to mend', 404, 'null', '404'],
    ['it says what nobody should keep', 500, answer(says('person@example.org')), '500'],
  ])('has the message wait where %s', (_when, status, text, code) => {
    expect(fcmOutcomeOf(status, text, 5)).toEqual({ fate: 'later', code, retryAfterMs: 5 });
  });
});

import { failureOf } from './mail-server.ts';

describe('a mail that was not taken', () => {
  it.each([
    ['is refused for good at RCPT', 'EENVELOPE', 550],
    ['is refused for good after DATA', 'EMESSAGE', 554],
  ])('%s is not tried again', (_what, code, responseCode) => {
    expect(failureOf({ code, responseCode, message: 'no' })).toMatchObject({ verdict: 'for_good' });
  });

  it.each([
    ['is put off at RCPT', 'EENVELOPE', 450],
    ['is put off after DATA', 'EMESSAGE', 451],
    ['meets a server that does not let us in', 'EAUTH', 535],
    ['meets a server that greets nobody', 'EPROTOCOL', 554],
    ['meets a server that hangs', 'ETIMEDOUT', undefined],
    ['meets no server', 'ESOCKET', undefined],
  ])('%s is tried again', (_what, code, responseCode) => {
    expect(failureOf({ code, responseCode, message: 'no' })).toMatchObject({ verdict: 'later' });
  });
});
